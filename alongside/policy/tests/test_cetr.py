from datetime import date

import pytest

from alongside.policy.duties import Owner
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import (
    ADULT,
    answered,
    assert_due,
    find,
    in_hospital,
    legal,
    moment,
    plan,
    review,
)


def test_a_child_admitted_without_a_community_cetr_has_a_target_and_a_limit():
    duty = find(in_hospital(), "post_admission_review")
    assert_due(duty, "2026-06-08")  # 5 working days
    last = moment("2026-06-15 23:59:59.999999")  # 2 weeks
    assert duty.breach == last
    assert duty.owner == Owner("team", 3)
    assert duty.what == "Hold the post-admission CETR"


def test_bank_holidays_move_the_target_and_not_the_limit():
    duty = find(in_hospital(since="2026-04-02"), "post_admission_review")
    assert_due(duty, "2026-04-13")
    assert duty.breach == moment("2026-04-16 23:59:59.999999")


def test_the_target_of_october_2021_governs_its_own_time():
    duty = find(in_hospital(since="2022-04-14"), "post_admission_review")  # before Easter
    assert duty.row == 8
    assert_due(duty, "2022-04-21")
    assert find(in_hospital(since="2023-06-01"), "post_admission_review").row == 7
    assert find(in_hospital(since="2021-06-01"), "post_admission_review").row == 7


def test_an_adult_has_four_weeks():
    duty = find(in_hospital(born=ADULT), "post_admission_review")
    assert_due(duty, "2026-06-29")
    assert duty.breach == duty.due
    assert duty.what == "Hold the post-admission CTR"


def test_an_adult_with_an_ehc_plan_has_a_cetr():
    facts = in_hospital(born=ADULT, circumstances=(plan(),))
    assert find(facts, "post_admission_review").what == "Hold the post-admission CETR"
    ended = in_hospital(born=ADULT, circumstances=(plan(until="2026-05-31"),))
    assert find(ended, "post_admission_review").what == "Hold the post-admission CTR"


@pytest.mark.parametrize(("born", "kind"), [("2008-06-01", "CTR"), ("2008-06-02", "CETR")])
def test_the_eighteenth_birthday_decides_which_review(born, kind):
    facts = in_hospital(born=date.fromisoformat(born))
    assert find(facts, "post_admission_review").what == f"Hold the post-admission {kind}"


def test_without_a_date_of_birth_the_shorter_times_of_a_child_apply():
    facts = in_hospital(born=None)
    assert_due(find(facts, "post_admission_review"), "2026-06-08")
    assert_due(find(facts, "oversight_visit"), "2026-07-13")


@pytest.mark.parametrize(("held", "valid"), [("2026-05-04", True), ("2026-05-03", False)])
def test_a_community_cetr_stands_for_28_days(held, valid):
    facts = in_hospital(review("community", held))
    assert (find(facts, "post_admission_review") is None) is valid
    assert (find(facts, "root_cause") is None) is valid


def test_after_a_valid_community_cetr_the_next_is_three_months_from_it():
    facts = in_hospital(review("community", "2026-05-20"))
    assert_due(find(facts, "inpatient_review"), "2026-08-20")


def test_an_emergency_protocol_meeting_never_counts_as_a_cetr():
    facts = in_hospital(review("emergency_protocol", "2026-05-31"), review("emergency_protocol", "2026-06-02"))
    assert find(facts, "post_admission_review") is not None
    assert find(facts, "root_cause") is not None


def test_an_inpatient_cetr_comes_three_months_after_the_last_one_was_held():
    facts = in_hospital(review("post_admission", "2026-06-10"), review("inpatient", "2026-08-31", id=2))
    duty = find(facts, "inpatient_review")
    assert_due(duty, "2026-11-30")
    assert duty.row == 10


@pytest.mark.parametrize(
    ("security", "due", "row"),
    [
        (None, "2026-12-10", 11),
        ("none", "2026-12-10", 11),
        ("low", "2027-06-10", 12),
        ("medium", "2027-06-10", 12),
        ("high", "2027-06-10", 12),
    ],
)
def test_an_adults_ctr_depends_on_security(security, due, row):
    facts = in_hospital(review("post_admission", "2026-06-10"), born=ADULT, security=security)
    duty = find(facts, "inpatient_review")
    assert_due(duty, due)
    assert duty.row == row


