"""Whom an area gives a keyworker whatever their rating: the days of each such phase, and that one is named in them.

Source: policy reference 4.1 and 4.2; the area's rules of entry `keyworker_also` and `keyworker_age_to`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from ..allocation.words import ADULTHOOD_FROM
from ..counting import birthday, day_in_words, start_of_day
from ..eligibility.rows import ENTRY_ROWS
from .reckoning import Reckoning, known_from

#: From a day up to, not including, another; None for no end.
Days = tuple[date, date | None]
Value = TypeVar("Value")

USUAL_AGE = ENTRY_ROWS["keyworker_age_to"].years


def days_of_extensions(r: Reckoning) -> list[Days]:
    """The days in which a phase that the area names holds for them, not beyond its oldest age; none overlap."""
    if not r.ruleset.keyworker_also:
        return []
    held: dict[str, list[Days]] = {}
    for phase, first, last in r.facts.keyworking_also:
        held.setdefault(phase, []).append((first or date.min, last))
    if r.facts.birth_date is not None:
        held.setdefault("adulthood", []).append((birthday(r.facts.birth_date, ADULTHOOD_FROM), None))
    found = [
        both
        for names, named in _from_day_on(r.ruleset.keyworker_also)
        for name in names
        for days in held.get(name, ())
        if (both := _both(days, named))
    ]
    return _joined(both for days in found for young in _young_enough(r) if (both := _both(days, young)))


def name_for_extensions(r: Reckoning, key: str, days: list[Days], ended: date) -> None:
    """Named as soon as for others. What keyworking promises to red, amber and blue is not broken by its being late.

    Why the area gives them one is not said here: it stands on the waiting list, for those who may read it.
    """
    entry = r.open_entries[0]
    for first, last in days:
        begins = max(first, known_from(entry), ended)
        if last is not None and begins >= last:
            continue
        rule, due = r.clock(key, begins)
        r.add(
            rule,
            f"name_keyworker:also:entry:{entry.id}:since:{begins.isoformat()}",
            "Name a keyworker",
            f"This area gives them a keyworker whatever their rating, and since {day_in_words(begins)} none is named; "
            f"one is named within {rule.length}.",
            due=due,
            shows=begins,
            ends=start_of_day(last) if last else None,
            owner=r.team("keyworking"),
            doing="name_keyworker",
            topic="keyworking",
            subject="entry",
            subject_id=entry.id,
        )


def _from_day_on(rows: Sequence[tuple[date, Value]]) -> Iterator[tuple[Value, Days]]:
    """Each value with the days in which it counts: up to the next one's first day."""
    for number, (first, value) in enumerate(rows, 1):
        yield value, (first, rows[number][0] if number < len(rows) else None)


def _young_enough(r: Reckoning) -> list[Days]:
    """Up to the day before the birthday after the oldest age, as the area has it on each day."""
    born = r.facts.birth_date
    if born is None:
        return [(date.min, None)]
    ages = _from_day_on([(date.min, USUAL_AGE), *r.ruleset.keyworker_ages])
    return [both for age, days in ages if (both := _both(days, (date.min, birthday(born, age + 1))))]


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
