"""Looking ahead: the same seed, the same answer; and each change goes the way it must."""

from dataclasses import replace

import pytest

from alongside.policy.allocation.what_if import Ahead, Change, look_ahead

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
