"""Stays that are one spell, and days that are counted once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.discharging import CLOSURES
from alongside.policy.spells import APART, GOES_ON, Time, join_spells

DAY = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def some_times(draw):
    """Stays as they come from sheets: in any order, within each other, touching, the last perhaps still going on."""
    times = []
    for number in range(draw(st.integers(0, 8))):
        first = draw(DAY)
        left = draw(st.none() | st.integers(0, 200).map(lambda days, first=first: first + timedelta(days=days)))
        went = draw(st.sampled_from(["", "other_bed", "acute", "family_home", "other"])) if left else ""
        times.append(Time(number + 1, first, left, went))
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
        assert later.admitted >= earlier.left
        assert earlier.went not in GOES_ON or (later.admitted - earlier.left).days > APART


@given(some_times(), DAY)
def test_a_day_in_two_stays_counts_once(times, until):
    # Whole nights, and of a gap that joins two stays the one night between them.
    spells, first = join_spells(times), date(2024, 1, 1)
    each = nights(times, first, until)
    gaps = sum(1 for spell in spells for night in _all(spell, first, until) if night not in each)
    assert sum(spell.days(until) for spell in spells) == len(each) + gaps


def _all(spell, first, last):
    return nights([Time(0, spell.admitted, spell.left)], first, last)


@given(some_times(), st.randoms())
def test_the_order_in_which_stays_are_told_does_not_matter(times, random):
    shuffled = times.copy()
    random.shuffle(shuffled)
    assert join_spells(shuffled) == join_spells(times)


@pytest.mark.parametrize("went", ["", "other_bed", "acute"])
@pytest.mark.parametrize(("again", "spells"), [("2026-03-10", 1), ("2026-03-11", 1), ("2026-03-12", 2)])
def test_a_transfer_within_a_day_is_one_spell(again, spells, went):
    first = Time(1, date(2026, 3, 1), date(2026, 3, 10), went)
    found = join_spells([first, Time(2, date.fromisoformat(again), date(2026, 4, 1))])
    assert len(found) == spells
    assert found[-1].left == date(2026, 4, 1)


def test_a_short_stay_within_a_long_one_doesnt_end_it():
    found = join_spells([Time(1, date(2026, 1, 1)), Time(2, date(2026, 2, 1), date(2026, 2, 3))])
    assert [(spell.ids, spell.left) for spell in found] == [((1, 2), None)]
    assert found[0].days(date(2026, 3, 1)) == 59


@pytest.mark.parametrize("went", sorted(set(CLOSURES) - {"other_bed", "acute"}))
def test_whoever_went_home_or_to_another_known_place_is_readmitted_even_on_the_same_day(went):
    first = Time(1, date(2026, 3, 1), date(2026, 3, 10), went)
    again = Time(2, date(2026, 3, 10))
    assert [spell.ids for spell in join_spells([first, again])] == [(1,), (2,)]
    assert [spell.ids for spell in join_spells([again, first])] == [(1,), (2,)]


def test_three_hospitals_in_a_row_are_one_spell_closed_as_the_last_of_them():
    found = join_spells(
        [
            Time(1, date(2026, 1, 1), date(2026, 2, 1), "other_bed"),
            Time(2, date(2026, 2, 2), date(2026, 3, 1), "other_bed"),
            Time(3, date(2026, 3, 1), date(2026, 3, 20), "family_home"),
            Time(4, date(2026, 3, 21)),
        ]
    )
    assert [(spell.ids, spell.went) for spell in found] == [((1, 2, 3), "family_home"), ((4,), "")]
    assert found[0].days(date(2026, 12, 31)) == 78
