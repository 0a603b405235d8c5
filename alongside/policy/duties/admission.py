"""What is due because somebody is in hospital: reviews, visits, notices, the ends of detention."""

from datetime import date, datetime

from ..counting import as_utc, birthday, day_in_words, local_day, moment_in_words, months_after
from ..facts import StayFacts
from ..rules import Rule, computes
from .discharging import BACK, CAUSE, PLAN, known_of
from .notices import notice_duties
from .planned_reviews import not_on_working_days
from .reckoning import HOSPITAL, Reckoning, admitted_at, last_moment, shows_before
from .reviews import legal_code, report_duties, review_duties
from .stays import Reviewed, during, held_day, is_cetr_age, previous_discharge, reviewed, under_18


def admission_duties(r: Reckoning) -> None:
    for stay in r.facts.stays:
        admitted = local_day(admitted_at(stay))
        notice_duties(r, stay, admitted)
        if stay.kind != HOSPITAL:
            continue
        held = reviewed(r, stay, admitted)
        if stay.is_open:
            review_duties(r, stay, admitted, held)
            _oversight(r, stay, admitted)
            _detention_ends(r, stay, admitted)
            _discharge_planning(r, stay, admitted)
        report_duties(r, stay, admitted)
        _root_cause(r, stay, admitted, held)
        _readmission(r, stay, admitted)
        _adult_ward(r, stay)


def stops_mattering(stay: StayFacts) -> date | None:
    """A year after discharge what was left undone ends by itself (local default); None while there."""
    return None if stay.discharged_at is None else months_after(local_day(stay.discharged_at), 12)


