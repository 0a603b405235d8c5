from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.duties import Owner
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import (
    ADULT,
    KEYWORKER,
    after,
    assert_due,
    duties,
    entry,
    find,
    in_hospital,
    legal,
    moment,
    person,
    rating,
    review,
    stay,
)


def test_a_child_is_visited_every_six_weeks_and_an_adult_every_eight():
    assert_due(find(in_hospital(), "oversight_visit"), "2026-07-13")
    assert_due(find(in_hospital(born=ADULT), "oversight_visit"), "2026-07-27")


def test_a_visit_counts_from_the_last_one_made():
    facts = in_hospital(review("oversight_visit", "2026-07-20"))
    duty = find(facts, "oversight_visit")
    assert_due(duty, "2026-08-31")
    assert duty.owner == Owner("team", 4)
    assert duty.doing == "record_visit"


@pytest.mark.parametrize(("born", "due"), [("2008-07-13", "2026-07-27"), ("2008-07-14", "2026-07-13")])
def test_turning_18_before_the_visit_is_due_gives_the_adults_time(born, due):
    assert_due(find(in_hospital(born=date.fromisoformat(born)), "oversight_visit"), due)


# Notices


def test_the_council_is_told_of_three_months_and_warned_on_day_84():
    duty = find(in_hospital(), "s85_notice")
    assert_due(duty, "2026-09-01")
    assert not duty.is_showing(moment("2026-08-23 23:59"))
    assert duty.is_showing(moment("2026-08-24 00:00"))


@pytest.mark.parametrize(("days", "at_once"), [(91, False), (92, True)])
def test_the_council_is_told_at_once_when_three_months_are_intended(days, at_once):
    duty = find(in_hospital(intended_days=days), "s85_notice")
    assert_due(duty, "2026-06-01" if at_once else "2026-09-01")


@pytest.mark.parametrize(("left", "owed"), [("2026-08-31", False), ("2026-09-01", True)])
def test_a_stay_that_ended_before_three_months_needs_no_notice(left, owed):
    facts = person(stays=(stay("2026-06-01", left),))
    assert (find(facts, "s85_notice") is not None) is owed
    assert (find(facts, "s85_end_notice") is not None) is owed


def test_the_council_is_told_of_the_end_within_a_working_day():
    facts = person(stays=(stay("2026-06-01", "2026-09-04"),))  # a Friday
    duty = find(facts, "s85_end_notice")
    assert_due(duty, "2026-09-07")
    assert duty.local_default


@pytest.mark.parametrize(("born", "owed"), [("2008-09-01", False), ("2008-09-02", True)])
def test_section_85_is_for_those_under_18_when_three_months_are_reached(born, owed):
    assert (find(in_hospital(born=date.fromisoformat(born)), "s85_notice") is not None) is owed


def test_section_85_covers_acute_hospitals_and_not_homes():
    assert find(in_hospital(kind="acute_hospital"), "s85_notice") is not None
    assert find(in_hospital(kind="residential_home"), "s85_notice") is None


def test_under_18_on_an_adult_ward_is_told_after_48_hours():
    duty = find(in_hospital(since="2026-06-01 09:30", adult_ward=True), "adult_ward_notice")
    assert duty.due == moment("2026-06-03 09:30")
    assert duty.timed
    assert not duty.is_late(duty.due)
    assert duty.is_late(after(duty.due))


@pytest.mark.parametrize(("left", "owed"), [("2026-06-03 09:30", False), ("2026-06-03 09:31", True)])
def test_a_stay_on_an_adult_ward_of_up_to_48_hours_is_not_told(left, owed):
    facts = person(stays=(stay("2026-06-01 09:30", left, adult_ward=True),))
    assert (find(facts, "adult_ward_notice") is not None) is owed


@pytest.mark.parametrize(("born", "owed"), [("2008-06-03", False), ("2008-06-04", True)])
def test_an_adult_on_an_adult_ward_is_not_told(born, owed):
    facts = in_hospital(born=date.fromisoformat(born), adult_ward=True)
    assert (find(facts, "adult_ward_notice") is not None) is owed


def test_48_hours_over_a_clock_change_are_48_hours():
    duty = find(in_hospital(since="2026-10-24 09:00", adult_ward=True), "adult_ward_notice")
    assert duty.due == moment("2026-10-26 08:00")


