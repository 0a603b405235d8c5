"""What the rules need to know about leaving hospital, from what `discharge_plan.sql` gives of it."""

from datetime import date, datetime
from typing import Any

from alongside.policy.discharging import DischargeFacts


def discharge_plan(values: list[list[Any]]) -> tuple[DischargeFacts, ...]:
    """One for each stay in a mental health hospital."""
    return tuple(_of_stay(*of_stay) for of_stay in values)


def _of_stay(
    stay_id: int,
    planned: bool,
    said: list[str | None] | None,
    ready: list[str] | None,
    root_cause: bool,
    change: str | None,
    written_up: bool,
    looked_back: bool,
    contact: str | None,
) -> DischargeFacts:
    expected, said_on = said or (None, None)
    ready_from, reason = ready or (None, "")
    return DischargeFacts(
        stay_id=stay_id,
        planned=planned,
        expected_on=_day(expected),
        said_on=_day(said_on),
        ready_from=_day(ready_from),
        reason=reason,
        root_cause=root_cause,
        change_due_on=_day(change),
        written_up=written_up,
        looked_back=looked_back,
        contact_at=datetime.fromisoformat(contact) if contact else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
