"""Counts of whole areas for those who see numbers and never a person. Small numbers never leave the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from alongside.features.register.models import Colour, Listing
from alongside.foundation.access.me import Me

#: Counts below 5 are not told, nor whether they are 0: somebody could be recognised. Source: local default.
LEAST_SHOWN = 5
HIDDEN = "fewer than 5"
HIDDEN_TOTAL = "not shown"


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """One register of one area: the counts as they may be shown, by colour, and together."""

    name: str
    listing: str
    colours: tuple[tuple[str, str], ...]
    total: str


def count_areas(me: Me) -> list[AreaCounts]:
    """Registers of the areas `me` answers for, by name. The function knows who asks and hides small numbers."""
    with connection.cursor() as cursor:
        cursor.execute("select name, listing, colour, people from overview_counts(%s)", [LEAST_SHOWN])
        found: dict[tuple[str, str], dict[str, int | None]] = {}
        for name, listing, colour, people in cursor.fetchall():
            found.setdefault((name, listing), {})[colour] = people
    return [_area(name, listing, counts) for (name, listing), counts in found.items()]


def _area(name: str, listing: str, counts: dict[str, int | None]) -> AreaCounts:
    labels = [*Colour.choices, ("", "Not rated")]
    shown = tuple((str(label), _shown(counts[colour])) for colour, label in labels)
    return AreaCounts(name, str(Listing(listing).label), shown, total_words(list(counts.values())))


def _shown(people: int | None) -> str:
    return HIDDEN if people is None else f"{people:,}"


def total_words(counts: Sequence[int | None]) -> str:
    """A total would give away a single hidden count: it says at least how many."""
    known = sum(people or 0 for people in counts)
    if None not in counts:
        return f"{known:,}"
    return f"at least {known:,}" if known else HIDDEN_TOTAL
