"""Stays that are one spell, and days that are counted once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.spells import Time, days_within, join_spells

DAY = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def some_times(draw):
    """Stays as they come from sheets: in any order, within each other, touching, the last perhaps still going on."""
    times = []
    for number in range(draw(st.integers(0, 8))):
        first = draw(DAY)
        left = draw(st.none() | st.integers(0, 200).map(lambda days, first=first: first + timedelta(days=days)))
        times.append(Time(number + 1, first, left))
    return times


def nights(times, first, last):
    """Each night by itself: slow, and plainly right."""
    found = set()
    for time in times:
        end = last if time.left is None else min(time.left, last)
        day = max(time.admitted, first)
        while day < end:
            found.add(day)
            day += timedelta(days=1)
    return found


@given(some_times())
def test_spells_never_overlap_and_hold_each_stay_once(times):
    spells = join_spells(times)
    assert sorted(number for spell in spells for number in spell.ids) == sorted(time.id for time in times)
    for earlier, later in zip(spells, spells[1:], strict=False):
        assert earlier.left is not None, "nothing follows a spell that goes on"
        assert (later.admitted - earlier.left).days > 1


@given(some_times(), DAY, DAY)
def test_a_day_in_two_stays_counts_once(times, first, last):
    # Whole nights, and of a gap that joins two stays the one night between them.
    counted, each = days_within(times, first, last), nights(times, first, last)
    gaps = sum(1 for spell in join_spells(times) for night in _all(spell, first, last) if night not in each)
    assert counted == len(each) + gaps
    assert counted <= max((last - first).days, 0)


def _all(spell, first, last):
    return nights([Time(0, spell.admitted, spell.left)], first, last)


@given(some_times(), st.randoms())
def test_the_order_in_which_stays_are_told_does_not_matter(times, random):
    shuffled = times.copy()
    random.shuffle(shuffled)
    assert join_spells(shuffled) == join_spells(times)


@pytest.mark.parametrize(("again", "spells"), [("2026-03-10", 1), ("2026-03-11", 1), ("2026-03-12", 2)])
def test_a_transfer_within_a_day_is_one_spell(again, spells):
    first = Time(1, date(2026, 3, 1), date(2026, 3, 10))
    found = join_spells([first, Time(2, date.fromisoformat(again), date(2026, 4, 1))])
    assert len(found) == spells
    assert found[-1].left == date(2026, 4, 1)


def test_a_short_stay_within_a_long_one_doesnt_end_it():
    found = join_spells([Time(1, date(2026, 1, 1)), Time(2, date(2026, 2, 1), date(2026, 2, 3))])
    assert [(spell.ids, spell.left) for spell in found] == [((1, 2), None)]
    assert found[0].days(date(2026, 3, 1)) == 59
