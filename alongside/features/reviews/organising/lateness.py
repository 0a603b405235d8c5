"""Whether a review is held after its limit, and why: what is due is worked out above this room."""

from collections.abc import Callable
from datetime import datetime

from alongside.features.reviews.models import PlannedReview
from alongside.features.reviews.models.planned import MANDATORY
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.filters import day as day_in_words

Limit = Callable[[PlannedReview], datetime | None]


def _none(planned: PlannedReview) -> datetime | None:
    return None


_limit_of: list[Limit] = [_none]


def limits_from(limit: Limit) -> None:
    """Where the limit of what policy asks for in a stay comes from. For `config/wiring.py` only."""
    _limit_of[:] = [limit]


def limit_of(planned: PlannedReview) -> datetime | None:
    """The last moment for this review; None where policy asks for none."""
    return _limit_of[0](planned) if planned.kind in MANDATORY and planned.stay_id else None


def said_late(planned: PlannedReview, held_at: datetime, reason: str, words: str) -> str:
    """What the record says of a review that was held after its limit; '' of one in time. NotNow without a reason."""
    limit = limit_of(planned)
    if limit is None or held_at <= limit:
        return ""
    if not reason:
        raise NotNow("late", f"It was to be held by {day_in_words(limit)}. Say why it was later.")
    label = PlannedReview.Reason(reason).label
    return f" Held after its limit, {day_in_words(limit)}. {label}{f': {words}' if words else '.'}"
