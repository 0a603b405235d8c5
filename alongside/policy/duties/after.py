"""What is due after leaving a mental health hospital."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ..counting import as_utc, day_in_words, end_of_day, local_day, moment_in_words, months_after
from ..facts import StayFacts
from ..rules import Rule, computes
from .discharging import known_of, missed_contact
from .reckoning import HOSPITAL, Clocks, Reckoning, last_moment, left_at

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


@dataclass(frozen=True, slots=True)
class Round:
    """One contact after a discharge: which rule asks for it, by when, and when it was made; None for not yet.

    timed: due at a moment, not by the end of a day. breach: when the limit is passed, for the first one.
    """

    number: int
    rule: Rule
    due: datetime
    timed: bool
    breach: datetime | None
    made_at: datetime | None


@computes(
    "discharge_contact_target",
    "discharge_contact_breach",
    "discharge_contact_1",
    "discharge_contact_2",
    "discharge_contact_3",
)
def rounds_after(clocks: Clocks, left: datetime, held: Iterable[datetime]) -> tuple[Round, ...]:
    """The contacts after a discharge. The first is due at the earlier of rows 28 and 67.

    held: contacts made, in any order. One counts for a round if it was made after the round before was due.
    """
    made = sorted(as_utc(moment) for moment in held)
    day = local_day(left)
    first, due = min(
        (
            (rule, last_moment(rule, left))
            for rule in (
                clocks.ruleset.in_force("discharge_contact_target", day),
                clocks.ruleset.in_force("discharge_contact_1", day),
            )
        ),
        key=lambda found: found[1],
    )
    breach = last_moment(clocks.ruleset.in_force("discharge_contact_breach", day), left)
    found = [Round(1, first, min(due, breach), True, breach, next((at for at in made if at >= left), None))]
    previous = due
    for number in (2, 3):
        rule, due_day = clocks.clock(f"discharge_contact_{number}", day)
        at = next((moment for moment in made if moment > previous), None)
        previous = end_of_day(due_day)
        found.append(Round(number, rule, previous, False, None, at))
    return tuple(found)


def _contacts(r: Reckoning, stay: StayFacts, left: datetime) -> None:
    """What is still to be made; a contact of the log counts as one that was recorded for this. A round that nobody
    made in time is the keyworking team's as well."""
    held = [v.held_at for v in r.facts.reviews if v.kind in CONTACTS and v.held_at]
    if contact := known_of(r, stay).contact_at:
        held.append(contact)
    for one in rounds_after(r, left, held):
        if one.made_at is None:
            _contact(r, stay, left, one)
            missed_contact(r, stay, one.number, one.due)


def _contact(r: Reckoning, stay: StayFacts, left: datetime, one: Round) -> None:
    what = f"Make contact within {one.rule.length} of the discharge"
    why = f"contact again within {one.rule.length}"
    if one.number == 1:
        limit = r.ruleset.in_force("discharge_contact_breach", local_day(left))
        what = f"Make the first contact after the discharge, within {one.rule.length}"
        why = f"contact within {one.rule.length}, {limit.length} at the latest"
    r.add(
        one.rule,
        f"discharge_contact_{one.number}:stay:{stay.id}",
        what,
        f"Left hospital on {moment_in_words(left)}; {why}.",
        due=one.due if one.timed else local_day(one.due),
        breach=one.breach,
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
