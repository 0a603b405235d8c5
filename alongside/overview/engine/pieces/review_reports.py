"""C(E)TRs that were held, from what `review_reports.sql` gives of them."""

from datetime import date
from typing import Any

from alongside.policy.held_reviews import CaseFacts, HeldReviewFacts, RegardFacts


def review_reports(values: list[Any]) -> tuple[HeldReviewFacts, ...]:
    return tuple(
        HeldReviewFacts(
            id=key,
            held_on=date.fromisoformat(held),
            written_up_on=_day(written),
            told=told,
            reported_on=_day(reported),
            feedback=feedback,
            regards=tuple(RegardFacts(one, name, date.fromisoformat(sent)) for one, name, sent in regards or ()),
            cases=tuple(CaseFacts(one, date.fromisoformat(raised), _day(last)) for one, raised, last in cases or ()),
        )
        for key, held, written, told, reported, feedback, regards, cases in values
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
