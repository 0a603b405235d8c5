"""The joint plan: as good as trying everything, never beyond a limit, never to somebody who is stopped."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy.allocation import Keyworker, Limits, Need, Plan, cost_of, fit_of, propose
from alongside.policy.allocation.proposing import CROWDING
from alongside.policy.allocation.worth import worth_of

SIZE = {"red": 3, "blue": 3, "amber": 2, "green": 1}
SKILLS = ("inpatient", "justice", "transitions")

needs = st.builds(
    Need,
    id=st.just(0),
    colour=st.sampled_from(sorted(SIZE)),
    halves=st.just(0),
    waited=st.integers(0, 400),
    needs=st.frozensets(st.sampled_from(SKILLS), max_size=2),
    council=st.sampled_from(["", "Northmoor", "Saltby"]),
    language=st.sampled_from(["", "English", "Polish"]),
    wanted=st.frozensets(st.integers(1, 3), max_size=1),
    unwanted=st.frozensets(st.integers(1, 3), max_size=1),
).map(lambda need: replace(need, halves=SIZE[need.colour]))
keyworkers = st.builds(
    Keyworker,
    id=st.just(0),
    name=st.just("Keyworker"),
    held=st.integers(0, 8),
    limits=st.integers(0, 12).map(lambda most: Limits(most * 4 // 5, most)),
    skills=st.frozensets(st.sampled_from(SKILLS)),
    councils=st.frozensets(st.sampled_from(["Northmoor", "Saltby"])),
    languages=st.frozensets(st.just("Polish")),
    missing=st.sampled_from([(), (), (), ("law",)]),
    takes_on=st.sampled_from([True, True, True, False]),
)


def numbered(found: list) -> list:
    return [replace(one, id=number) for number, one in enumerate(found, 1)]


lists = st.lists(needs, min_size=0, max_size=6).map(numbered)
teams = st.lists(keyworkers, min_size=0, max_size=3).map(numbered)


def everything(waiting: list[Need], team: list[Keyworker]) -> tuple[int, int]:
    """The best (risk and wait, fit) of all plans there are."""
    best = (0, 0)
    for chosen in product([None, *range(len(team))], repeat=len(waiting)):
        fits = [(need, fit_of(need, team[j])) for need, j in zip(waiting, chosen, strict=True) if j is not None]
        load = [sum(n.halves for n, j in zip(waiting, chosen, strict=True) if j == k) for k in range(len(team))]
        if any(fit.stopped for _, fit in fits) or any(
            load[k] and team[k].held + load[k] > team[k].limits.most for k in range(len(team))
        ):
            continue
        crowded = sum(max(0, load[k] - team[k].easy_room) for k in range(len(team)))
        fit = sum(fit.score for _, fit in fits) - CROWDING * crowded
        best = max(best, (sum(worth_of(need) for need, _ in fits), fit))
    return best


@settings(max_examples=150, deadline=None)
@given(lists, teams)
def test_a_small_plan_is_as_good_as_trying_everything(waiting: list[Need], team: list[Keyworker]) -> None:
    plan = propose(waiting, team)
    risk, fit = everything(waiting, team)
    assert plan.optimal and plan.gap == 0
    assert plan.worth == risk
    # Among plans that place as much risk and wait, the people may differ; of the same people none fits better.
    placed = [need for need in waiting if plan.places[need.id] is not None]
    assert plan.fit == everything(placed, team)[1] <= max(fit, plan.fit)


@settings(max_examples=100, deadline=None)
@given(lists, teams)
def test_nobody_goes_beyond_a_hard_limit_nor_to_somebody_untrained_or_not_wished(
    waiting: list[Need], team: list[Keyworker]
) -> None:
    plan = propose(waiting, team)
    assert set(plan.places) == {need.id for need in waiting}
    by_id = {one.id: one for one in team}
    for one in team:
        given_to = [need for need in waiting if plan.places[need.id] == one.id]
        assert not given_to or one.held + sum(need.halves for need in given_to) <= one.limits.most
    for need in waiting:
        if (chosen := plan.places[need.id]) is not None:
            assert not fit_of(need, by_id[chosen]).stopped
            assert not by_id[chosen].missing and chosen not in need.unwanted


@settings(max_examples=100, deadline=None)
@given(lists, teams.filter(bool), st.integers(1, 6), st.integers(0, 2))
def test_more_capacity_never_makes_a_plan_worse(
    waiting: list[Need], team: list[Keyworker], more: int, which: int
) -> None:
    one = team[which % len(team)]
    limits = Limits(one.limits.easy + more, one.limits.most + more)
    larger = [replace(each, limits=limits) if each.id == one.id else each for each in team]
    before, after = propose(waiting, team), propose(waiting, larger)
    assert after.worth >= before.worth


@settings(max_examples=100, deadline=None)
@given(lists, teams)
def test_no_red_waits_in_whose_room_somebody_else_was_placed(waiting: list[Need], team: list[Keyworker]) -> None:
    plan = propose(waiting, team)
    by_id = {one.id: one for one in team}
    for need in waiting:
        if need.colour != "red" or plan.places[need.id] is not None:
            continue
        for one in team:
            lesser = [w for w in waiting if plan.places[w.id] == one.id and w.colour in ("amber", "green")]
            rest = sum(w.halves for w in waiting if plan.places[w.id] == one.id) - sum(w.halves for w in lesser)
            fits = one.held + rest + need.halves <= one.limits.most
            assert not (lesser and fits and not fit_of(need, by_id[one.id]).stopped)


def test_names_decide_nothing() -> None:
    team = [Keyworker(1, "Asha", 0, Limits(16, 20)), Keyworker(2, "Zoe", 0, Limits(16, 20))]
    waiting = [Need(1, "red", 3), Need(2, "amber", 2)]
    other = [replace(one, name=name) for one, name in zip(team, ("Zoe", "Asha"), strict=True)]
    assert propose(waiting, team).places == propose(waiting, other).places


def test_a_plan_that_costs_more_than_the_ceiling_says_is_still_proved() -> None:
    """With every pair in sight the solver's own bound is the bound."""
    ambers = [Need(number, "amber", 2) for number in (1, 2, 3, 4)]
    waiting = [
        *ambers,
        Need(5, "green", 1, wanted=frozenset({1})),
        Need(6, "green", 1, waited=300, unwanted=frozenset({1})),
    ]
    plan = propose(waiting, [Keyworker(1, "Asha", 0, Limits(1, 2)), Keyworker(2, "Zoe", 0, Limits(1, 2))])
    assert (plan.optimal, plan.gap, plan.fit) == (True, 0, plan.bounds[1])


