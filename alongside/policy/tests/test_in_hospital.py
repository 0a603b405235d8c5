"""What is due because of what is written down about a stay: both sides of each number."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alongside.policy.duties import Owner
from alongside.policy.facts import PersonFacts
from alongside.policy.in_hospital import InHospitalFacts, LeaveFacts, SegregationFacts, WardFacts
from alongside.policy.tests.building import (
    KEYWORKER,
    after,
    assert_due,
    duties,
    find,
    in_hospital,
    moment,
    on_register,
    person,
    rating,
    stay,
)


def with_known(facts: PersonFacts, **known: object) -> PersonFacts:
    return replace(facts, in_hospital=InHospitalFacts(**known))  # type: ignore[arg-type]


def keyworked(recorded: str, admitted: str = "2026-06-05") -> PersonFacts:
    facts = on_register(rating("blue", "2026-06-05"), stays=(stay(admitted),), allocations=(KEYWORKER,))
    return with_known(facts, unknown=((1, moment(recorded)),))


# The keyworker knows


def test_the_keyworker_says_within_a_working_day_that_they_know():
    duty = find(keyworked("2026-06-05"), "admission_known")  # a Friday
    assert_due(duty, "2026-06-08")
    assert duty.owner == Owner("actor", 70) and duty.doing == "know_admission"
    assert duty.local_default


def test_nothing_is_asked_of_nobody_or_of_who_knows():
    facts = keyworked("2026-06-05")
    assert find(replace(facts, allocations=()), "admission_known") is None
    assert find(with_known(facts), "admission_known") is None


@pytest.mark.parametrize(("recorded", "asked"), [("2026-07-03", True), ("2026-07-04", False)])
def test_an_admission_of_long_ago_is_no_news(recorded, asked):
    assert (find(keyworked(recorded), "admission_known") is not None) is asked


# The place of safety


@pytest.mark.parametrize(("lengthened", "due"), [(False, "2026-06-02 23:10"), (True, "2026-06-03 11:10")])
def test_a_place_of_safety_has_24_hours_and_12_more_when_a_doctor_says_so(lengthened, due):
    facts = person(stays=(stay("2026-06-01 23:10", kind="place_of_safety"),))
    facts = with_known(facts, lengthened=frozenset({1} if lengthened else ()))
    duty = find(facts, "place_of_safety")
    assert duty.due == duty.breach == moment(due)
    assert not duty.is_late(duty.due) and duty.is_late(after(duty.due))
    assert duty.certainty == "G"


def test_a_place_of_safety_that_was_left_asks_nothing():
    assert find(person(stays=(stay("2026-06-01", "2026-06-02", kind="place_of_safety"),)), "place_of_safety") is None


# Leave


def test_the_day_after_they_were_expected_back_somebody_finds_out():
    leave = LeaveFacts(3, 1, moment("2026-06-02"), moment("2026-06-05 18:00"))  # a Friday
    duty = find(with_known(in_hospital(), leaves=(leave,)), "leave_back")
    assert_due(duty, "2026-06-08")
    assert not duty.is_showing(moment("2026-06-05 17:59")) and duty.is_showing(moment("2026-06-05 18:00"))


def test_absent_without_leave_is_asked_from_the_moment_it_began():
    leave = LeaveFacts(3, 1, moment("2026-06-02 21:00"))
    duty = find(with_known(in_hospital(), leaves=(leave,)), "leave_back")
    assert_due(duty, "2026-06-03")
    assert "without leave" in duty.because


# Segregation


SEGREGATED = SegregationFacts(5, 1, moment("2026-06-10 09:30"))


@pytest.mark.parametrize(("looked", "due"), [(None, "2026-06-11 09:30"), ("2026-06-11 08:00", "2026-06-12 08:00")])
def test_a_clinician_looks_within_24_hours_of_the_last_look(looked, due):
    one = replace(SEGREGATED, clinician_at=moment(looked) if looked else None)
    duty = find(with_known(in_hospital(), segregations=(one,)), "segregation_daily")
    assert duty.due == moment(due) and duty.timed
    assert duty.owner == Owner("team", 4)


def test_the_team_looks_weekly_and_another_hospital_after_three_months():
    found = duties(with_known(in_hospital(), segregations=(SEGREGATED,)))
    due = {duty.rule_key: duty for duty in found.values() if duty.rule_key.startswith("segregation_")}
    assert_due(due["segregation_weekly"], "2026-06-17")
    assert_due(due["segregation_external"], "2026-09-10")
    assert all(duty.certainty == "G" for duty in due.values())
    looked = replace(SEGREGATED, team_at=moment("2026-06-15"), external_at=moment("2026-09-01"))
    found = duties(with_known(in_hospital(), segregations=(looked,)))
    due = {duty.rule_key: duty for duty in found.values() if duty.rule_key.startswith("segregation_")}
    assert_due(due["segregation_weekly"], "2026-06-22")
    assert_due(due["segregation_external"], "2026-12-01")


def test_nothing_is_asked_of_a_stay_that_has_ended():
    left = person(stays=(stay("2026-06-01", "2026-06-20"),))
    known = {"segregations": (SEGREGATED,), "leaves": (LeaveFacts(3, 1, moment("2026-06-02")),)}
    assert not [key for key in duties(with_known(left, **known)) if key.startswith(("segregation", "leave"))]


# Visits and notices


def test_only_a_visit_face_to_face_moves_the_clock():
    facts = in_hospital()
    assert_due(find(with_known(facts, visits=((1, moment("2026-06-20")),)), "oversight_visit"), "2026-08-01")
    assert_due(find(with_known(facts, visits=((2, moment("2026-06-20")),)), "oversight_visit"), "2026-07-13")


def test_a_notice_is_due_until_each_of_the_bodies_was_told():
    facts = in_hospital(since="2026-06-05", unit_inadequate=True)
    told = {(1, "inadequate", "chief_executive"), (1, "inadequate", "region")}
    duty = find(with_known(facts, told=frozenset(told)), "inadequate_unit_notice")
    assert "still to be told: the host commissioner." in duty.because
    assert duty.doing == "record_stay_notice"
    told.add((1, "inadequate", "host"))
    assert find(with_known(facts, told=frozenset(told)), "inadequate_unit_notice") is None


@pytest.mark.parametrize("kind", ["s85", "adult_ward"])
def test_a_notice_to_one_body_ends_with_it(kind):
    body, start = {"s85": ("council", "s85_notice"), "adult_ward": ("cqc", "adult_ward_notice")}[kind]
    facts = in_hospital(adult_ward=True)
    assert find(facts, start) is not None
    assert find(with_known(facts, told=frozenset({(1, kind, body)})), start) is None
    assert find(with_known(facts, told=frozenset({(2, kind, body)})), start) is not None, "of another stay"


def test_a_move_to_an_adult_ward_starts_its_own_48_hours():
    ward = WardFacts(1, True, False, moment("2026-06-10 09:00"))
    duty = find(with_known(in_hospital(adult_ward=True), wards=(ward,)), "adult_ward_notice")
    assert duty.due == moment("2026-06-12 09:00")


@pytest.mark.parametrize(("until", "owed"), [("2026-06-12 09:00", False), ("2026-06-12 09:01", True)])
def test_48_hours_on_an_adult_ward_are_told_although_they_moved_on(until, owed):
    ward = WardFacts(1, True, False, moment("2026-06-10 09:00"), moment(until))
    assert (find(with_known(in_hospital(), wards=(ward,)), "adult_ward_notice") is not None) is owed


def test_an_inadequate_unit_is_told_of_from_the_transfer_and_after_it():
    ward = WardFacts(1, False, True, moment("2026-06-12"), moment("2026-06-13"))  # a Friday
    assert_due(find(with_known(in_hospital(), wards=(ward,)), "inadequate_unit_notice"), "2026-06-15")


def test_a_moment_without_a_zone_fails_nothing():
    naive = datetime(2026, 6, 10, 9, tzinfo=UTC).replace(tzinfo=None)
    assert duties(with_known(in_hospital(), segregations=(SegregationFacts(1, 1, naive),)))
