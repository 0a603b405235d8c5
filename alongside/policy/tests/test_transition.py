from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.duties import Owner
from alongside.policy.facts import CircumstanceFacts
from alongside.policy.tests.building import (
    KEYWORKER,
    answered,
    assert_due,
    day,
    duties,
    entry,
    find,
    moment,
    person,
    plan,
    rating,
    review,
)


def growing_up(born: str, *, known: str = "2020-01-01", **more):
    return person(birth_date=day(born), entries=(entry(rating("green", known), on=known),), **more)


# Birthdays


@pytest.mark.parametrize("age", [14, 16, 17, 18, 25])
def test_each_birthday_is_shown_12_months_ahead(age):
    duty = find(growing_up("2010-06-01"), f"birthday_alert_12:{age}:")
    turns = 2010 + age
    assert not duty.is_showing(moment(f"{turns - 1}-05-31 23:59"))
    assert duty.is_showing(moment(f"{turns - 1}-06-01 00:00"))
    assert_due(duty, f"{turns - 1}-12-01")


def test_the_next_alerts_follow_6_and_3_months_ahead():
    facts = growing_up("2010-06-01")
    facts = answered(facts, "birthday_alert_12:18:person:1", "2027-06-20")
    second = find(facts, "birthday_alert_6:18:")
    assert second.is_showing(moment("2027-12-01 00:00"))
    assert not second.is_showing(moment("2027-11-30 23:59"))
    assert_due(second, "2028-03-01")
    facts = answered(facts, second.key, "2028-01-05")
    third = find(facts, "birthday_alert_3:18:")
    assert third.is_showing(moment("2028-03-01 00:00"))
    assert_due(third, "2028-06-01")
    facts = answered(facts, third.key, "2028-05-05")
    assert find(facts, "birthday_alert_3:18:") is None


def test_an_answer_covers_the_alerts_already_due():
    facts = answered(growing_up("2010-06-01"), "birthday_alert_12:18:person:1", "2028-03-01")
    assert find(facts, "birthday_alert_6:18:") is None
    assert find(facts, "birthday_alert_3:18:") is not None


@pytest.mark.parametrize(
    ("known", "first"), [("2027-12-01", "12"), ("2027-12-02", "6"), ("2028-03-02", "3"), ("2028-06-02", None)]
)
def test_somebody_who_joins_late_starts_with_the_alert_then_running(known, first):
    found = [key for key in duties(growing_up("2010-06-01", known=known)) if ":18:person" in key]
    assert found == ([f"birthday_alert_{first}:18:person:1"] if first else [])


def test_a_birthday_stops_mattering_a_year_on():
    duty = find(growing_up("2010-06-01"), "birthday_alert_12:14:")
    assert duty.is_late(moment("2025-06-01"))
    assert not duty.is_open(moment("2025-06-02 00:00"))


def test_a_birthdays_words_are_true_before_and_after_it():
    assert find(growing_up("2010-05-14"), "birthday_alert_12:16:").what == "Plan for being 16 (14 May 2026)"


def test_a_leap_day_birthday_falls_on_the_first_of_march():
    assert "18th birthday on 1 March 2026" in find(growing_up("2008-02-29"), "birthday_alert_12:18:").because


# Adult services


def test_a_transition_worker_is_named_six_months_before_18_and_stays_six_months():
    facts = growing_up("2010-06-01")
    assert_due(find(facts, "transition_support_before"), "2027-12-01")
    assert_due(find(facts, "transition_support_after"), "2028-12-01")


def test_after_18_the_keyworker_checks_after_1_4_and_12_weeks():
    facts = growing_up("2010-06-01", allocations=(KEYWORKER,))
    for number, due in ((1, "2028-06-08"), (2, "2028-06-29"), (3, "2028-08-24")):
        duty = find(facts, f"after_18_check_{number}")
        assert_due(duty, due)
        assert duty.owner == Owner("actor", 70)
    assert find(growing_up("2010-06-01"), "after_18_check") is None


def test_somebody_long_grown_up_has_nothing_about_turning_18():
    facts = growing_up("2000-06-01", allocations=(KEYWORKER,))
    assert find(facts, "transition_support") is None
    assert find(facts, "after_18_check") is None


# Health


def with_learning_disability(born: str, *reviews, **more):
    return growing_up(born, diagnosis=frozenset({"learning_disability"}), reviews=reviews, **more)


def test_yearly_health_checks_begin_at_14():
    duty = find(with_learning_disability("2010-06-01"), "annual_health_check")
    assert_due(duty, "2025-06-01")
    assert find(growing_up("2010-06-01", diagnosis=frozenset({"autism"})), "annual_health_check") is None


def test_a_health_check_counts_from_the_last_one():
    facts = with_learning_disability("2010-06-01", review("annual_health_check", "2025-03-10"))
    assert_due(find(facts, "annual_health_check"), "2026-03-10")


def test_somebody_who_joins_later_has_a_year_from_then():
    assert_due(find(with_learning_disability("2010-06-01", known="2026-02-01"), "annual_health_check"), "2027-02-01")


def test_a_health_check_comes_round_after_an_answer():
    facts = with_learning_disability("2010-06-01")
    facts = answered(facts, find(facts, "annual_health_check").key, "2025-04-01")
    assert_due(find(facts, "annual_health_check"), "2026-04-01")


