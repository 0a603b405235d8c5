"""The root cause analysis of an admission (row 17), and the change it asks for. Called inside `recording()`."""

from datetime import date
from typing import Any

from alongside.features.hospital.discharge import text
from alongside.features.hospital.discharge.operations import about_stay, hold
from alongside.features.hospital.discharge.queries import newest_cause
from alongside.features.hospital.models import RootCause, Stay
from alongside.features.people.operations import correct_fact
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words, local_day


def record_root_cause(note: Notes, *, stay: Stay, seen: int, **values: Any) -> RootCause:
    """What was found, and what changes by it. seen: the number of what was read, 0 for none."""
    hold(stay)
    before = newest_cause(stay)
    if seen != (before.pk if before else 0):
        raise NotNow("stale", text.STALE)
    change = values.get("change", "")
    words = "It was looked into why this admission came about."
    if change:
        words += f" What changes by {day_in_words(values['change_due_on'])}: {change}"
    if before is not None:
        if before.change_made_on and change != before.change:
            # What was made was another change: this one is still to come.
            values |= {"change_made_on": None, "change_result": ""}
        return correct_fact(note, before, words=words, happened_at=note.at, **values)
    return about_stay(note, RootCause, stay, words=words, code="root_cause.recorded", **values)


def say_change_made(note: Notes, *, stay: Stay, on: date, result: str) -> RootCause:
    """The change was made on a day, and what came of it. Raises NotNow where none is open."""
    cause = newest_cause(stay)
    if cause is None or cause.change_due_on is None or cause.change_made_on is not None:
        raise NotNow("no_change", "No change is open here. Somebody may have written it down already.")
    if on > local_day(note.at):
        raise NotNow("future", "The day can’t be in the future.")
    return correct_fact(
        note,
        cause,
        words=f"What was to change after the admission has changed: {result}",
        happened_at=note.at,
        change_made_on=on,
        change_result=result,
    )
