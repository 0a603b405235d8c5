"""What is due while somebody is away: who knows, leave, segregation, and the clock of a place of safety."""

from datetime import date, datetime

from ..counting import Calendar, as_utc, day_in_words, days_after, local_day, moment_in_words
from ..facts import StayFacts
from ..in_hospital import LeaveFacts, SegregationFacts
from ..rules import Rule, Ruleset, computes
from .reckoning import Reckoning, admitted_at, last_day, last_moment, shows_before

#: An admission recorded later than this after it is no news to anybody (local default).
NEWS_FOR_DAYS = 28


def inpatient_duties(r: Reckoning) -> None:
    known = r.facts.in_hospital
    open_stays = {stay.id: stay for stay in r.facts.stays if stay.is_open}
    for stay in open_stays.values():
        if stay.kind == "place_of_safety":
            _place_of_safety(r, stay, lengthened=stay.id in known.lengthened)
    for stay_id, recorded_at in known.unknown:
        if stay_id in open_stays:
            _keyworker_knows(r, open_stays[stay_id], recorded_at)
    for leave in known.leaves:
        if leave.stay_id in open_stays:
            _leave(r, leave)
    for segregation in known.segregations:
        if segregation.stay_id in open_stays:
            _segregation(r, segregation)


@computes("place_of_safety", "place_of_safety_longer")
def _place_of_safety(r: Reckoning, stay: StayFacts, *, lengthened: bool) -> None:
    begins = admitted_at(stay)
    key = "place_of_safety_longer" if lengthened else "place_of_safety"
    rule = r.ruleset.in_force(key, local_day(begins))
    due = last_moment(rule, begins)
    _add(
        r,
        rule,
        f"{key}:stay:{stay.id}",
        "Find out what happens after the place of safety",
        f"There since {moment_in_words(begins)}; the law gives {rule.length}"
        + (", as a doctor lengthened it." if lengthened else "."),
        due=due,
        shows=begins,
        stay_id=stay.id,
        breach=due,
    )


@computes("admission_known")
def _keyworker_knows(r: Reckoning, stay: StayFacts, recorded_at: datetime) -> None:
    recorded = local_day(recorded_at)
    if r.keyworker is None or recorded > days_after(local_day(admitted_at(stay)), NEWS_FOR_DAYS):
        return
    rule, due = r.clock("admission_known", recorded)
    r.add(
        rule,
        f"admission_known:stay:{stay.id}",
        "Say that you know of the admission",
        f"Recorded on {moment_in_words(as_utc(recorded_at))}; the keyworker knows within {rule.length}.",
        due=due,
        shows=as_utc(recorded_at),
        owner=r.keyworker,
        doing="know_admission",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


@computes("admission_known")
def told_in_time(
    admitted: date, recorded_at: datetime, known_at: datetime | None, as_at: datetime, ruleset: Ruleset,
    calendar: Calendar,
) -> bool | None:  # fmt: skip
    """Whether the keyworker knew of an admission in time, counted from its recording.

    None: it is not due yet, or it was no news to anybody when it was recorded.
    """
    recorded = local_day(recorded_at)
    if recorded > days_after(admitted, NEWS_FOR_DAYS):
        return None
    _, due = ruleset.governing("admission_known", recorded, lambda rule: last_day(rule, recorded, calendar))
    if known_at is not None:
        return local_day(known_at) <= due
    return False if local_day(as_at) > due else None


@computes("leave_back")
def _leave(r: Reckoning, leave: LeaveFacts) -> None:
    expected = as_utc(leave.back_by or leave.from_at)
    rule, due = r.clock("leave_back", local_day(expected))
    began = day_in_words(local_day(leave.from_at))
    _add(
        r,
        rule,
        f"leave_back:{leave.id}:{local_day(expected).isoformat()}",
        "Find out whether they are back on the ward",
        f"Away from the ward since {began}"
        + (f", and expected on {day_in_words(local_day(expected))}." if leave.back_by else ", without leave."),
        due=due,
        shows=expected,
        stay_id=leave.stay_id,
    )


@computes("segregation_daily", "segregation_weekly", "segregation_external")
def _segregation(r: Reckoning, one: SegregationFacts) -> None:
    began = as_utc(one.from_at)
    last = as_utc(one.clinician_at or began)
    rule = r.ruleset.in_force("segregation_daily", local_day(last))
    _look(r, rule, one, "the clinician’s daily review", last, last_moment(rule, last), shows=last)
    for key, what, at in (
        ("segregation_weekly", "the team’s weekly review", one.team_at),
        ("segregation_external", "the review by another hospital", one.external_at),
    ):
        last = as_utc(at or began)
        day = local_day(last)
        rule, due = r.clock(key, day)
        _look(r, rule, one, what, last, due, shows=shows_before(day, due))


def _look(
    r: Reckoning,
    rule: Rule,
    one: SegregationFacts,
    what: str,
    last: datetime,
    due: date | datetime,
    *,
    shows: date | datetime,
) -> None:
    since = "Segregated since" if last == as_utc(one.from_at) else "Last looked at on"
    _add(
        r,
        rule,
        f"{rule.key}:{one.id}:after:{last.isoformat(timespec='minutes')}",
        f"Ask the ward for {what} of the segregation",
        f"{since} {moment_in_words(last)}; reviewed every {rule.length}.",
        due=due,
        shows=shows,
        stay_id=one.stay_id,
        team="commissioning",
        breach=due,
    )


def _add(
    r: Reckoning,
    rule: Rule,
    key: str,
    what: str,
    because: str,
    *,
    due: date | datetime,
    shows: date | datetime,
    stay_id: int,
    team: str = "",
    breach: date | datetime | None = None,
) -> None:
    r.add(
        rule,
        key,
        what,
        because,
        due=due,
        breach=breach,
        shows=shows,
        owner=r.team(team) if team else r.keyworker_or("keyworking"),
        doing="open_stay",
        topic="hospital",
        subject="stay",
        subject_id=stay_id,
    )
