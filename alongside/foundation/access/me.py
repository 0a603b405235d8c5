"""The actor who is asking, with what they reach, read once per request."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from alongside.foundation.access import context
from alongside.foundation.access.roles import FAMILY_DOOR, Role


@dataclass(frozen=True)
class Emergency:
    """A record opened in an emergency, until when. `opening` is its number."""

    opening: int
    reference: str
    until: datetime


@dataclass(frozen=True)
class RoleNow:
    """A role held now: where, and in which team if any."""

    role: str
    area: int
    area_name: str
    area_code: str
    team: int | None
    team_kind: str | None
    team_name: str | None
    holds_inbox: bool


@dataclass(frozen=True)
class Me:
    """Who asks. `agreed`, `guarded` and `writes` are ids of areas; `topics` what may be read across an area."""

    id: int
    name: str
    post: str
    kind: str
    roles: tuple[RoleNow, ...]
    agreed: tuple[int, ...]
    guarded: tuple[int, ...]
    writes: tuple[int, ...]
    topics: tuple[int, ...]
    # Area * 64 + topic: what may be read in which area, of agreed people and of those not confirmed.
    agreed_topics: tuple[int, ...]
    guarded_topics: tuple[int, ...]
    second_factor: str
    demonstration: bool
    # In one's own inbox and not opened yet, counted up to NEW_AT_MOST.
    new_messages: int = 0
    # Records of others that are open in an emergency now, the first to end first.
    emergencies: tuple[Emergency, ...] = ()

    def holds(self, *roles: str) -> bool:
        """Whether one of these roles is held now, anywhere."""
        return any(held.role in roles for held in self.roles)

    def holds_in(self, area_id: int, *roles: str) -> bool:
        """Whether one of these roles is held now in this area."""
        return any(held.role in roles and held.area == area_id for held in self.roles)

    @property
    def is_family(self) -> bool:
        """A young person or somebody of their family, who sees their own pages and no others."""
        return bool(self.roles) and all(held.role in FAMILY_DOOR for held in self.roles)

    @property
    def role_label(self) -> str:
        """The first role in words, for the head of each page."""
        return Role(self.roles[0].role).label if self.roles else ""

    @property
    def home_area(self) -> RoleNow | None:
        """The area that pages start with."""
        return self.roles[0] if self.roles else None

    @property
    def team_ids(self) -> tuple[int, ...]:
        """The teams whose inbox is this actor's to work on."""
        return tuple(held.team for held in self.roles if held.team)


class Ended(Exception):
    """The key was open or idle too long. `why` is 'idle' or 'longest'."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


NEW_AT_MOST = 100


def find_me(at: datetime) -> Me | None:
    """The actor whose key this context carries; None for nobody. Raises Ended when the key has just run out."""
    if not context.key():
        return None
    with connection.cursor() as cursor:
        limits: list[Any] = [
            timedelta(minutes=settings.SIGN_IN_IDLE_MINUTES),
            timedelta(hours=settings.SIGN_IN_LONGEST_HOURS),
        ]
        # In the same statement, so that no page asks once more.
        cursor.execute("select access.me(%s, %s, %s), inbox_new_messages(%s)", [at, *limits, NEW_AT_MOST])
        answer, new = cursor.fetchone()
    if answer is None:
        return None
    found = json.loads(answer) if isinstance(answer, str) else answer
    if "ended" in found:
        raise Ended(found["ended"])
    found["roles"] = tuple(RoleNow(**role) for role in found["roles"])
    found["emergencies"] = tuple(
        Emergency(one["opening"], one["reference"], datetime.fromisoformat(one["until"]))
        for one in found["emergencies"]
    )
    for name in ("agreed", "guarded", "writes", "topics", "agreed_topics", "guarded_topics"):
        found[name] = tuple(found[name])
    return Me(**found | {"demonstration": bool(found["demonstration"]), "new_messages": new})


def open_key(actor_id: int, *, kind: str, factor: str, at: datetime) -> str:
    """A fresh key for this actor. `kind` is 'session' or 'command'. Only its digest is stored."""
    key = secrets.token_urlsafe(32)
    with connection.cursor() as cursor:
        proof = context.sign_in_proof()
        cursor.execute("select access.open_key(%s, %s, %s, %s, %s, %s)", [actor_id, key, kind, factor, at, proof])
    return key


def end_key(at: datetime) -> None:
    """Ends the key this context carries."""
    with connection.cursor() as cursor:
        cursor.execute("select access.end_key(%s)", [at])
