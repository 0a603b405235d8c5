"""Capacity is looked at again on its day; a keyworker refused is offered again: both sides of each number."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.counting import local_day
from alongside.policy.duties.reckoning import latest_consent
from alongside.policy.facts import CapacityFacts, ConsentFacts
from alongside.policy.tests.building import (
    AGREED,
    KEYWORKER,
    TEAMS,
    answered,
    assert_due,
    entry,
    find,
    moment,
    on_register,
    person,
    rating,
)

UNABLE = CapacityFacts(5, "register", "capacity", False, date(2026, 6, 1), date(2026, 9, 1))
NO = ConsentFacts(2, "keyworking", "refused", date(2026, 6, 2), evidenced=True, recorded_on=date(2026, 6, 3))
ADULT = date(2008, 1, 1)


def found(*capacity: CapacityFacts, **more):
    return on_register(rating("green", "2026-06-01"), capacity=capacity, **{"birth_date": ADULT, **more})


def test_capacity_is_looked_at_again_on_the_day_that_was_chosen():
    duty = find(found(UNABLE, allocations=(KEYWORKER,)), "capacity_review")
    assert_due(duty, "2026-09-01")
    assert duty.owner.id == KEYWORKER.actor_id and (duty.topic, duty.subject_id) == ("agreement", 5)
    assert duty.what == "Look again whether they can decide about being on the register"
    assert "1 June 2026" in duty.because and "1 September 2026" in duty.because
    assert duty.local_default and duty.ends_at is None


def test_without_a_day_nothing_is_due():
    assert find(found(replace(UNABLE, review_date=None)), "capacity_review") is None


def test_what_was_found_since_takes_the_place_of_it_decision_by_decision():
    later = CapacityFacts(6, "register", "capacity", True, date(2026, 8, 1))
    other = CapacityFacts(7, "sharing", "capacity", False, date(2026, 6, 1), date(2026, 10, 1))
    assert find(found(UNABLE, later), "capacity_review") is None
    assert find(found(UNABLE, later, other), "capacity_review").subject_id == 7
    same_day = replace(later, decided_on=UNABLE.decided_on)
    assert find(found(UNABLE, same_day), "capacity_review") is None, "of one day the last written down counts"


@pytest.mark.parametrize(("review_on", "is_due"), [(date(2026, 9, 1), True), (date(2026, 9, 2), False)])
def test_what_was_found_of_a_child_is_not_looked_at_once_they_are_sixteen(review_on, is_due):
    child = CapacityFacts(5, "register", "competence", False, date(2026, 6, 1), review_on)
    duty = find(found(child, birth_date=date(2010, 9, 2)), "capacity_review")
    assert bool(duty) is is_due
    if duty:
        assert duty.is_open(moment("2026-09-01 23:59")) and not duty.is_open(moment("2026-09-02 00:01"))


def test_nobody_off_the_register_is_asked():
    left = entry(rating("green", "2026-06-01"), removed_on=date(2026, 7, 1))
    assert find(person(entries=(left,), capacity=(UNABLE,), consents=(AGREED, NO)), "capacity_review") is None
    assert find(person(entries=(left,), consents=(AGREED, NO)), "keyworker_offered_again") is None


def refused(no: ConsentFacts = NO, colour: str = "red", **more):
    return on_register(rating(colour, "2026-06-01"), **{"consents": (AGREED, no), **more})


def test_a_keyworker_refused_is_offered_again_after_six_months():
    duty = find(refused(), "keyworker_offered_again")
    assert_due(duty, "2026-12-02")
    assert duty.owner.id == TEAMS["keyworking"] and duty.local_default
    assert "2 June 2026" in duty.because and find(refused(), "name_keyworker") is None


def test_the_day_they_named_counts():
    duty = find(refused(replace(NO, ask_again_on=date(2026, 8, 15))), "keyworker_offered_again")
    assert_due(duty, "2026-08-15")
    assert local_day(duty.shows_from) == date(2026, 8, 15), "they are not asked before"


def test_it_comes_round_again_after_another_no():
    first = find(refused(replace(NO, ask_again_on=date(2026, 8, 15))), "keyworker_offered_again")
    again = find(answered(refused(), first.key, "2026-08-16"), "keyworker_offered_again")
    assert_due(again, "2027-02-16")


def test_a_no_without_a_day_counts_from_when_it_was_recorded():
    assert_due(find(refused(replace(NO, decided_on=None)), "keyworker_offered_again"), "2026-12-03")


def test_who_said_yes_since_or_agrees_to_no_register_is_not_offered_one():
    yes = ConsentFacts(3, "keyworking", "given", date(2026, 7, 1), evidenced=True)
    assert find(refused(consents=(AGREED, NO, yes)), "keyworker_offered_again") is None
    assert find(refused(consents=(NO,)), "keyworker_offered_again") is None


CARRIED = ConsentFacts(9, "register", "given", None, recorded_on=date(2026, 6, 10))


@pytest.mark.parametrize(
    ("other", "stands"),
    [
        (ConsentFacts(1, "register", "refused", None, recorded_on=date(2026, 6, 9)), "given"),
        (ConsentFacts(1, "register", "refused", None, recorded_on=date(2026, 6, 11)), "refused"),
        (ConsentFacts(1, "register", "refused", date(2026, 1, 1), True, recorded_on=date(2026, 6, 9)), "refused"),
        (ConsentFacts(1, "register", "given", date(2020, 1, 1), recorded_on=date(2026, 6, 1)), "given"),
    ],
)
def test_a_yes_that_was_carried_over_counts_from_its_recording_beside_a_no_that_was_carried_over_too(other, stands):
    facts = person(consents=(other, CARRIED))
    answer = latest_consent(facts, "register")
    assert answer.answer == stands
    if other.answer == "given":
        assert answer.id == other.id, "a yes with a day says more than one without"
