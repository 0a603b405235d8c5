"""The days in which an area gives somebody a keyworker whatever their rating, from phases of their life.

Source: policy reference 4.1 and 4.2; the area's rules of entry `keyworker_also` and `keyworker_age_to`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from .allocation.words import ADULTHOOD_FROM
from .counting import birthday
from .eligibility.rows import ENTRY_ROWS

# From a day up to, not including, another; None for no end.
Days = tuple[date, date | None]
#: A phase by its name, and the days in which it holds; None for not known and for no end.
Phase = tuple[str, date | None, date | None]
Value = TypeVar("Value")

USUAL_AGE = ENTRY_ROWS["keyworker_age_to"].years


def days_of_phases(
    phases: Iterable[Phase],
    birth_date: date | None,
    *,
    also: Sequence[tuple[date, Iterable[str]]],
    ages: Sequence[tuple[date, int]],
) -> list[Days]:
    """The days in which a phase that the area names holds for them, not beyond its oldest age; none overlap.

    also, ages: what the area has decided, each from a day on, the earliest first.
    """
    if not also:
        return []
    held: dict[str, list[Days]] = {}
    for phase, first, last in phases:
        held.setdefault(phase, []).append((first or date.min, last))
    if birth_date is not None:
        held.setdefault("adulthood", []).append((birthday(birth_date, ADULTHOOD_FROM), None))
    found = [
        both
        for names, named in _from_day_on(also)
        for name in names
        for days in held.get(name, ())
        if (both := _both(days, named))
    ]
    young = list(_young_enough(birth_date, ages))
    return _joined(both for days in found for years in young if (both := _both(days, years)))


def _from_day_on(rows: Sequence[tuple[date, Value]]) -> Iterator[tuple[Value, Days]]:
    """Each value with the days in which it counts: up to the next one's first day."""
    for number, (first, value) in enumerate(rows, 1):
        yield value, (first, rows[number][0] if number < len(rows) else None)


def _young_enough(born: date | None, ages: Sequence[tuple[date, int]]) -> Iterator[Days]:
    """Up to the day before the birthday after the oldest age, as the area has it on each day."""
    if born is None:
        yield (date.min, None)
        return
    for age, days in _from_day_on([(date.min, USUAL_AGE), *ages]):
        if both := _both(days, (date.min, birthday(born, age + 1))):
            yield both


def _both(one: Days, other: Days) -> Days | None:
    first = max(one[0], other[0])
    last = min((day for day in (one[1], other[1]) if day), default=None)
    return (first, last) if last is None or first < last else None


def _joined(days: Iterable[Days]) -> list[Days]:
    """In order, those that overlap or touch made one."""
    found: list[Days] = []
    for first, last in sorted(days, key=lambda one: (one[0], one[1] or date.max)):
        if found and (found[-1][1] is None or first <= found[-1][1]):
            before, until = found.pop()
            found.append((before, None if until is None or last is None else max(until, last)))
        else:
            found.append((first, last))
    return found
