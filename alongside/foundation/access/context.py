"""Who is asking, for the length of a request, a command or one act."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.conf import settings

_key: ContextVar[str] = ContextVar("access_key", default="")
_act: ContextVar[UUID | None] = ContextVar("act", default=None)
_KEY_FORM = re.compile(r"[A-Za-z0-9_-]{20,100}")


def key() -> str:
    return _key.get()


def act() -> UUID | None:
    return _act.get()


def checked(key: str) -> str:
    """The key, or '' for nobody. Raises ValueError for anything that has not the form of a key."""
    if key and not _KEY_FORM.fullmatch(key):
        raise ValueError("not a key")
    return key


def prefix(key: str, act: UUID | None) -> str:
    """The statement that tells the database who asks and under which recorded act. Both forms are checked."""
    return f"select set_config('app.key','{checked(key)}',true),set_config('app.act','{act or ''}',true);"


def set_key(key: str) -> None:
    """From here on, in this thread or task, statements are asked with this key ('' for nobody)."""
    _key.set(key if _KEY_FORM.fullmatch(key) else "")


@contextmanager
def asking_with(key: str) -> Iterator[None]:
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


@contextmanager
def under_act(act: UUID | None) -> Iterator[None]:
    token = _act.set(act)
    try:
        yield
    finally:
        _act.reset(token)


def engine_key() -> str:
    """The rules engine's own key, derived from the installation's secret; `settle` stores its digest."""
    return hmac.new(settings.SECRET_KEY.encode(), b"the rules engine", hashlib.sha256).hexdigest()


def sign_in_proof() -> str:
    """What the server shows the database when it opens a key: derived from the installation's secret."""
    return hmac.new(settings.SECRET_KEY.encode(), b"opening keys", hashlib.sha256).hexdigest()


def worker_proof() -> str:
    """What the job worker shows the database when it fetches and ends jobs: derived from the installation's secret."""
    return hmac.new(settings.SECRET_KEY.encode(), b"working through jobs", hashlib.sha256).hexdigest()


@contextmanager
def as_engine() -> Iterator[None]:
    """Statements inside see the whole person, under the engine's own identity. Only duties come back."""
    with asking_with(engine_key()):
        yield


@contextmanager
def signing_in() -> Iterator[None]:
    """Statements inside find accounts, as the server does while somebody signs in. They reach nobody's record."""
    with asking_with(sign_in_proof()):
        yield