def test_the_longer_wait_comes_first_however_well_the_other_fits() -> None:
    team = [Keyworker(1, "Asha", 18, Limits(16, 20), skills=frozenset(SKILLS))]
    longer = Need(1, "amber", 2, waited=31)
    fits_better = Need(2, "amber", 2, waited=30, needs=frozenset(SKILLS), wanted=frozenset({1}))
    assert propose([longer, fits_better], team).places == {1: 1, 2: None}


@pytest.mark.parametrize(("waited", "first"), [(30, 1), (32, 2)])
def test_who_waited_as_long_is_placed_in_the_order_of_recording(waited: int, first: int) -> None:
    team = [Keyworker(1, "Asha", 18, Limits(16, 20))]
    plan = propose([Need(1, "amber", 2, waited=30), Need(2, "amber", 2, waited=waited)], team)
    assert plan.places[first] == 1


def test_without_time_there_is_still_a_plan_with_an_honest_gap() -> None:
    team = [Keyworker(j, f"K{j}", 0, Limits(8, 10), skills=frozenset({SKILLS[j % 3]})) for j in range(1, 9)]
    waiting = [
        Need(i, ("red", "amber")[i % 2], 3 - i % 2, waited=i, needs=frozenset({SKILLS[i % 3]})) for i in range(1, 41)
    ]
    plan = propose(waiting, team, seconds=0)
    assert plan.placed > 0
    assert plan.optimal or plan.gap > 0
    best = propose(waiting, team, seconds=20)
    assert best.worth <= plan.bounds[0] and best.worth >= plan.worth


def test_a_first_plan_is_told_with_what_no_plan_can_exceed_and_the_last_is_no_worse() -> None:
    team = [Keyworker(j, f"K{j}", 0, Limits(8, 10), skills=frozenset({SKILLS[j % 3]})) for j in range(1, 9)]
    waiting = [
        Need(i, ("red", "amber")[i % 2], 3 - i % 2, waited=i, needs=frozenset({SKILLS[i % 3]})) for i in range(1, 41)
    ]
    told: list[Plan] = []
    last = propose(waiting, team, seconds=20, first=told.append)
    assert told, "it takes longer than the first plan"
    for first in told:
        assert not first.optimal and first.gap > 0
        assert set(first.places) == {need.id for need in waiting} and first.placed > 0
        for one in team:
            assert sum(need.halves for need in waiting if first.places[need.id] == one.id) <= one.limits.most
        assert first.worth <= last.worth <= first.bounds[0]
    assert told[-1].fit <= last.fit <= told[-1].bounds[1]


def test_a_plan_that_is_proved_at_once_has_no_first_one() -> None:
    told: list[Plan] = []
    plan = propose([Need(1, "red", 3)], [Keyworker(1, "Asha", 0, Limits(16, 20))], first=told.append)
    assert plan.optimal and not told


def overruled(waiting: list[Need], team: list[Keyworker], person: int, keyworker: int) -> tuple[Plan, object]:
    plan = propose(waiting, team)
    need = next(need for need in waiting if need.id == person)
    return plan, cost_of(need, keyworker, plan, waiting, team)


def test_overruling_says_who_would_wait_instead() -> None:
    team = [
        Keyworker(1, "Asha", 17, Limits(16, 20)),
        Keyworker(2, "Ben", 18, Limits(16, 20)),
    ]
    waiting = [Need(1, "red", 3), Need(2, "amber", 2)]
    plan, cost = overruled(waiting, team, person=2, keyworker=1)
    assert plan.places == {1: 1, 2: 2}
    assert cost.waits == (1,) and not cost.moves


def test_overruling_that_changes_nothing_for_others_says_so() -> None:
    team = [Keyworker(1, "Asha", 0, Limits(16, 20)), Keyworker(2, "Ben", 0, Limits(16, 20))]
    plan, cost = overruled([Need(1, "red", 3, wanted=frozenset({1}))], team, person=1, keyworker=2)
    assert plan.places == {1: 1}
    assert not cost.waits and not cost.moves and cost.fit > 0


@settings(max_examples=100, deadline=None)
@given(lists, teams.filter(bool), st.integers(1, 6), st.integers(0, 2))
def test_more_capacity_never_makes_the_fit_of_the_same_people_worse(
    waiting: list[Need], team: list[Keyworker], more: int, which: int
) -> None:
    """Who is placed is decided first, by risk and wait; of the same people nobody's room costs anybody fit."""
    one = team[which % len(team)]
    limits = Limits(one.limits.easy + more, one.limits.most + more)
    larger = [replace(each, limits=limits) if each.id == one.id else each for each in team]
    before = propose(waiting, team)
    placed = [need for need in waiting if before.places[need.id] is not None]
    after = propose(placed, larger)
    assert after.placed == len(placed)
    assert after.fit >= propose(placed, team).fit