def test_admission_to_an_inadequate_unit_is_told_within_a_working_day():
    facts = in_hospital(since="2026-06-05", unit_inadequate=True)
    assert_due(find(facts, "inadequate_unit_notice"), "2026-06-08")
    assert find(in_hospital(), "inadequate_unit_notice") is None


# Detention, planning, causes, readmission


@pytest.mark.parametrize("code", ["s2", "2", "Section 2", "S.2"])
def test_section_2_ends_on_its_28th_day(code):
    facts = in_hospital(legal=(legal(code, "2026-06-01"),))
    duty = find(facts, "s2_ends")
    assert_due(duty, "2026-06-28")
    assert duty.breach == duty.due


def test_the_first_period_under_section_3_is_six_months_beginning_with_the_day():
    assert_due(find(in_hospital(legal=(legal("s3", "2026-06-01"),)), "s3_first_period"), "2026-11-30")


def test_the_first_period_under_section_3_is_three_months_once_that_commences():
    rules = Ruleset.build("DEMO", commencements={"detention_2025": date(2026, 6, 1)})
    facts = in_hospital(legal=(legal("s3", "2026-06-01"),))
    assert_due(find(facts, "s3_first_period", rules), "2026-08-31")
    earlier = in_hospital(legal=(legal("s3", "2026-05-31"),), since="2026-05-31")
    assert_due(find(earlier, "s3_first_period", rules), "2026-11-29")


def test_a_section_that_has_ended_is_not_counted():
    assert find(in_hospital(legal=(legal("s2", "2026-06-01", "2026-06-20"),)), "s2_ends") is None


def test_discharge_planning_starts_on_the_day_of_admission():
    facts = replace(in_hospital(), allocations=(KEYWORKER,))
    duty = find(facts, "discharge_planning")
    assert_due(duty, "2026-06-01")
    assert duty.owner == Owner("actor", 70)
    assert find(in_hospital(), "discharge_planning").owner == Owner("team", 2)


def test_an_admission_without_a_community_cetr_is_looked_into_in_20_working_days():
    duty = find(in_hospital(), "root_cause")
    assert_due(duty, "2026-06-29")
    assert duty.local_default
    assert find(in_hospital(born=ADULT), "root_cause") is None


def test_looking_into_an_admission_says_when_they_were_not_on_the_register():
    assert "not on the register" in find(in_hospital(registered_before=False), "root_cause").because
    assert "not on the register" not in find(in_hospital(registered_before=True), "root_cause").because


@pytest.mark.parametrize(
    ("back", "rule"),
    [
        ("2026-07-31", "readmission_month"),
        ("2026-08-01", "readmission_year"),
        ("2027-07-01", "readmission_year"),
        ("2027-07-02", None),
    ],
)
def test_readmission_windows(back, rule):
    facts = person(stays=(stay("2026-06-01", "2026-07-01"), stay(back, id=2)))
    duty = find(facts, "readmission")
    assert (duty.rule_key if duty else None) == rule


def test_somebody_off_the_register_and_in_hospital_keeps_the_duties_of_admission():
    gone = entry(rating("green", "2026-01-10"), on="2026-01-10", removed_on=date(2026, 5, 1))
    found = duties(replace(in_hospital(), entries=(gone,)))
    kinds = {duty.rule_key for duty in found.values()}
    assert {"post_admission_cetr_target", "oversight_visit_child", "discharge_planning"} <= kinds
    assert not any(duty.topic == "register" for key, duty in found.items() if "retention" not in key)


def test_a_stay_without_a_day_of_admission_is_late_and_is_found_out():
    facts = person(stays=(stay(None),))
    assert find(facts, "find_out:admitted_at") is not None
    assert find(facts, "post_admission_review").is_late(moment("2026-06-01"))


def test_a_stay_without_a_day_of_admission_counts_from_its_first_legal_status():
    facts = person(stays=(stay(None, legal=(legal("s2", "2026-06-01"),)),))
    assert_due(find(facts, "post_admission_review"), "2026-06-08")


def test_once_discharged_the_duties_of_being_there_are_gone():
    kinds = {d.rule_key for d in duties(person(stays=(stay("2026-06-01", "2026-07-01"),))).values()}
    assert not kinds & {"post_admission_cetr_target", "oversight_visit_child", "discharge_planning"}
    assert "admission_root_cause" in kinds
