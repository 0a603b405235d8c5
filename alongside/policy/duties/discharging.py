"""What is due so that somebody leaves hospital, and so that what follows is written down."""

from datetime import datetime

from ..counting import (
    Calendar,
    day_in_words,
    days_after,
    days_after_moment,
    end_of_day,
    local_day,
    moment_in_words,
    months_after,
    start_of_day,
)
from ..discharging import DischargeFacts
from ..facts import StayFacts
from ..rules import Rule, Ruleset, computes
from .reckoning import Reckoning, admitted_at, last_day, left_at, shows_before

PLAN, AFTER, CAUSE, BACK = "open_discharge_plan", "open_after_discharge", "open_root_cause", "open_look_back"


def known_of(r: Reckoning, stay: StayFacts) -> DischargeFacts:
    """What is known about leaving a stay; nothing but its number where there is nothing."""
    return next((one for one in r.facts.discharge_plan if one.stay_id == stay.id), DischargeFacts(stay.id))


def discharging_duties(r: Reckoning) -> None:
    stays = {stay.id: stay for stay in r.facts.stays}
    into = {number: stay for stay in r.facts.stays for number in stay.earlier}
    for known in r.facts.discharge_plan:
        _change(r, known)
        if known.stay_id in into:
            _where_between(r, into[known.stay_id], known)
            continue
        stay = stays[known.stay_id]
        if stay.is_open:
            _date(r, stay, known)
            _reason(r, known)
        else:
            _written_up(r, stay, known)


@computes("discharge_date", "discharge_date_again", "discharge_date_passed")
def _date(r: Reckoning, stay: StayFacts, known: DischargeFacts) -> None:
    """A first word; another one where there was no date; and on the day itself."""
    admitted = local_day(admitted_at(stay))
    if known.said_on is None:
        rule, due = r.clock("discharge_date", admitted)
        key, begins = f"discharge_date:stay:{stay.number}", admitted
        what = "Write down when they are expected to leave hospital, or why nobody can say"
        because = f"In hospital since {day_in_words(admitted)}, and nobody has said until when."
    elif known.expected_on is None:
        rule, due = r.clock("discharge_date_again", known.said_on)
        key, begins = f"discharge_date_again:stay:{stay.number}:after:{known.said_on.isoformat()}", known.said_on
        what = "Look again at when they can leave hospital"
        because = f"On {day_in_words(known.said_on)} there was no date; it is looked at again after {rule.length}."
    else:
        due, begins = known.expected_on, known.said_on
        rule = r.ruleset.in_force("discharge_date_passed", due)
        key = f"discharge_date_passed:stay:{stay.number}:on:{due.isoformat()}"
        what = "Write down that they left hospital, or the new date and why"
        because = f"They are expected to leave hospital on {day_in_words(due)}, and nothing says that they did."
    shows = shows_before(begins, due)
    _add(r, rule, key, what, because, due=due, shows=shows, owner=r.keyworker_or("keyworking"), doing=PLAN, known=known)


@computes("delay_reason")
def _reason(r: Reckoning, known: DischargeFacts) -> None:
    if known.ready_from is None or known.reason:
        return
    rule, due = r.clock("delay_reason", known.ready_from)
    _add(
        r,
        rule,
        f"delay_reason:stay:{known.stay_id}:from:{known.ready_from.isoformat()}",
        "Write down why they are still in hospital, and whose the delay is",
        f"Clinically ready for discharge since {day_in_words(known.ready_from)}, without a reason why they stay.",
        due=due,
        shows=known.ready_from,
        owner=r.team("commissioning"),
        doing=PLAN,
        known=known,
    )


@computes("root_cause_change")
def _change(r: Reckoning, known: DischargeFacts) -> None:
    due = known.change_due_on
    if due is None:
        return
    _add(
        r,
        r.ruleset.in_force("root_cause_change", due),
        f"root_cause_change:stay:{known.stay_id}:by:{due.isoformat()}",
        "Check that what was to change after the admission has changed",
        f"The root cause analysis says that it changes by {day_in_words(due)}.",
        due=due,
        shows=shows_before(due, due),
        owner=r.team("commissioning"),
        doing=CAUSE,
        known=known,
    )


@computes("leaving_written_up")
def _written_up(r: Reckoning, stay: StayFacts, known: DischargeFacts) -> None:
    """Ends a year on, as what else is due after a discharge (local default)."""
    if known.written_up:
        return
    left = local_day(left_at(stay))
    rule, due = r.clock("leaving_written_up", left)
    _add(
        r,
        rule,
        f"leaving_written_up:stay:{stay.id}",
        "Write down where they went, who supports them and whom the family rings",
        f"Left hospital on {day_in_words(left)}, and none of it is written down.",
        due=due,
        shows=left_at(stay),
        ends=months_after(left, 12),
        owner=r.keyworker_or("keyworking"),
        doing=AFTER,
        known=known,
    )


@computes("leaving_written_up")
def _where_between(r: Reckoning, spell: StayFacts, known: DischargeFacts) -> None:
    """A stay that another one went on from, though nobody says that it was a transfer: what it was decides what counts.

    Due and ending as what else is written down of a discharge.
    """
    stay = next(one for one in r.stays if one.id == known.stay_id)
    if known.written_up or stay.went or stay.is_open:
        return
    left = local_day(left_at(stay))
    rule, due = r.clock("leaving_written_up", left)
    _add(
        r,
        rule,
        f"leaving_written_up:stay:{stay.id}",
        "Write down where they went when that stay ended",
        f"The stay ended on {day_in_words(left)} and they were in hospital again at once, so that it counts as a "
        f"transfer: in hospital since {day_in_words(local_day(admitted_at(spell)))}. If they had gone home, they came "
        "back.",
        due=due,
        shows=left_at(stay),
        ends=months_after(left, 12),
        owner=r.keyworker_or("keyworking"),
        doing=AFTER,
        known=known,
    )


@computes("discharge_contact_missed")
def missed_contact(r: Reckoning, stay: StayFacts, number: int, due: datetime) -> None:
    """A round that was not made by its moment: the keyworking team's by the end of that day, or of the next where it
    was due to the end of one. Its words hold before that moment as well: who looks ahead reads them."""
    left = local_day(left_at(stay))
    day = local_day(due)
    is_timed = due < end_of_day(day)
    late = due if is_timed else start_of_day(days_after(day, 1))
    words = moment_in_words(due) if is_timed else day_in_words(day)
    _add(
        r,
        r.ruleset.in_force("discharge_contact_missed", left),
        f"discharge_contact_missed:{number}:stay:{stay.id}",
        f"See that contact {number} after the discharge is made at once, if it was missed",
        f"Left hospital on {day_in_words(left)}; contact {number} is due by {words}. If nobody has made it by then, "
        "the keyworking team sees to it.",
        due=local_day(late),
        shows=late,
        ends=months_after(left, 12),
        owner=r.team("keyworking"),
        doing=AFTER,
        known=known_of(r, stay),
    )


@computes("ward_access_ends")
def ward_access_ends(left: datetime, ruleset: Ruleset, calendar: Calendar) -> datetime:
    """When the hospital's access to the record ends: at the same time of day as the discharge."""
    day = local_day(left)
    _, last = ruleset.governing("ward_access_ends", day, lambda rule: last_day(rule, day, calendar))
    return days_after_moment(left, (last - day).days)


def _add(r: Reckoning, rule: Rule, key: str, what: str, because: str, *, known: DischargeFacts, **more: object) -> None:
    r.add(rule, key, what, because, topic="hospital", subject="stay", subject_id=known.stay_id, **more)  # type: ignore[arg-type]