@pytest.mark.parametrize(
    ("step", "shows", "due"),
    [
        ("identify", "2024-06-01", "2025-05-31"),
        ("refer", "2026-06-01", "2027-05-31"),
        ("decide", "2027-06-01", "2028-05-31"),
    ],
)
def test_adult_continuing_healthcare(step, shows, due):
    care = CircumstanceFacts(1, "continuing_care", date(2019, 1, 1))
    duty = find(growing_up("2010-06-01", circumstances=(care,)), f"continuing_care_{step}")
    assert_due(duty, due)
    assert duty.is_showing(moment(f"{shows} 00:00"))
    assert not duty.is_showing(moment(f"{shows} 00:00").replace(year=int(shows[:4]) - 1))
    assert find(growing_up("2010-06-01"), "continuing_care") is None


# Education, health and care plans


def planned(born: str, *reviews, since: str | None = "2026-01-15", until: str | None = None, **more):
    return growing_up(born, circumstances=(plan(since, until),), reviews=reviews, **more)


def test_a_plan_is_reviewed_within_12_months_of_its_issue():
    duty = find(planned("2012-03-10"), "ehc_review")
    assert_due(duty, "2027-01-15")
    assert duty.breach == duty.due


def test_a_plan_is_reviewed_within_12_months_of_its_last_review():
    facts = planned("2012-03-10", review("ehc_plan", "2026-03-03"), review("ehc_plan", "2025-03-03", id=2))
    assert_due(find(facts, "ehc_review"), "2027-03-03")


@pytest.mark.parametrize(("born", "due"), [("2021-04-15", "2027-01-15"), ("2021-04-16", "2026-04-15")])
def test_under_5_a_plan_is_reviewed_every_3_to_6_months(born, due):
    duty = find(planned(born), "ehc_review")
    assert_due(duty, due)
    if due == "2026-04-15":
        assert duty.breach == moment("2026-07-15 23:59:59.999999")


def test_a_plan_without_any_day_counts_from_when_the_register_knew_and_is_found_out():
    facts = planned("2012-03-10", since=None, known="2026-02-01")
    assert_due(find(facts, "ehc_review"), "2027-02-01")
    assert_due(find(facts, "find_out:ehc_reviewed"), "2026-02-13")


def test_a_plan_that_ended_before_the_register_knew_is_not_counted():
    assert find(planned("2012-03-10", until="2019-12-31", since=None), "ehc_review") is None
    ended = find(planned("2012-03-10", until="2026-07-31"), "ehc_review")
    assert not ended.is_open(moment("2026-08-01 00:00"))


def test_invitations_go_out_two_weeks_before_the_review_is_due():
    assert_due(find(planned("2012-03-10"), "ehc_invitations"), "2027-01-01")


@pytest.mark.parametrize(
    ("held", "due"),
    [
        ("2026-03-03", "2026-03-17"),  # two weeks
        ("2026-03-07", "2026-03-20"),  # ten working days from a Saturday are sooner
        ("2026-03-31", "2026-04-14"),  # Easter makes ten working days later
    ],
)
def test_the_report_is_out_in_two_weeks_or_ten_school_days(held, due):
    duty = find(planned("2012-03-10", review("ehc_plan", held)), "ehc_report")
    assert_due(duty, due)
    assert "working days" in duty.because


@pytest.mark.parametrize(("born", "year"), [("2010-08-31", 2026), ("2010-09-01", 2027)])
def test_a_plan_names_what_follows_year_11_by_31_march(born, year):
    assert_due(find(planned(born), "phase_transfer_post_16"), f"{year}-03-31")


def test_a_plan_names_the_secondary_school_by_15_february():
    assert_due(find(planned("2016-05-01"), "phase_transfer:11"), "2027-02-15")


def test_a_plan_names_the_first_school_by_15_february():
    assert_due(find(planned("2023-05-01"), "phase_transfer:4"), "2027-02-15")


@pytest.mark.parametrize(("known", "shown"), [("2027-02-15", True), ("2027-02-16", False)])
def test_a_phase_that_was_over_before_the_register_knew_is_left_out(known, shown):
    assert (find(planned("2016-05-01", known=known), "phase_transfer:11") is not None) is shown


def test_year_9_prepares_for_adulthood():
    duty = find(planned("2013-05-01"), "preparing_for_adulthood")
    assert duty.is_showing(moment("2026-09-01 00:00"))
    assert not duty.is_showing(moment("2026-08-31 23:59"))
    assert_due(duty, "2027-08-31")


@pytest.mark.parametrize(("born", "said"), [("2013-08-31", True), ("2013-09-01", False)])
def test_reviews_from_year_9_on_say_that_they_prepare_for_adulthood(born, said):
    assert ("adulthood" in find(planned(born), "ehc_review").because) is said


def test_somebody_off_the_register_has_nothing_about_growing_up():
    facts = planned("2013-05-01")
    gone = replace(facts, entries=(replace(facts.entries[0], removed_on=date(2026, 1, 1)),))
    assert {duty.rule_key for duty in duties(gone).values()} == {"retention"}
