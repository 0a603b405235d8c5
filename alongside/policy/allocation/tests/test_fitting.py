"""Points and fit: both sides of each number, and reasons that a manager can read."""

from datetime import date
from decimal import Decimal

import pytest

from alongside.policy.allocation import (
    CaseloadRules,
    Keyworker,
    Limits,
    Need,
    best_fits,
    check_local_caseload,
    fit_of,
    in_points,
    limits_of,
    needs_of,
)

TODAY = date(2026, 11, 20)
ASHA = Keyworker(1, "Asha", 10, Limits(16, 20))
RED = Need(1, "red", 3)


@pytest.mark.parametrize(("halves", "said"), [(0, "0"), (1, "0.5"), (2, "1"), (3, "1.5"), (20, "10"), (-1, "-0.5")])
def test_halves_are_said_as_points(halves: int, said: str) -> None:
    assert in_points(halves) == said


@pytest.mark.parametrize(("share", "easy", "most"), [("1", 16, 20), ("0.8", 12, 16), ("0.5", 8, 10), ("0.05", 0, 1)])
def test_limits_follow_the_share_of_full_time_rounded_down(share: str, easy: int, most: int) -> None:
    assert limits_of(CaseloadRules(), TODAY, Decimal(share)) == Limits(easy, most)


@pytest.mark.parametrize(
    ("held", "may", "crowded"), [(13, True, False), (14, True, True), (17, True, True), (18, False, True)]
)
def test_warned_above_eight_points_and_stopped_above_ten(held: int, may: bool, crowded: bool) -> None:
    fit = fit_of(RED, Keyworker(1, "Asha", held, Limits(16, 20)))
    assert (fit.may, fit.is_crowded) == (may, crowded)
    assert bool(fit.full) is not may


def test_an_area_sets_its_own_value_from_a_day_on_and_nonsense_is_refused_in_a_sentence() -> None:
    own = check_local_caseload("points_red", 4, icb="Northmoor ICB", starts_on=TODAY)
    rules = CaseloadRules("Northmoor ICB", [own])
    assert rules.halves_of("red", TODAY) == 4 and rules.halves_of("red", date(2026, 11, 19)) == 3
    assert rules.on("points_red", TODAY).label == "set by Northmoor ICB"
    for key, value in (("points_red", 0), ("points_red", 81), ("points_red", ("law",)), ("training_required", ("x",))):
        with pytest.raises(ValueError, match="halves|list"):
            check_local_caseload(key, value, icb="N", starts_on=TODAY)


@pytest.mark.parametrize(
    ("part", "halves"), [("designated", 3), ("cover", 3), ("incoming", 3), ("co_worker", 1), ("outgoing", 1)]
)
def test_whoever_shares_the_work_counts_less(part: str, halves: int) -> None:
    assert CaseloadRules().halves_of("red", TODAY, part) == halves


def test_each_reason_is_a_sentence() -> None:
    keyworker = Keyworker(
        1, "Asha", 0, Limits(16, 20), skills=frozenset({"justice"}), interests=frozenset({"Lego"}),
        languages=frozenset({"polish"}), councils=frozenset({"Northmoor"}),
    )  # fmt: skip
    need = Need(
        1, "red", 3, needs=frozenset({"justice", "inpatient"}), interests=frozenset({"lego"}), language="Polish",
        council="Northmoor", before={1: "was their keyworker until 3 May 2026"}, wanted=frozenset({1}),
    )  # fmt: skip
    assert fit_of(need, keyworker).because == (
        "They know each other: was their keyworker until 3 May 2026.",
        "The young person or family asked for them.",
        "Has experience with people in trouble with the police or courts.",
        "Speaks Polish.",
        "Both like lego.",
        "Works in the area of Northmoor.",
        "Would go from 0 to 1.5 of 10 points.",
    )


def test_what_stops_somebody_is_said_and_keeps_them_out_of_the_best() -> None:
    stopped = [
        Keyworker(2, "B", 0, Limits(16, 20), missing=("Legal frameworks",)),
        Keyworker(3, "C", 0, Limits(16, 20), away_until=date(2026, 11, 30)),
        Keyworker(4, "D", 0, Limits(16, 20), away_until=date.max),
        Keyworker(5, "E", 0, Limits(16, 20), takes_on=False),
        Keyworker(6, "F", 0, Limits(16, 20), leaves_on=date(2026, 12, 31)),
    ]
    assert [fit_of(RED, one).stopped[0] for one in stopped] == [
        "Training is missing or out of date: Legal frameworks.",
        "Is away until 30 November 2026.",
        "Is away, and the day of return is not known.",
        "Takes nobody new at present.",
        "Leaves on 31 December 2026.",
    ]
    assert [fit.keyworker for fit in best_fits(RED, [*stopped, ASHA])] == [1]


def test_nothing_delicate_is_guessed_from_a_record() -> None:
    found = needs_of(
        colour="blue", circumstances=["looked_after", "youth_justice"], diagnoses=["learning_disability"],
        birth_date=date(2009, 11, 20), as_at=TODAY,
    )  # fmt: skip
    assert found == {"inpatient", "looked_after", "justice", "learning_disability", "transitions"}
    younger = needs_of(colour="red", circumstances=[], diagnoses=[], birth_date=date(2009, 11, 21), as_at=TODAY)
    assert younger == frozenset()