@computes("oversight_visit_child", "oversight_visit_adult")
def _oversight(r: Reckoning, stay: StayFacts, admitted: date) -> None:
    """Under 18 on the day the shorter time ends: the shorter time."""
    visits = [held_day(v) for v in r.facts.reviews if v.kind == "oversight_visit" and during(v, stay, admitted)]
    visits += [local_day(at) for number, at in r.facts.in_hospital.visits if number == stay.id]
    key, base = r.cycle(f"oversight_visit:stay:{stay.number}", max(visits, default=admitted))
    rule, due = r.clock("oversight_visit_child", base)
    if not under_18(r.facts, due):
        rule, due = r.clock("oversight_visit_adult", base)
    start = "Last visited" if visits else "In hospital, and counted from"
    r.add(
        rule,
        key,
        "Visit the hospital",
        f"{start} {day_in_words(base)}; the commissioner visits every {rule.length}.{not_on_working_days(r, due)}",
        due=due,
        breach=due,
        shows=shows_before(base, due),
        owner=r.team("commissioning"),
        doing="record_visit",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


@computes("s2_ends", "s3_first_period")
def _detention_ends(r: Reckoning, stay: StayFacts, admitted: date) -> None:
    keys = {"s2": ("s2_ends", "Section 2"), "s3": ("s3_first_period", "The first period under section 3")}
    running = {
        (legal_code(status.code), local_day(status.from_at) if status.from_at else admitted)
        for status in stay.legal
        if status.to_at is None
    }
    for code, begins in sorted(running):
        if code not in keys:
            continue
        rule_key, words = keys[code]
        rule, due = r.clock(rule_key, begins)
        r.add(
            rule,
            f"{rule_key}:stay:{stay.number}:from:{begins.isoformat()}",
            "Record what happens when the section ends",
            f"{words} began on {day_in_words(begins)} and lasts {rule.length} beginning with that day.",
            due=due,
            breach=due,
            shows=shows_before(begins, due),
            owner=r.team("commissioning"),
            doing="record_legal_status",
            topic="hospital",
            subject="stay",
            subject_id=stay.id,
        )


@computes("discharge_planning")
def _discharge_planning(r: Reckoning, stay: StayFacts, admitted: date) -> None:
    if known_of(r, stay).planned:
        return
    r.add(
        r.ruleset.in_force("discharge_planning", admitted),
        f"discharge_planning:stay:{stay.number}",
        "Start planning the discharge",
        f"In hospital since {day_in_words(admitted)}; planning starts on or before the day of admission.",
        due=admitted,
        breach=admitted,
        shows=admitted_at(stay),
        owner=r.keyworker_or("keyworking"),
        doing=PLAN,
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


@computes("admission_root_cause", "community_cetr_valid")
def _root_cause(r: Reckoning, stay: StayFacts, admitted: date, held: Reviewed) -> None:
    if held.community is not None or not is_cetr_age(r.facts, admitted) or known_of(r, stay).root_cause:
        return
    rule, due = r.clock("admission_root_cause", admitted)
    valid = r.ruleset.in_force("community_cetr_valid", admitted)
    unregistered = stay.registered_before is False or any(
        entry.not_registered_before_admission for entry in r.facts.entries
    )
    r.add(
        rule,
        f"root_cause:stay:{stay.number}",
        "Find out why there was no community CETR",
        f"Admitted on {day_in_words(admitted)} with no community CETR in the {valid.length} before"
        + (" and not on the register." if unregistered else "."),
        due=due,
        shows=admitted_at(stay),
        ends=stops_mattering(stay),
        owner=r.team("commissioning"),
        doing=CAUSE,
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


@computes("readmission_month", "readmission_year")
def _readmission(r: Reckoning, stay: StayFacts, admitted: date) -> None:
    """Due in the time that row 17 gives for looking into an admission (local default)."""
    before = previous_discharge(r.facts, stay)
    if before is None or known_of(r, stay).looked_back:
        return
    left = local_day(before)
    for key in ("readmission_month", "readmission_year"):
        rule, until = r.clock(key, left)
        if admitted <= until:
            break
    else:
        return
    r.add(
        rule,
        f"readmission:stay:{stay.number}",
        "Look again at the discharge plan and the reasons for readmission",
        f"Back in hospital on {day_in_words(admitted)}, within {rule.length} of leaving on {day_in_words(left)}.",
        due=r.day("admission_root_cause", admitted),
        shows=admitted_at(stay),
        ends=stops_mattering(stay),
        owner=r.team("commissioning"),
        doing=BACK,
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )


@computes("adult_ward_notice")
def _adult_ward(r: Reckoning, stay: StayFacts) -> None:
    """Only when the person is still there, and under 18, when the hours are over."""
    for begins, left in _adult_wards(r, stay):
        rule = r.ruleset.in_force("adult_ward_notice", local_day(begins))
        due = last_moment(rule, begins)
        born = r.facts.birth_date
        if born is not None and local_day(due) >= birthday(born, 18):
            continue
        if left is None or as_utc(left) > due:
            _adult_ward_told(r, stay, rule, begins, due)
            return


def _adult_wards(r: Reckoning, stay: StayFacts) -> list[tuple[datetime, datetime | None]]:
    """From when to when, the earliest first; the whole stay where only the stay says so."""
    found = [
        (as_utc(ward.from_at), ward.to_at or stay.discharged_at)
        for ward in r.facts.in_hospital.wards_of(stay.id)
        if ward.adult
    ]
    if not found and stay.adult_ward:
        found = [(admitted_at(stay), stay.discharged_at)]
    return sorted(found, key=lambda span: span[0])


def _adult_ward_told(r: Reckoning, stay: StayFacts, rule: Rule, begins: datetime, due: datetime) -> None:
    if not r.facts.in_hospital.still_to_tell(stay.id, "adult_ward"):
        return
    r.add(
        rule,
        f"adult_ward_notice:stay:{stay.number}",
        "Check that the Care Quality Commission is told about the adult ward",
        f"Under 18 on an adult ward since {moment_in_words(begins)}; told when it is longer than {rule.length}.",
        due=due,
        breach=due,
        shows=begins,
        ends=stops_mattering(stay),
        owner=r.team("commissioning"),
        doing="record_stay_notice",
        topic="hospital",
        subject="stay",
        subject_id=stay.id,
    )
