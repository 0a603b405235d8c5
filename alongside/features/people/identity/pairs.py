"""The worklist's rows: pairs of records that may be one person, kept right when who somebody is changes.

Derived by the engine, so these run under its identity. A settled pair keeps its answer.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from alongside.features.people.identity.finding import FACTS, Record, codes_of, record_of
from alongside.features.people.identity.matters import pairs_of
from alongside.features.people.identity.scoring import liken, near_days
from alongside.features.people.models import PossibleDuplicate
from alongside.foundation.recording.recording import Notes

#: What happened that may have changed who is like whom, by the beginning of its code.
CHANGES = ("person.added", "person.changed", "person.number", "person.accepted", "person.merge_undone", "address.")
#: What settles a pair, or changes who may know of it.
CONCERNS = ("person.merge", "person.guard", "person.restricted", "identity.", "consent.")
AT_A_TIME = 200

_CANDIDATES = """
select w.id, c from unnest(%(ids)s::bigint[], %(areas)s::bigint[], %(given)s::text[], %(family)s::text[],
    %(days)s::text[], %(numbers)s::text[], %(codes)s::text[]) w(id, area, given, family, days, numbers, codes),
  people_alike(array[w.area], w.given, w.family, w.days::date[], w.numbers::text[], w.codes::text[]) c
where c <> w.id
"""


def refresh_pairs_of_changed(notes: Notes) -> None:
    """A step of `config/wiring.py`: after a change of name, birth date, number, address or area."""
    changed = {event.person_id for event in notes.events if event.person_id and event.code.startswith(CHANGES)}
    concerned = {event.person_id for event in notes.events if event.person_id and event.code.startswith(CONCERNS)}
    pairs = refresh_pairs(sorted(changed), at=notes.at) if changed else []
    if more := sorted(concerned - changed):
        pairs += pairs_of(more)
    for key in pairs:
        notes.matter("possible_duplicate", key)


def refresh_pairs(person_ids: Sequence[int], *, at: datetime) -> list[int]:
    """Finds, changes and closes pairs of these people, inside a recorded act. Every pair in which one of them is."""
    for first in range(0, len(person_ids), AT_A_TIME):
        some = person_ids[first : first + AT_A_TIME]
        _store(some, _find(some), at)
    return pairs_of(person_ids)


Pairs = dict[tuple[int, int], tuple[int, tuple[str, ...]]]


def _find(ids: Sequence[int]) -> Pairs:
    records = _records(ids)
    asked = [records[key] for key in ids if key in records]
    candidates = _candidates(asked)
    records |= _records({other for _, other in candidates} - records.keys())
    pairs: Pairs = {}
    for one, other in candidates:
        if other in records:
            likeness = liken(records[one].known, records[other].known)
            if likeness.is_possible:
                pairs[min(one, other), max(one, other)] = (likeness.score, likeness.because)
    return pairs


def _records(ids: Iterable[int]) -> dict[int, Record]:
    with connection.cursor() as cursor:
        cursor.execute(FACTS + "where p.id = any(%s) and p.survivor_id is null", [list(ids)])
        return {row[0]: record_of(row) for row in cursor.fetchall()}


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


def _candidates(asked: Sequence[Record]) -> list[tuple[int, int]]:
    known = [record.known for record in asked]
    values: dict[str, Any] = {
        "ids": [record.person_id for record in asked],
        "areas": [record.icb_id for record in asked],
        "given": [record.given_name for record in asked],
        "family": [record.family_name for record in asked],
        "days": [_array(near_days(one.birth_date) if one.birth_date else ()) for one in known],
        "numbers": [_array(sorted(one.numbers)) for one in known],
        "codes": [_array(form for code in sorted(one.postcodes) for form in codes_of(code)) for one in known],
    }
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, values)
        return list(cursor.fetchall())


def _store(ids: Sequence[int], pairs: Pairs, at: datetime) -> None:
    """Only what differs is written: a pair that stands as it was costs no row of history."""
    about = Q(first__in=ids) | Q(second__in=ids)
    stored = {(row.first_id, row.second_id): row for row in PossibleDuplicate.objects.filter(about)}
    new = [
        PossibleDuplicate(first_id=one, second_id=other, score=score, because=list(because), found_at=at)
        for (one, other), (score, because) in pairs.items()
        if (one, other) not in stored
    ]
    PossibleDuplicate.objects.bulk_create(new, ignore_conflicts=True)
    for key, row in stored.items():
        _settle(row, pairs.get(key))


def _settle(row: PossibleDuplicate, found: tuple[int, tuple[str, ...]] | None) -> None:
    states = PossibleDuplicate.State
    if found is None and row.state == states.OPEN:
        row.state = states.GONE
        row.save(update_fields=["state"])
    elif found and row.state in (states.OPEN, states.GONE):
        score, because = found
        if (row.state, row.score, tuple(row.because)) != (states.OPEN, score, because):
            row.state, row.score, row.because = states.OPEN, score, list(because)
            row.save(update_fields=["state", "score", "because"])
