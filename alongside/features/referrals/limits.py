"""How often one address may do something without an account. What was typed is kept all the same."""

import hashlib
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from alongside.foundation.access.request import Request


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many times in so many seconds. Local defaults: a clinic or school shares one address."""

    name: str
    most: int
    seconds: int

    @property
    def minutes(self) -> int:
        return max(self.seconds // 60, 1)


BEGIN = Limit("begin", 60, 3600)
SEND = Limit("send", 30, 3600)
WRONG_CODE = Limit("code", 20, 900)
WRONG_CODE_OF_ONE = Limit("code-of-one", 10, 3600)
KEEP = Limit("keep", 600, 600)


def is_over(limit: Limit, who: str) -> bool:
    """Whether the number of times is used up already. Counts nothing."""
    return int(cache.get(_key(limit, who), 0)) >= limit.most


def count(limit: Limit, who: str) -> bool:
    """Counts one more time; whether that was one too many."""
    key = _key(limit, who)
    cache.add(key, 0, limit.seconds)
    try:
        return cache.incr(key) > limit.most
    except ValueError:  # it ran out between the two
        return False


def address_of(request: Request) -> str:
    """The caller's address, as far as our own proxies vouch for it."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "unknown"


def _key(limit: Limit, who: str) -> str:
    return f"referrals:{limit.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
