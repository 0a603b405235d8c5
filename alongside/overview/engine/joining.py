"""Two records that were merged may each be on the same list: the rules and the list read them as one time on it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from alongside.policy.facts import EntryFacts

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def join_entries(entries: Iterable[EntryFacts]) -> tuple[EntryFacts, ...]:
    """One open entry for each list, under the number of the first: what either says that protects the person counts.

    Entries that ended stay as they are. Nothing changes for somebody with one open entry for each list.
    """
    found: dict[str, EntryFacts] = {}
    ended: list[EntryFacts] = []
    for entry in sorted(entries, key=lambda one: one.id):
        if not entry.is_open:
            ended.append(entry)
        elif entry.listing in found:
            found[entry.listing] = _join(found[entry.listing], entry)
        else:
            found[entry.listing] = entry
    return tuple(sorted([*ended, *found.values()], key=lambda one: one.id))


def _join(one: EntryFacts, other: EntryFacts) -> EntryFacts:
    both = (one, other)
    ratings = sorted((*one.ratings, *other.ratings), key=lambda rating: (rating.rated_at or _LONG_AGO, rating.id))
    imported = [entry.imported_at for entry in both if entry.imported_at]
    return replace(
        one,
        entered_on=min((entry.entered_on for entry in both if entry.entered_on), default=None),
        provisional=one.provisional and other.provisional,
        not_registered_before_admission=any(entry.not_registered_before_admission for entry in both),
        ratings=tuple(ratings),
        review_planned_on=min((entry.review_planned_on for entry in both if entry.review_planned_on), default=None),
        imported_at=min(imported) if len(imported) == 2 else None,
    )
