"""What is due about a move: both sides of each number, before and after somebody else has said yes."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.area_moves import AreaMoveFacts
from alongside.policy.duties import Duty
from alongside.policy.tests.building import assert_due, duties, find, moment, on_register, rating

HEARD = date(2026, 7, 1)  # a Wednesday
MOVE = AreaMoveFacts(1, "area", "Saltby ICB", HEARD)


def due(move: AreaMoveFacts) -> list[Duty]:
    facts = on_register(rating("green", "2026-06-01"), area_move=move)
    return [duty for duty in duties(facts).values() if duty.doing == "open_move"]


def keys(move: AreaMoveFacts) -> set[str]:
    return {duty.rule_key for duty in due(move)}


def one(move: AreaMoveFacts, rule: str) -> Duty:
    (found,) = [duty for duty in due(move) if duty.rule_key == rule]
    return found


def test_the_family_is_asked_within_five_working_days_and_not_again() -> None:
    assert_due(one(MOVE, "move_family_asked"), "2026-07-08")
    assert "move_family_asked" not in keys(replace(MOVE, asked=True))


def test_they_are_offered_within_ten_working_days_of_hearing_of_it() -> None:
    assert_due(one(MOVE, "move_offered"), "2026-07-15")


@pytest.mark.parametrize(
    ("moves_on", "by"),
    [
        (date(2026, 7, 6), "2026-07-06"),  # sooner than ten working days: by the day of the move
        (date(2026, 7, 29), "2026-07-15"),  # four weeks ahead of it is the day we heard
        (date(2026, 7, 30), "2026-07-16"),  # a day later: counted from a day later
        (date(2026, 6, 20), "2026-07-01"),  # they have gone: at once
    ],
)
def test_an_early_or_late_move_shifts_the_offer(moves_on: date, by: str) -> None:
    assert_due(one(replace(MOVE, moves_on=moves_on), "move_offered"), by)


def test_an_answer_that_does_not_come_is_chased_and_nothing_else_is_due() -> None:
    offered = replace(MOVE, asked=True, offered_at=moment("2026-07-02"))
    assert keys(offered) == {"move_answer_chased"}
    assert_due(one(offered, "move_answer_chased"), "2026-07-16")


def test_a_no_is_followed_in_two_working_days_and_the_second_says_to_lift_it() -> None:
    refused = replace(MOVE, asked=True, refused=1, refused_at=moment("2026-07-03"))
    assert_due(one(refused, "move_refusal_followed"), "2026-07-07")
    assert "lift it to a named senior" not in one(refused, "move_refusal_followed").because
    twice = one(replace(refused, refused=2), "move_refusal_followed")
    assert "refused twice: lift it to a named senior" in twice.because
    assert twice.key != one(refused, "move_refusal_followed").key, "each no is due anew"


def test_after_a_no_and_another_choice_the_area_they_move_to_now_is_offered_them() -> None:
    elsewhere = replace(MOVE, asked=True, refused=1)
    assert keys(elsewhere) == {"move_offered"}
    assert "It was refused twice" in one(replace(elsewhere, refused=2), "move_offered").because


def test_what_was_lifted_is_heard_of_and_a_later_no_is_due_anew() -> None:
    refused = replace(MOVE, asked=True, refused=2, refused_at=moment("2026-07-03"))
    lifted = replace(refused, lifted_at=moment("2026-07-06"))
    assert_due(one(lifted, "move_answer_chased"), "2026-07-20")
    again = replace(lifted, refused=3, refused_at=moment("2026-07-10"))
    assert keys(again) == {"move_refusal_followed"}


def test_on_the_day_of_the_move_it_is_handed_over_or_late() -> None:
    move = replace(MOVE, moves_on=date(2026, 7, 10))
    handed = one(move, "moved_out")
    assert_due(handed, "2026-07-13")
    assert handed.shows_from == moment("2026-07-10 00:00")
    assert "moved_out" not in keys(replace(move, accepted_at=moment("2026-07-10")))
    assert "moved_out" not in keys(replace(move, kind="adult"))
    assert "moved_out" not in keys(MOVE), "nobody knows the day"


def test_out_of_england_somebody_has_to_say_yes_with_a_name() -> None:
    outside = replace(MOVE, kind="outside", to="Wales", asked=True)
    assert keys(outside) == {"move_accepted_elsewhere"}
    assert_due(one(outside, "move_accepted_elsewhere"), "2026-07-15")


@pytest.mark.parametrize(("moves_on", "by"), [(date(2026, 7, 15), "2026-07-15"), (date(2026, 7, 16), "2026-07-16")])
def test_the_adult_register_says_yes_in_ten_working_days_or_by_the_birthday(moves_on: date, by: str) -> None:
    adult = replace(MOVE, kind="adult", to="the adult register", moves_on=moves_on)
    assert_due(one(adult, "adult_register_accepts"), by)


def test_after_the_yes_three_things_are_due_until_each_is_written_down() -> None:
    came = replace(MOVE, accepted_at=moment("2026-07-10"))
    assert_due(one(came, "move_family_told"), "2026-07-14")
    assert_due(one(came, "move_workers_met"), "2026-07-24")
    assert_due(one(came, "move_agreements_anew"), "2026-08-07")
    assert keys(replace(came, steps=frozenset({"family_told"}))) == {"move_workers_met", "move_agreements_anew"}
    assert keys(replace(came, steps=frozenset({"family_told", "not_met", "asked_anew"}))) == set()


def test_who_has_left_england_is_told_who_has_them_and_the_adult_register_has_it_from_its_lead() -> None:
    gone = replace(MOVE, kind="outside", accepted_at=moment("2026-07-10"))
    assert keys(gone) == {"move_family_told"}
    assert keys(replace(gone, kind="adult")) == {"move_family_told"}


def test_also_somebody_on_no_register_has_a_move_that_is_finished() -> None:
    facts = replace(on_register(rating("green", "2026-06-01"), area_move=MOVE), entries=())
    assert find(facts, "move_offered")
