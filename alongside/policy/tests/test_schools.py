"""The question to schools: which term is next, who is called when, and when silence is a manager's."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.duties import Duty, SchoolAskFacts, SchoolTermFacts, ToldByLinkFacts, matter_duties
from alongside.policy.duties.schools import answer_by, low_attendance, reminded_on, term_after, term_on
from alongside.policy.rules import NATIONAL, Length, Ruleset, local_value
from alongside.policy.tests.building import CALENDAR, RULES, assert_due, moment

TEAMS = {"register": 1, "keyworking": 2}


def due_of(facts) -> dict[str, Duty]:
    return {duty.rule_key: duty for duty in matter_duties(facts, RULES, CALENDAR, TEAMS)}


def schools(**known) -> SchoolTermFacts:
    values = {"kind": "school_term", "id": 3, "icb_id": 3, "opened_at": moment("2026-01-13"), "schools": 14}
    return SchoolTermFacts(**values | known)


def ask(**known) -> SchoolAskFacts:
    values = {"kind": "school_ask", "id": 7, "icb_id": 3, "opened_at": moment("2026-01-13"), "reachable": True}
    return SchoolAskFacts(**values | {"school": "Hill School", "term": "spring term 2026"} | known)


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2026-01-11", "autumn term 2025"),
        ("2026-01-12", "spring term 2026"),
        ("2026-04-21", "spring term 2026"),
        ("2026-04-22", "summer term 2026"),
        ("2026-09-07", "summer term 2026"),
        ("2026-09-08", "autumn term 2026"),
        ("2026-12-31", "autumn term 2026"),
    ],
)
def test_a_terms_question_is_asked_from_its_day(day: str, term: str) -> None:
    assert term_on(date.fromisoformat(day), RULES).label == term


def test_after_a_terms_own_day_comes_the_next_term() -> None:
    assert term_after(date(2026, 1, 11), RULES).label == "spring term 2026"
    assert term_after(date(2026, 1, 12), RULES).label == "summer term 2026"
    assert term_after(date(2026, 9, 8), RULES).label == "spring term 2027"


def test_an_area_sets_the_day_that_suits_its_own_schools() -> None:
    national = next(rule for rule in NATIONAL if rule.key == "school_term_autumn")
    own = local_value(national, "DEMO", Length(14, "september"), date(2026, 1, 1), "The councils")
    rules = Ruleset.build("DEMO", [own])
    assert term_after(date(2026, 5, 1), rules).asked_from == date(2026, 9, 14)
    with pytest.raises(ValueError, match="choose a day from 1 to 28"):
        Ruleset.build("DEMO", [local_value(national, "DEMO", Length(31, "september"), date(2026, 1, 1))])


def test_a_day_of_the_year_of_the_law_stays_as_it_is() -> None:
    national = next(rule for rule in NATIONAL if rule.key == "preparing_for_adulthood")
    with pytest.raises(ValueError, match="this is the law"):
        Ruleset.build("DEMO", [local_value(national, "DEMO", Length(2, "september"), date(2026, 1, 1))])


def test_schools_never_asked_are_asked_about_the_term_that_runs() -> None:
    duty = due_of(schools())["school_round"]
    assert duty.what == "Ask the schools: 14 schools"
    assert "spring term 2026" in duty.because
    assert_due(duty, "2026-01-27")
    assert duty.is_showing(moment("2026-01-13 10:00"))


def test_after_a_round_the_next_term_is_due_and_shows_when_it_begins() -> None:
    duty = due_of(schools(asked_on=date(2026, 1, 12)))["school_round"]
    assert "summer term 2026" in duty.because
    assert not duty.is_showing(moment("2026-04-21 12:00"))
    assert duty.is_showing(moment("2026-04-22 12:00"))
    assert_due(duty, "2026-05-07")  # the early May bank holiday lies between


def test_a_term_that_nobody_asked_about_stays_late() -> None:
    assert due_of(schools(asked_on=date(2025, 9, 8)))["school_round"].is_late(moment("2026-06-01"))


def test_without_a_school_on_the_list_there_is_nobody_to_ask() -> None:
    assert due_of(schools(schools=0)) == {}


def test_a_silent_school_is_called_after_the_day_by_which_it_should_have_answered() -> None:
    assert answer_by(date(2026, 1, 13), RULES, CALENDAR).value == date(2026, 2, 3)
    call = due_of(ask())["school_called"]
    assert call.what == "Call Hill School"
    assert not call.is_showing(moment("2026-02-03 12:00"))
    assert call.is_showing(moment("2026-02-04 12:00"))
    assert_due(call, "2026-02-10")


def test_a_school_without_an_address_is_called_at_once() -> None:
    call = due_of(ask(reachable=False))["school_called"]
    assert call.is_showing(moment("2026-01-13 12:00"))
    assert_due(call, "2026-01-20")


def test_a_call_that_reached_nobody_is_made_again() -> None:
    assert_due(due_of(ask(called_at=moment("2026-02-10")))["school_called"], "2026-02-17")


def test_silence_is_a_managers_in_the_end() -> None:
    duty = due_of(ask())["school_silent"]
    assert duty.owner.id == TEAMS["keyworking"]
    assert_due(duty, "2026-02-24")
    assert not duty.is_showing(moment("2026-02-16 12:00"))
    assert duty.is_showing(moment("2026-02-17 12:00"))


def test_an_answer_ends_both() -> None:
    assert due_of(ask(answered=True)) == {}


def test_a_silent_school_is_reminded_twice() -> None:
    assert reminded_on(date(2026, 1, 13), RULES, CALENDAR) == (date(2026, 1, 21), date(2026, 1, 29))


def test_somebody_not_asked_is_talked_about_within_5_working_days_and_1_where_there_is_danger() -> None:
    named = ask(answered=True, not_asked=2, not_asked_since=moment("2026-01-16 15:00"))
    talk = due_of(named)["school_not_asked"]
    assert talk.what == "Talk with Hill School about 2 young people not asked yet"
    assert_due(talk, "2026-01-23")
    danger = due_of(replace(named, danger=True))["school_not_asked_danger"]
    assert "It speaks of danger." in danger.because
    assert_due(danger, "2026-01-19")


def test_low_attendance_is_half_or_less_where_an_area_has_not_set_its_own() -> None:
    low = low_attendance(date(2026, 1, 13), RULES)
    assert (low.value, low.because) == (50, "Low is 50% or less.")
    assert "Norfolk" in low.source


def test_what_was_told_by_a_link_is_matched_within_a_working_day() -> None:
    told = ToldByLinkFacts(
        kind="told_by_link", id=1, icb_id=3, opened_at=moment("2026-01-16 15:00"), who="Hill School", urgent=True
    )
    duty = due_of(told)["change_matched"]
    assert duty.what == "Find out whom Hill School told us about"
    assert "They say it can't wait." in duty.because
    assert_due(duty, "2026-01-19")
    assert due_of(replace(told, closed_at=moment("2026-01-17"))) == {}
