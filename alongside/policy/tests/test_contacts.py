"""Contact by colour, first contact and visit after allocation, promises, appointments: both sides of each number."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.activities import ACTIVITY, NOT_DONE, PURPOSES, guess_activity, not_done_by
from alongside.policy.counting import day_in_words, end_of_day, local_day
from alongside.policy.duties import Duty
from alongside.policy.facts import (
    AllocationFacts,
    AnswerFacts,
    AppointmentFacts,
    ConsentFacts,
    ContactsFacts,
    PersonFacts,
    PromiseFacts,
)
from alongside.policy.tests.building import AGREED, KEYWORKER, assert_due, entry, find, moment, on_register, rating

TODAY = date(2026, 6, 20)


def alongside(colour: str = "red", made: ContactsFacts | None = None, **more: object) -> PersonFacts:
    """On the register since 1 June 2026, a Monday, and with a keyworker since then."""
    more.setdefault("allocations", (KEYWORKER,))
    return on_register(rating(colour, "2026-06-01"), contacts=made or ContactsFacts(), **more)


def made(contact: str = "", visit: str = "", seen: str = "", tries: int = 0) -> ContactsFacts:
    at = moment(contact) if contact else None
    return ContactsFacts(at, moment(visit) if visit else None, at, moment(seen) if seen else None, tries)


@pytest.mark.parametrize(
    ("colour", "contact", "visit"),
    [("red", "2026-06-03", "2026-06-08"), ("blue", "2026-06-03", "2026-06-08"), ("amber", "2026-06-08", "2026-06-15")],
)
def test_first_contact_and_visit_count_working_days_from_the_allocation(colour: str, contact: str, visit: str) -> None:
    facts = alongside(colour)
    assert_due(find(facts, "first_contact"), contact)
    assert_due(find(facts, "first_visit"), visit)
    duty = find(facts, "first_contact")
    assert duty and duty.owner == ("actor", 70) and duty.local_default and duty.row == 43
    assert find(facts, "contact_again") is None and find(facts, "seen_again") is None


@pytest.mark.parametrize(("answer", "asks"), [("", True), ("unknown", True), ("given", False)])
def test_the_first_contact_asks_whether_they_want_a_keyworker_where_nobody_has_said_yes(
    answer: str, asks: bool
) -> None:
    said = (ConsentFacts(2, "keyworking", answer, date(2026, 6, 1)),) if answer else ()
    facts = alongside("red", consents=(AGREED, *said))
    for key, first in (("first_contact", asks), ("first_visit", False)):
        duty = find(facts, key)
        assert duty and ("ask that first" in duty.because) is first


def test_green_has_no_first_contact_but_is_not_forgotten() -> None:
    facts = alongside("green")
    assert find(facts, "first_") is None and find(facts, "seen_again") is None
    assert_due(find(facts, "contact_again"), "2026-06-29")


@pytest.mark.parametrize(
    ("colour", "contact", "seen"),
    [("red", "2026-06-17", "2026-06-24"), ("blue", "2026-06-17", "2026-06-24"), ("amber", "2026-06-24", "2026-07-08")],
)
def test_after_the_first_ones_contact_goes_on_by_colour(colour: str, contact: str, seen: str) -> None:
    facts = alongside(colour, made("2026-06-10", "2026-06-10", "2026-06-10"))
    assert find(facts, "first_") is None
    assert_due(find(facts, "contact_again"), contact)
    assert_due(find(facts, "seen_again"), seen)


def test_the_family_alone_is_a_contact_and_not_the_young_person_seen() -> None:
    facts = alongside("red", made("2026-06-20", "2026-06-02", "2026-06-02"))
    assert_due(find(facts, "contact_again"), "2026-06-27")
    duty = find(facts, "seen_again")
    assert_due(duty, "2026-06-16")
    assert duty and "last seen on 2 June 2026" in duty.because


@pytest.mark.parametrize(("tries", "words"), [(0, ""), (1, "Tried once"), (3, "Tried 3 times")])
def test_trying_without_an_answer_is_told_and_ends_nothing(tries: int, words: str) -> None:
    duty = find(alongside("red", made(tries=tries)), "first_contact")
    assert duty and words in duty.because and ("Tried" in duty.because) is bool(tries)
    again = find(alongside("red", made("2026-06-02", "2026-06-02", "2026-06-02", tries=tries)), "contact_again")
    assert_due(again, "2026-06-09")
    assert again and ("Tried" in again.because) is bool(tries)


def test_a_keyworker_whom_the_register_found_there_owes_no_first_contact() -> None:
    before = entry(rating("red", "2026-01-12"), on="2026-01-12", imported_at=moment("2026-06-01"))
    facts = on_register(entries=(before,), allocations=(AllocationFacts(1, 70, "designated", date(2025, 9, 1)),))
    assert find(facts, "first_") is None
    assert_due(find(facts, "contact_again"), "2026-06-08")
    unknown = on_register(entries=(before,), allocations=(AllocationFacts(1, 70, "designated", None),))
    assert_due(find(unknown, "contact_again"), "2026-06-08")


def test_a_new_keyworker_begins_with_a_contact_of_their_own() -> None:
    two = (AllocationFacts(1, 70, "designated", date(2026, 6, 1), date(2026, 6, 15)),
           AllocationFacts(2, 71, "designated", date(2026, 6, 15)))  # fmt: skip
    duty = find(alongside("red", ContactsFacts(last_contact_at=moment("2026-06-14")), allocations=two), "first_contact")
    assert_due(duty, "2026-06-17")
    assert duty and duty.owner.id == 71


def test_not_needed_once_leaves_the_next_round() -> None:
    said = (AnswerFacts(1, "first_contact:allocation:1", "not_needed", date(2026, 6, 2), "Known for years"),)
    assert find(alongside("red", answers=said), "first_contact") is None
    assert_due(find(alongside("red", answers=said), "contact_again"), "2026-06-08")
    key = "contact_again:person:1:after:2026-06-10"
    skipped = (AnswerFacts(1, key, "not_needed", date(2026, 6, 12), "On holiday"),)
    facts = alongside("red", made("2026-06-10", "2026-06-10", "2026-06-10"), answers=skipped)
    assert_due(find(facts, "contact_again"), "2026-06-19")


@pytest.mark.parametrize("more", [
    {"consents": ()},
    {"consents": (AGREED, ConsentFacts(2, "keyworking", "refused", date(2026, 6, 2)))},
    {"allocations": ()},
    {"allocations": (AllocationFacts(1, 70, "cover", date(2026, 6, 1)),)},
    {"died_on": date(2026, 6, 2)},
])  # fmt: skip
def test_nobody_is_rung_without_agreement_or_without_a_keyworker(more: dict[str, object]) -> None:
    facts = alongside("red", **more)
    assert find(facts, "first_") is None and find(facts, "contact_again") is None


def test_a_promise_is_chased_from_the_day_after_and_again_after_each_time() -> None:
    promise = PromiseFacts(9, "Mr Ash at the council", "Send the care assessment.", date(2026, 6, 5))
    duty = find(alongside(promises=(promise,)), "promise:9")
    assert_due(duty, "2026-06-08")
    assert duty and duty.because.endswith("Send the care assessment.")
    assert local_day(duty.shows_from) == date(2026, 6, 6)
    again = PromiseFacts(9, "Mr Ash", "Send it", date(2026, 6, 5), 2, date(2026, 6, 10))
    duty = find(alongside(promises=(again,)), "promise:9")
    assert_due(duty, "2026-06-11")
    assert duty and "Chased 2 times" in duty.because


def test_our_own_next_step_is_due_on_its_day_by_a_rule_of_its_own_and_then_asked_about_like_any_other() -> None:
    ours = PromiseFacts(9, "We", "Ring the school", date(2026, 6, 5))
    duty = find(alongside(promises=(ours,)), "promise:9")
    assert_due(duty, "2026-06-05")
    assert duty and (duty.rule_key, duty.local_default) == ("next_step_done", True)
    missed = replace(ours, chased=1, last_chased_on=date(2026, 6, 8))
    duty = find(alongside(promises=(missed,)), "promise:9")
    assert_due(duty, "2026-06-09")
    assert duty and duty.rule_key == "promise_chased"


def test_promises_and_appointments_are_somebodys_also_without_a_register() -> None:
    promise = PromiseFacts(9, "Mr Ash", "x" * 300, date(2026, 6, 5))
    planned = AppointmentFacts(4, 71, moment("2026-06-05 14:00"), sees_person=False)
    facts = on_register(entries=(), promises=(promise,), appointments=(planned,))
    duties: list[Duty | None] = [find(facts, "promise:9"), find(facts, "appointment:4")]
    assert all(duty is not None and duty.owner == ("team", 2) for duty in duties)
    assert all(duty is not None and len(duty.because) <= 500 and len(duty.what) <= 200 for duty in duties)


def test_what_came_of_an_appointment_is_written_up_by_the_end_of_the_next_working_day() -> None:
    planned = AppointmentFacts(4, 71, moment("2026-06-05 14:00"))
    duty = find(alongside(appointments=(planned,)), "appointment:4")
    assert duty and duty.due == end_of_day(date(2026, 6, 8)) and duty.owner == ("actor", 71)
    assert not duty.is_showing(moment("2026-06-05 14:59")) and duty.is_showing(moment("2026-06-05 15:00"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Went with Dawn to the ward round before discharge", "hospital"),
        ("MDT meeting at school", "meeting"),
        ("Mum upset, listened", "alongside"),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_a_purpose_is_guessed_from_the_words(words: str, code: str) -> None:
    assert guess_activity(words, TODAY) == code


def test_what_keyworkers_do_not_do_is_told_by_choice_and_by_words() -> None:
    assert [one.code for one in not_done_by("Took him out bowling", "", TODAY)] == ["social_outing"]
    assert [one.code for one in not_done_by("All fine", "treatment", TODAY)] == ["treatment"]
    assert not_done_by("All fine", "story", TODAY) == ()
    assert all(one.sentence.endswith(".") and one.instead.endswith(".") and one.source for one in NOT_DONE)
    assert len(PURPOSES) == len(ACTIVITY) + len(NOT_DONE) and max(map(len, PURPOSES)) <= 20


def test_days_are_told_as_people_say_them() -> None:
    duty = find(alongside("red"), "first_contact")
    assert duty and day_in_words(date(2026, 6, 1)) in duty.because
