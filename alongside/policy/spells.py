"""Time in hospital as spells: stays that are one, days that are counted once. Pure, and without a 'today'.

Every rule, list and figure that asks since when somebody is in hospital, or whether they came back, asks here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: Stays this many days apart, or fewer, are one spell: a transfer that was written down as a discharge and an
#: admission (local default; the national figures call a transfer neither).
APART = 1

#: How a stay is closed (`discharging.CLOSURES`) that another one may go on from: as a transfer to a hospital bed, or
#: nobody says where they went. After any other place the next admission is a readmission, however soon.
GOES_ON = frozenset({"", "other_bed", "acute"})


@dataclass(frozen=True, slots=True)
class Time:
    """A stay by its days; `left` None means still there. went: how it is closed, '' where nobody says."""

    id: int
    admitted: date
    left: date | None = None
    went: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """Stays that are one, the earliest first. went: how the one that ended last is closed."""

    ids: tuple[int, ...]
    admitted: date
    left: date | None
    went: str = ""

    def days(self, until: date) -> int:
        """Nights from the first day up to a day, or to the last one; never below 0."""
        end = until if self.left is None else min(self.left, until)
        return max((end - self.admitted).days, 0)


def join_spells(times: Iterable[Time]) -> list[Spell]:
    """Spells in order. A stay within another belongs to it; one that begins after it only where it goes on from it."""
    spells: list[Spell] = []
    for time in sorted(times, key=lambda one: (one.admitted, _end(one), one.id)):
        last = spells[-1] if spells else None
        if last is None or not _goes_on(last, time):
            spells.append(Spell((time.id,), time.admitted, time.left, time.went))
            continue
        ends = time if _end(time) >= _end(last) else last
        spells[-1] = Spell((*last.ids, time.id), last.admitted, ends.left, ends.went)
    return spells


def _goes_on(spell: Spell, time: Time) -> bool:
    if spell.left is None or time.admitted < spell.left:
        return True
    return spell.went in GOES_ON and (time.admitted - spell.left).days <= APART


def _end(time: Time | Spell) -> date:
    return time.left or date.max
