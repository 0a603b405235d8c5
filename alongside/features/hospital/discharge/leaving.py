"""Leaving hospital, and what is learnt when somebody comes back. Each is called inside `recording()`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.features.actions.models import ActionStep
from alongside.features.actions.operations import take_step
from alongside.features.hospital.discharge import text
from alongside.features.hospital.discharge.delays import end_ready
from alongside.features.hospital.discharge.operations import about_stay, hold
from alongside.features.hospital.discharge.queries import (
    Condition,
    find_look_back,
    list_unmet,
    newest_leaving,
    open_period,
    stay_before,
)
from alongside.features.hospital.models import Leaving, LeftUndone, LookBack, Stay
from alongside.features.people.operations import correct_fact
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words, local_day

HOW = LeftUndone.How


@dataclass(frozen=True, slots=True)
class LeftOne:
    """What happens with one condition that is not met. moved_to: the day by which it is met afterwards."""

    condition_id: int
    how: str
    decided_by: str
    because: str
    moved_to: date | None = None


def left_of(unmet: Sequence[tuple[int, str]], given: Mapping[str, Any]) -> list[LeftOne]:
    """What a form says of each condition that was asked about; `unmet` are their numbers with their words."""
    return [
        LeftOne(pk, given[f"how_{pk}"], given["decided_by"], given[f"because_{pk}"], given[f"to_{pk}"])
        for pk, _ in unmet
    ]


def leave_nothing_behind(note: Notes, *, stay: Stay, left: Sequence[LeftOne], on: date) -> None:
    """Each condition that is not met is left undone by somebody's decision, or moved to a day after the discharge.

    Raises NotNow where one is neither. The time of being ready and still there ends with the discharge.
    """
    said = {one.condition_id: one for one in left}
    unmet = list_unmet(stay)
    if any(one.row.pk not in said for one in unmet):
        raise NotNow("left_behind", text.LEFT_BEHIND)
    for condition in unmet:
        _leave(note, stay, condition, said[condition.row.pk], on)
    period = open_period(stay)
    if period is not None:
        end_ready(note, stay=stay, on=max(on, period.from_date))


def _leave(note: Notes, stay: Stay, condition: Condition, said: LeftOne, on: date) -> None:
    moved = said.how == HOW.MOVED
    if moved and (said.moved_to is None or said.moved_to < on):
        raise NotNow("moved_to", f"Give a day on or after {day_in_words(on)} for: {condition.action.what}")
    because = f"{said.decided_by}: {said.because}"[:500]
    kind = ActionStep.Kind.MOVED if moved else ActionStep.Kind.GIVEN_UP
    more: dict[str, Any] = {"due_on": said.moved_to} if moved else {}
    take_step(note, action=condition.action, kind=kind, by=note.by, because=because, **more)  # type: ignore[arg-type]
    about_stay(
        note,
        LeftUndone,
        stay,
        words=f"Left hospital without: {condition.action.what}",
        code="condition.left_undone",
        condition=condition.row,
        how=said.how,
        decided_by=said.decided_by,
        because=said.because,
        moved_to=said.moved_to if moved else None,
    )


def write_leaving(note: Notes, *, stay: Stay, closure: str, seen: int | None = None, **values: Any) -> Leaving:
    """Where they went, who supports them, whom the family rings, what happens when. A change is a new row.

    seen: the number of what was read, 0 for none. Raises NotNow while they are there, and when it changed meanwhile.
    """
    if hold(stay).discharged_at is None:
        raise NotNow("still_there", text.STILL_THERE)
    before = newest_leaving(stay)
    if seen is not None and seen != (before.pk if before else 0):
        raise NotNow("stale", text.STALE)
    words = f"Left hospital to: {text.closure_words(closure).lower()}."
    if before is not None:
        return correct_fact(note, before, words=words, happened_at=stay.discharged_at, closure=closure, **values)
    return about_stay(
        note,
        Leaving,
        stay,
        words=words,
        code="leaving.recorded",
        happened_at=stay.discharged_at,
        closure=closure,
        **values,
    )


def look_back(
    note: Notes, *, stay: Stay, helped: str, lacked: str, different: str, seen: int | None = None
) -> LookBack:
    """What the last discharge plan did and lacked, now that they are back.

    seen: the number of what was read, 0 for none. Raises NotNow where there was no plan, and when it changed meanwhile.
    """
    hold(stay)
    before = stay_before(stay)
    if before is None:
        raise NotNow("no_earlier_stay", text.NO_EARLIER_STAY)
    values: dict[str, Any] = {"helped": helped, "lacked": lacked, "different": different}
    words = "The discharge plan was looked back on, because they are in hospital again."
    made = find_look_back(stay)
    if seen is not None and seen != (made.pk if made else 0):
        raise NotNow("stale", text.STALE)
    if made is not None:
        return correct_fact(note, made, words=words, **values)
    return about_stay(note, LookBack, stay, words=words, code="look_back.recorded", before=before, **values)


def left_on(stay: Stay) -> date:
    """The day they left; ValueError while they are there."""
    if stay.discharged_at is None:
        raise ValueError("They have not left.")
    return local_day(stay.discharged_at)
