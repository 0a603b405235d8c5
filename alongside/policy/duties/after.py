"""What is due after leaving a mental health hospital."""

from datetime import date, datetime
from typing import Any

from ..counting import as_utc, day_in_words, end_of_day, local_day, moment_in_words, months_after
from ..facts import StayFacts
from ..rules import computes
from .reckoning import HOSPITAL, Reckoning, last_moment, left_at

#: Reviews that are a contact after discharge.
CONTACTS = frozenset({"discharge_contact", "post_discharge"})


def after_discharge_duties(r: Reckoning) -> None:
    """For the last stay, unless the person is back in hospital. Ends a year on (local default)."""
    stays = [stay for stay in r.facts.stays if stay.kind == HOSPITAL]
    if not stays or any(stay.is_open for stay in stays):
        return
    last = max(stays, key=lambda stay: (left_at(stay), stay.id))
    left = left_at(last)
    _contacts(r, last, left)
    _support(r, last, local_day(left))


@computes(
    "discharge_contact_target",
    "discharge_contact_breach",
    "discharge_contact_1",
    "discharge_contact_2",
    "discharge_contact_3",
)
def _contacts(r: Reckoning, stay: StayFacts, left: datetime) -> None:
    """The first is due at the earlier of rows 28 and 67. A contact counts for a round if it was made
    after the round before was due."""
    held = [as_utc(v.held_at) for v in r.facts.reviews if v.kind in CONTACTS and v.held_at]
    day = local_day(left)
    first, due = min(
        (
            (rule, last_moment(rule, left))
            for rule in (
                r.ruleset.in_force("discharge_contact_target", day),
                r.ruleset.in_force("discharge_contact_1", day),
            )
        ),
        key=lambda found: found[1],
    )
    limit = r.ruleset.in_force("discharge_contact_breach", day)
    if not any(moment >= left for moment in held):
        breach = last_moment(limit, left)
        what = f"Make the first contact after the discharge, within {first.length}"
        why = f"contact within {first.length}, {limit.length} at the latest"
        _contact(r, stay, left, 1, first, min(due, breach), breach, what, why)
    previous = due
    for number in (2, 3):
        rule, due_day = r.clock(f"discharge_contact_{number}", day)
        if not any(moment > previous for moment in held):
            what = f"Make contact within {rule.length} of the discharge"
            _contact(r, stay, left, number, rule, due_day, None, what, f"contact again within {rule.length}")
        previous = end_of_day(due_day)


def _contact(
    r: Reckoning, stay: Any, left: Any, number: int, rule: Any, due: date | datetime, breach: Any, what: str, why: str
) -> None:
    r.add(
        rule,
        f"discharge_contact_{number}:stay:{stay.id}",
        what,
        f"Left hospital on {moment_in_words(left)}; {why}.",
        due=due,
        breach=breach,
        shows=left,
        ends=months_after(local_day(left), 12),
        owner=r.keyworker_or("keyworking"),
        doing="record_contact",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


@computes("post_discharge_support")
def _support(r: Reckoning, stay: StayFacts, left: date) -> None:
    rule, until = r.clock("post_discharge_support", left)
    r.add(
        rule,
        f"post_discharge_support:stay:{stay.id}",
        f"Check that the extra support lasted until {day_in_words(until)}",
        f"Left hospital on {day_in_words(left)}; extra support lasts at least {rule.length}.",
        due=until,
        shows=left,
        ends=months_after(left, 12),
        owner=r.keyworker_or("keyworking"),
        doing="record_done",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )
