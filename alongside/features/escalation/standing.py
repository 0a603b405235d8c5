"""Whose an escalation is now, read once for a page."""

from dataclasses import dataclass
from datetime import datetime

from alongside.features.escalation.addressees import asked_now, posts_of
from alongside.features.escalation.models import Escalation, Officer
from alongside.foundation.access import context


@dataclass(frozen=True, slots=True)
class Standing:
    """officer: who is named and asked now, none for a team's. opens: they open it here with an account."""

    level: int
    actor_id: int | None
    officer: Officer | None
    opens: bool


def read_standing(row: Escalation, at: datetime) -> Standing:
    """Read as the engine, of a row that was seen."""
    with context.as_engine():
        has = asked_now(row, at)
        if has is None or has.officer is None:
            return Standing(has.level if has else row.level, None, None, True)
        posts = posts_of(has.recorded_icb_id)
    opens = next((post.has_account for post in posts if post.id == has.officer_id), False)
    return Standing(has.level, has.actor_id, has.officer, opens)
