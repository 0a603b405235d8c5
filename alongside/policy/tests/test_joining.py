"""Two stays that are one time in hospital: every rule counts from the first admission, and none from the move."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.counting import local_day
from alongside.policy.discharging import DischargeFacts
from alongside.policy.facts import LegalStatusFacts
from alongside.policy.in_hospital import InHospitalFacts, WardFacts
from alongside.policy.joining import join_stays
from alongside.policy.ratings import floor
from alongside.policy.tests.building import (
    RULES,
    answered,
    assert_due,
    duties,
    find,
    moment,
    on_register,
    rating,
    review,
    stay,
)

MOVED = "2026-06-14 11:00"


def moved(*reviews, went="other_bed", again=MOVED, left=None, first=None, **more):
    """105 days in one hospital, then in another; on 1 March without a community review."""
    stays = (stay("2026-03-01 10:00", MOVED, went=went, **(first or {})), stay(again, left, id=2))
    return on_register(rating("blue", "2026-06-14 12:00"), stays=stays, reviews=reviews, **more)


def held(on="2026-03-12", **more):
    return review("post_admission", on, stay_id=1, **more)


def starts(facts):
    return {key.split(":")[0] for key in duties(facts)}


def test_the_review_held_before_the_transfer_counts_and_the_next_is_due_three_months_after_it():
    facts = moved(held())
    assert find(facts, "post_admission_review") is None
    duty = find(facts, "inpatient_review")
    assert_due(duty, "2026-06-12")
    assert duty.subject_id == 2, "it is done from the stay that they are in"


def test_without_a_review_it_is_counted_from_the_first_admission():
    assert "In hospital since 1 March 2026" in find(moved(), "post_admission_review").because
    assert find(moved(), "post_admission_review").key == "post_admission_review:stay:1"


def test_an_answer_given_before_the_transfer_holds_after_it():
    assert find(answered(moved(), "root_cause:stay:1", "2026-03-20", "not_needed"), "root_cause") is None


def test_no_contacts_after_a_discharge_go_on_and_nobody_was_readmitted():
    found = starts(moved(held()))
    assert not {one for one in found if one.startswith(("discharge_contact", "post_discharge", "rate_", "readmission"))}


@pytest.mark.parametrize("went", ["family_home", "temporary", "prison", "other"])
def test_after_going_home_or_to_another_known_place_it_is_a_readmission(went):
    found = duties(moved(held(), went=went))
    assert "readmission:stay:2" in found and "post_admission_review:stay:2" in found
    assert "In hospital since 14 June 2026" in found["post_admission_review:stay:2"].because


@pytest.mark.parametrize(
    ("again", "is_one"),
    [("2026-06-14 11:00", True), ("2026-06-15 23:59", True), ("2026-06-16 00:00", False)],
)
@pytest.mark.parametrize("went", ["", "other_bed"])
def test_a_day_apart_is_one_and_two_days_apart_are_two(again, is_one, went):
    found = starts(moved(held(), went=went, again=again))
    assert ("readmission" in found) != is_one
    assert ("post_admission_review" in found) != is_one


def test_the_next_visit_is_counted_from_the_last_one_in_either_hospital():
    seen = InHospitalFacts(visits=((1, moment("2026-06-01")),))
    assert_due(find(moved(held(), in_hospital=seen), "oversight_visit"), "2026-07-13")


def test_who_was_told_in_the_first_hospital_need_not_be_told_again():
    facts = moved(held())
    assert "s85_notice:stay:1" in duties(facts)
    told = InHospitalFacts(told=frozenset({(1, "s85", "council")}))
    assert find(replace(facts, in_hospital=told), "s85_notice") is None


def test_that_the_stay_ended_is_told_when_they_leave_the_last_hospital():
    told = InHospitalFacts(told=frozenset({(1, "s85", "council"), (1, "s85_end", "council")}))
    duty = find(moved(held(), in_hospital=told, left="2026-07-01 15:00"), "s85_end_notice")
    assert "ended on 1 July 2026" in duty.because


def test_after_the_last_hospital_contacts_are_due_from_that_day():
    facts = moved(held(), left="2026-07-01 15:00")
    assert find(facts, "discharge_contact_1").due == moment("2026-07-03 15:00")
    assert find(facts, "discharge_contact_1").key == "discharge_contact_1:stay:2"


def test_a_plan_or_an_analysis_of_the_first_hospital_counts():
    known = DischargeFacts(1, planned=True, root_cause=True, expected_on=date(2026, 9, 1), said_on=date(2026, 5, 1),
                           written_up=True)  # fmt: skip
    facts = moved(held(), discharge_plan=(known, DischargeFacts(2)))
    assert not {"discharge_planning", "root_cause", "discharge_date"} & starts(facts)
    assert_due(find(facts, "discharge_date_passed"), "2026-09-01")


def test_a_change_that_was_promised_after_the_first_admission_is_still_due():
    known = DischargeFacts(1, root_cause=True, change_due_on=date(2026, 8, 1), written_up=True)
    assert find(moved(held(), discharge_plan=(known,)), "root_cause_change:stay:1") is not None


def test_where_nobody_said_where_they_went_that_is_still_asked():
    both = (DischargeFacts(1), DischargeFacts(2))
    duty = find(moved(held(), went="", discharge_plan=both), "leaving_written_up")
    assert duty.subject_id == 1
    assert "counts as a transfer: in hospital since 1 March 2026" in duty.because
    said = (DischargeFacts(1, written_up=True), DischargeFacts(2))
    assert find(moved(held(), discharge_plan=said), "leaving_written_up") is None


def test_each_adult_ward_keeps_its_own_hours():
    facts = moved(held(), first={"adult_ward": True})
    assert find(facts, "adult_ward_notice").due == moment("2026-03-03 10:00")
    wards = InHospitalFacts(wards=(WardFacts(2, True, False, moment("2026-06-20")),))
    assert find(moved(held(), in_hospital=wards), "adult_ward_notice").due == moment("2026-06-22")


def test_a_section_of_the_first_hospital_ended_with_it():
    legal = {"legal": (LegalStatusFacts("s2", moment("2026-03-01")),)}
    assert find(moved(held(), first=legal), "s2_ends") is None


def test_the_national_record_has_a_line_for_each_hospital():
    assert {key for key in duties(moved(held())) if key.startswith("return_update")} == {
        "return_update:stay:1:of:2026-06-14",
        "return_update:stay:2:of:2026-06-14",
    }


def test_the_rating_is_blue_since_the_first_admission():
    found = floor(moved(), moment("2026-07-01"), RULES)
    assert (found.value, "1 March 2026" in found.because) == ("blue", True)
    assert "14 June 2026" in floor(moved(went="family_home"), moment("2026-07-01"), RULES).because


def test_how_long_it_was_meant_to_be_runs_to_the_latest_end_that_was_said():
    one = moved(first={"intended_days": 200})
    longest = replace(one, stays=(one.stays[0], replace(one.stays[1], intended_days=30)))
    assert [each.intended_days for each in join_stays(longest).stays] == [200]


def test_other_kinds_of_stay_are_left_as_they_are():
    facts = on_register(stays=(stay("2026-03-01", MOVED, kind="place_of_safety"), stay(MOVED, id=2)))
    assert join_stays(facts) == facts
    assert "In hospital since 14 June 2026" in find(facts, "post_admission_review").because


def test_nothing_is_joined_where_the_day_of_admission_is_not_known():
    facts = on_register(stays=(stay(None, MOVED), stay(MOVED, id=2)))
    assert join_stays(facts) == facts
    assert [local_day(one.admitted_at) for one in facts.stays if one.admitted_at] == [date(2026, 6, 14)]
