"""Time in hospital as spells: stays that are one, and days that are counted once. Pure, and without a 'today'."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: Stays this many days apart, or fewer, are one spell: a transfer that was written down as a discharge and an
#: admission (local default; the national figures call a transfer neither).
APART = 1


@dataclass(frozen=True, slots=True)
class Time:
    """A stay by its days; `left` None means still there."""

    id: int
    admitted: date
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """Stays that are one, the earliest first."""

    ids: tuple[int, ...]
    admitted: date
    left: date | None

    def days(self, until: date) -> int:
        """Nights from the first day up to a day, or to the last one; never below 0."""
        end = until if self.left is None else min(self.left, until)
        return max((end - self.admitted).days, 0)


def join_spells(times: Iterable[Time]) -> list[Spell]:
    """Spells in order, none touching the next. A stay within another belongs to it."""
    spells: list[Spell] = []
    for time in sorted(times, key=lambda one: (one.admitted, one.id)):
        last = spells[-1] if spells else None
        if last is not None and (last.left is None or (time.admitted - last.left).days <= APART):
            spells[-1] = Spell((*last.ids, time.id), last.admitted, _later(last.left, time.left))
        else:
            spells.append(Spell((time.id,), time.admitted, time.left))
    return spells


def days_within(times: Iterable[Time], first: date, last: date) -> int:
    """Nights in hospital from one day to another, each counted once. 0 when `last` is before `first`."""
    found = 0
    for spell in join_spells(times):
        begins, ends = max(spell.admitted, first), last if spell.left is None else min(spell.left, last)
        found += max((ends - begins).days, 0)
    return found


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
