"""Phases of one person for which an area may give a keyworker, from what `keyworking_also.sql` gives of them."""

from datetime import date, timedelta
from typing import Any

from alongside.policy.facts import PhaseFacts
from alongside.policy.keyworker_eligibility import PHASE_OF


def keyworking_also(values: list[Any]) -> tuple[PhaseFacts, ...]:
    circumstances, opened = values
    found = [
        PhaseFacts(PHASE_OF[kind], _day(first), _after(last))
        for kind, first, last in circumstances or ()
        if kind in PHASE_OF
    ]
    return tuple(found + ([PhaseFacts("two_of_four", _day(opened))] if opened else []))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _after(last: str | None) -> date | None:
    return date.fromisoformat(last) + timedelta(days=1) if last else None
