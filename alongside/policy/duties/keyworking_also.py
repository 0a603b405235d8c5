"""Whom an area gives a keyworker whatever their rating: that one is named in the days of each such phase."""

from dataclasses import dataclass
from datetime import date

from ..area_moves import AREA
from ..counting import day_in_words, start_of_day
from ..keyworker_phases import Days, days_of_phases
from .reckoning import Reckoning, known_from


def days_of_extensions(r: Reckoning) -> list[Days]:
    """The days in which a phase that the area names holds for them."""
    phases, born = r.facts.keyworking_also, r.facts.birth_date
    return days_of_phases(phases, born, also=r.ruleset.keyworker_also, ages=r.ruleset.keyworker_ages)


@dataclass(frozen=True, slots=True)
class Naming:
    """What it is called that a keyworker is due, what is added to why, and the first day on which it can be done."""

    what: str = "Name a keyworker"
    because: str = ""
    from_day: date = date.min


def naming(r: Reckoning, begins: date) -> Naming:
    """After a move the area that accepted has said who it is, and from which day: it is written down on that day."""
    move = r.facts.area_move
    if move is None or move.kind != AREA or move.starts_on is None or begins > move.starts_on:
        return Naming()
    on = day_in_words(move.starts_on)
    return Naming(
        f"Write {move.named} down as their keyworker, who begins on {on}",
        f" With the move {move.named} was named, to begin on {on}; until then the keyworking team has them.",
        move.starts_on,
    )


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
        named = naming(r, begins)
        r.add(
            rule,
            f"name_keyworker:also:entry:{entry.id}:since:{begins.isoformat()}",
            named.what,
            f"This area gives them a keyworker whatever their rating, and since {day_in_words(begins)} none is named; "
            f"one is named within {rule.length}.{named.because}",
            due=max(due, named.from_day),
            shows=begins,
            ends=start_of_day(last) if last else None,
            owner=r.team("keyworking"),
            doing="name_keyworker",
            topic="keyworking",
            subject="entry",
            subject_id=entry.id,
        )
