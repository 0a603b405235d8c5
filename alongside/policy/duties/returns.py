"""The national record of everybody in a mental health hospital (Assuring Transformation) kept as things are.

Source: policy reference 13.1; rows 58 and 59.
"""

from datetime import date, timedelta

from ..counting import day_in_words, days_after, local_day
from ..facts import StayFacts
from ..rules import computes
from .reckoning import HOSPITAL, Reckoning, admitted_at, left_at

SUNDAY = 6
#: After so long a change that nobody wrote down ends by itself; a later return has been closed since. Local default.
STOPS = 92


def return_duties(r: Reckoning) -> None:
    """Of each stay as it was written down: the national record has a line for each hospital."""
    for stay in r.stays:
        if stay.kind == HOSPITAL:
            _update(r, stay)


@computes("return_update", "return_weekly", "return_monthly")
def _update(r: Reckoning, stay: StayFacts) -> None:
    """One duty for what changed since the record was last said to be right; it is as late as the oldest of it."""
    changes = sorted(_changes(r, stay))
    right = [on for on, _ in changes if _key(stay, on) in r.answers]
    open_ones = [one for one in changes if not right or one[0] > max(right)]
    if not open_ones:
        return
    on, what = open_ones[0]
    rule, due = r.clock("return_update", on)
    r.add(
        rule,
        _key(stay, open_ones[-1][0]),
        "Check that the national record of inpatients is up to date",
        f"{what} on {day_in_words(on)}. It is entered as soon as it is known; what is entered by "
        f"{day_in_words(next_cut(due))}, midnight, is counted.",
        due=due,
        breach=next_cut(due),
        shows=on,
        ends=None if stay.is_open else days_after(local_day(left_at(stay)), STOPS),
        owner=r.team("commissioning"),
        doing="record_done",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


def _key(stay: StayFacts, on: date) -> str:
    return f"return_update:stay:{stay.id}:of:{on.isoformat()}"


def _changes(r: Reckoning, stay: StayFacts) -> list[tuple[date, str]]:
    found = [(local_day(admitted_at(stay)), "They came into hospital")]
    found += [(local_day(one.from_at), "The law they are under changed") for one in stay.legal if one.from_at]
    plans = [one for one in r.facts.discharge_plan if one.stay_id == stay.id]
    found += [(one.said_on, "The day planned for leaving changed") for one in plans if one.said_on]
    if stay.discharged_at is not None:
        found.append((local_day(stay.discharged_at), "They left hospital"))
    return found


def weekly_cut(day: date) -> date:
    """The Sunday at whose midnight a week closes, that day included (row 58)."""
    return day + timedelta(days=SUNDAY - day.weekday())


def monthly_cut(day: date) -> date:
    """The last day of a month, at whose midnight it closes (row 58)."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def next_cut(day: date) -> date:
    """Whichever of the two comes first, that day included."""
    return min(weekly_cut(day), monthly_cut(day))
