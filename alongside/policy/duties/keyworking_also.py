"""Whom an area gives a keyworker whatever their rating: that one is named in the days of each such phase."""

from datetime import date

from ..counting import day_in_words, start_of_day
from ..keyworker_phases import Days, days_of_phases
from .reckoning import Reckoning, known_from


def days_of_extensions(r: Reckoning) -> list[Days]:
    """The days in which a phase that the area names holds for them."""
    phases, born = r.facts.keyworking_also, r.facts.birth_date
    return days_of_phases(phases, born, also=r.ruleset.keyworker_also, ages=r.ruleset.keyworker_ages)


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
