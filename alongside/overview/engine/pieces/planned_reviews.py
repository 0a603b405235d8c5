"""What the rules know of reviews beyond those that were held, from what `planned_reviews.sql` gives of them."""

from datetime import date, datetime
from typing import Any

from alongside.policy.planned_reviews import PlannedReviewFacts, Seat


def planned_reviews(values: list[list[Any]]) -> tuple[PlannedReviewFacts, ...]:
    """Those still to be held, and those that something else takes the place of."""
    return tuple(_planned(*row) for row in values)


def _planned(
    key: int, kind: str, state: str, asked: str, since: str, starts: str | None, stay: int | None, agreed: str | None,
    invited: str | None, papers: str | None, not_asked: str | None, decided: str | None, decided_by: str,
    instead: str, panel: list[list[Any]] | None,
) -> PlannedReviewFacts:  # fmt: skip
    return PlannedReviewFacts(
        id=key,
        kind=kind,
        state=state,
        asked_on=date.fromisoformat(asked),
        since=datetime.fromisoformat(since),
        starts_at=_at(starts),
        stay_id=stay,
        agreed=agreed or "",
        invited_at=_at(invited),
        papers_at=_at(papers),
        not_asked_since=_at(not_asked),
        decided_on=date.fromisoformat(decided) if decided else None,
        decided_by=decided_by,
        instead=instead,
        panel=tuple(Seat(*seat) for seat in panel or ()),
    )


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
