"""Looking ahead: the same seed, the same answer; and each change goes the way it must."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy.allocation.what_if import DEFAULT_ENDS, ENOUGH_ENDINGS, Ahead, Change, ends_of, look_ahead

HALVES = {"red": 3, "blue": 3, "amber": 2, "green": 1}
STANDS = Ahead(
    waiting=(("red", 10), ("amber", 40)),
    held=((3, 2, 2, 3, 2, 2), (3, 3, 3, 2)),
    most=(20, 20),
    halves=HALVES,
    arrivals={"red": 0.3, "amber": 0.5},
    ends=0.02,
    full=20,
)


def test_the_same_seed_is_the_same_answer_and_another_differs() -> None:
    change = Change(26)
    assert look_ahead(STANDS, change, seed=1) == look_ahead(STANDS, change, seed=1)
    assert look_ahead(STANDS, change, seed=1) != look_ahead(STANDS, change, seed=2)


def test_a_range_is_in_order() -> None:
    found = look_ahead(STANDS, Change(26), seed=3)
    for one in (found.waiting, found.longest, found.short):
        assert one.low <= one.middle <= one.high


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Change(26), Change(26, demand=200)),
        (Change(26, staff=10), Change(26)),
        (Change(26), Change(26, staff=-10)),
        (Change(26), Change(26, leave=13)),
    ],
)
def test_more_demand_fewer_staff_and_more_leave_make_a_longer_list(better: Change, worse: Change) -> None:
    first, second = look_ahead(STANDS, better, seed=1), look_ahead(STANDS, worse, seed=1)
    assert first.waiting.middle <= second.waiting.middle
    assert first.short.middle < second.short.middle


def test_nobody_comes_and_there_is_room_so_nobody_waits() -> None:
    still = replace(STANDS, arrivals={})
    assert look_ahead(still, Change(1), seed=1, runs=20).waiting.high == 0


def test_without_staff_everybody_waits_from_their_first_day() -> None:
    alone = replace(STANDS, held=(), most=(), arrivals={})
    found = look_ahead(alone, Change(4), seed=1, runs=5)
    assert (found.waiting.low, found.longest.high, found.short.middle) == (2, 68, 5)


def test_red_goes_before_amber_however_long_amber_waited() -> None:
    one = replace(STANDS, waiting=(("amber", 300), ("red", 0)), held=((),), most=(3,), arrivals={}, ends=0.0)
    assert look_ahead(one, Change(1), seed=1, runs=3).longest.middle == 307


#: Twelve who work full time, each near their limit, and nearly as many come as stop.
FULL = Ahead(
    waiting=(("red", 5), ("red", 9), *((("amber", 30),) * 5)),
    held=((3, 3, 3, 3, 2, 2, 2),) * 12,
    most=(20,) * 12,
    halves=HALVES,
    arrivals={"red": 0.3, "amber": 0.4, "blue": 0.1},
    ends=0.25 / 52,
    full=20,
)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**9), stands=st.sampled_from([STANDS, FULL]), less=st.integers(0, 8), more=st.integers(0, 5)
)
def test_more_leave_never_makes_fewer_people_wait_nor_for_a_shorter_time(
    seed: int, stands: Ahead, less: int, more: int
) -> None:
    before, after = (look_ahead(stands, Change(13, leave=leave), seed=seed, runs=9) for leave in (less, less + more))
    for name in ("waiting", "longest", "short"):
        one, other = getattr(before, name), getattr(after, name)
        assert one.low <= other.low and one.middle <= other.middle and one.high <= other.high, name


def test_where_the_team_is_nearly_full_leave_makes_many_more_wait() -> None:
    none, much = (look_ahead(FULL, Change(26, leave=leave), seed=1) for leave in (0, 8))
    assert much.waiting.middle >= none.waiting.middle + 5
    assert much.short.low > none.short.low


def test_who_covers_for_a_colleague_has_that_much_less_room() -> None:
    """Two weeks, one of leave each. The one with room covers for the full one, or is away: nobody is placed."""
    two = Ahead(
        waiting=(("red", 0),), held=((2,) * 10, ()), most=(20, 20), halves=HALVES, arrivals={}, ends=0.0, full=20
    )
    assert look_ahead(two, Change(2), seed=1).waiting.high == 0
    assert look_ahead(two, Change(2, leave=1), seed=1).waiting.high == 1


def test_cover_beyond_every_limit_leaves_room_for_nobody_new_and_ends_with_the_leave() -> None:
    one = Ahead(
        waiting=(("amber", 0),), held=((3, 3, 3), (3, 3)), most=(9, 8), halves=HALVES, arrivals={}, ends=0.0, full=20
    )
    assert look_ahead(one, Change(40, leave=1), seed=1).waiting.high == 0
    assert look_ahead(one, Change(1, leave=1), seed=1).waiting.low == 1


def test_how_many_stop_may_be_asked_too() -> None:
    few, many = (look_ahead(FULL, Change(26, ends=ends), seed=1) for ends in (1, 60))
    assert many.waiting.middle < few.waiting.middle


def test_enough_endings_are_gone_by_however_few_of_all_they_are() -> None:
    found = ends_of(ENOUGH_ENDINGS, 995)
    assert not found.is_default and found.each_year == 1.0
    assert found.each_week == pytest.approx(0.01 / 52)


@pytest.mark.parametrize("held", [0, 8, 203])
def test_too_few_endings_are_told_and_not_gone_by(held: int) -> None:
    found = ends_of(ENOUGH_ENDINGS - 1, held)
    assert (found.is_default, found.each_year, found.seen) == (True, DEFAULT_ENDS, ENOUGH_ENDINGS - 1)


def test_where_more_stopped_than_are_held_no_more_than_all_stop() -> None:
    assert ends_of(40, 0).each_year == 100