@pytest.mark.parametrize(("born", "due"), [("2008-09-10", "2026-12-10"), ("2008-09-11", "2026-09-10")])
def test_the_age_on_the_day_it_falls_due_decides_the_interval(born, due):
    facts = in_hospital(review("post_admission", "2026-06-10"), born=date.fromisoformat(born))
    assert_due(find(facts, "inpatient_review"), due)


def test_a_review_of_another_stay_does_not_count():
    facts = in_hospital(review("inpatient", "2026-06-10", stay_id=99))
    assert find(facts, "post_admission_review") is not None


def test_a_post_admission_review_that_was_not_needed_is_followed_by_the_next_one():
    facts = in_hospital()
    facts = answered(facts, find(facts, "post_admission_review").key, "2026-06-05", "not_needed")
    assert_due(find(facts, "inpatient_review"), "2026-09-05")


# Part 8A


COMMENCED = Ruleset.build("DEMO", commencements={"part_8a": date(2026, 1, 1)})


def test_statute_is_not_counted_before_it_commences():
    facts = in_hospital(legal=(legal("s3", "2026-06-01"),), born=ADULT)
    assert_due(find(facts, "post_admission_review"), "2026-06-29")


@pytest.mark.parametrize(("born", "limit"), [(date(2012, 3, 10), "2026-06-14"), (ADULT, "2026-06-28")])
def test_once_commenced_the_day_of_detention_counts_as_day_one_and_the_earliest_governs(born, limit):
    facts = in_hospital(legal=(legal("s3", "2026-06-01"),), born=born)
    duty = find(facts, "post_admission_review", COMMENCED)
    assert duty.breach == moment(f"{limit} 23:59:59.999999")
    if born == ADULT:
        assert_due(duty, limit)
        assert duty.row == 2
    else:
        assert_due(duty, "2026-06-08")


@pytest.mark.parametrize("code", ["informal", "s4", "5(2)", "Section 136"])
def test_informal_and_holding_powers_are_outside_part_8a(code):
    facts = in_hospital(legal=(legal(code, "2026-06-01"),), born=ADULT)
    assert_due(find(facts, "post_admission_review", COMMENCED), "2026-06-29")


def test_somebody_no_longer_detained_is_outside_part_8a():
    facts = in_hospital(legal=(legal("s2", "2026-06-01", "2026-06-10"),), born=ADULT)
    assert_due(find(facts, "post_admission_review", COMMENCED), "2026-06-29")


def test_nobodys_statutory_clock_begins_before_commencement():
    rules = Ruleset.build("DEMO", commencements={"part_8a": date(2026, 6, 10)})
    facts = in_hospital(legal=(legal("s3", "2026-06-01"),))
    assert find(facts, "post_admission_review", rules).breach == moment("2026-06-15 23:59:59.999999")
    facts = in_hospital(review("inpatient", "2026-06-02"), legal=(legal("s3", "2026-06-01"),))
    assert_due(find(facts, "inpatient_review", rules), "2026-06-23")


def test_further_statutory_meetings_keep_to_windows_from_the_first():
    held = [review("inpatient", on, id=n, statutory=True) for n, on in enumerate(("2026-06-10", "2027-05-20"))]
    latest = review("inpatient", "2028-03-20", id=9)
    facts = in_hospital(*held, latest, legal=(legal("s3", "2026-06-01"),), born=ADULT, security="low")
    duty = find(facts, "inpatient_review", COMMENCED)
    assert_due(duty, "2028-06-09")  # the second window; the policy interval would be 20 March 2029
    assert duty.row == 3


def test_copies_of_a_statutory_report_go_out_in_14_days_from_the_meeting():
    facts = in_hospital(review("inpatient", "2026-06-10", statutory=True))
    assert find(facts, "statutory_report") is None
    duty = find(facts, "statutory_report", COMMENCED)
    assert_due(duty, "2026-06-23")
    assert duty.breach == duty.due
