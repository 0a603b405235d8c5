"""Whether what is stored equals what the facts say, for everybody, from nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from alongside.foundation.access import context
from alongside.overview.engine.deriving import DUTY_COLUMNS, NEVER, ROW_COLUMNS, Row, derive
from alongside.overview.engine.matters import derive_matters, every_matter, stored_matters
from alongside.overview.engine.reading import read_people
from alongside.overview.engine.storing import with_owners_named

BATCH = 500
_PERSON, _CHANGES = ROW_COLUMNS.index("person_id"), ROW_COLUMNS.index("changes_at")
#: A line of the list is the same until it changes, so it is compared as it is right before that.
_A_MOMENT = timedelta(microseconds=1)
_KEY, _FROM, _LATE, _END = (DUTY_COLUMNS.index(name) for name in ("key", "shows_from", "late_from", "ends_at"))
_SEEN = [DUTY_COLUMNS.index(name) for name in ("key", "what", "owner_actor_id", "owner_team_id", "breach")]

Shape = Callable[[Row], Any]


def as_stored(row: Row) -> Any:
    """Every column."""
    return row


def as_at(moment: datetime) -> Shape:
    """What a duty is on that day: open or not, showing or not, late or not, and whose. Closed ones count as absent."""

    def shape(row: Row) -> Any:
        if row[_END] is not None and moment >= row[_END]:
            return None
        return (*(row[column] for column in _SEEN), row[_FROM] <= moment, _is_late(row, moment))

    return shape


def _is_late(row: Row, moment: datetime) -> bool:
    return row[_LATE] is not None and moment > row[_LATE]


def find_differing(at: datetime | None = None) -> Iterator[tuple[int, list[int]]]:
    """(people compared so far, ids of those who differ among the latest batch), until everybody was compared.

    Whoever seems to differ is looked at again with nobody else storing, so that work that goes on meanwhile is
    not mistaken for a difference.
    """
    shape = as_at(at) if at else as_stored
    reached = compared = 0
    while True:
        with transaction.atomic(), context.as_engine(), connection.cursor() as cursor:
            cursor.execute("select id from people_person where id > %s order by id limit %s", [reached, BATCH])
            ids = [number for (number,) in cursor.fetchall()]
            suspects = differing_among(ids, shape, with_rows=at is None) if ids else []
            differing = differing_among(suspects, shape, with_rows=at is None, lock=True) if suspects else []
        if not ids:
            return
        reached, compared = ids[-1], compared + len(ids)
        yield compared, differing


def find_differing_matters(at: datetime | None = None) -> Iterator[tuple[str, int]]:
    """(kind, id) of each matter whose stored duties are not what its facts say.

    What seems to differ is looked at again, so that a change between the two readings is not mistaken for a difference.
    """
    shape = as_at(at) if at else as_stored
    with transaction.atomic(), context.as_engine():
        batches = list(every_matter())
    for kind, ids in batches:
        suspects = _differing_matters(kind, ids, shape)
        yield from ((kind, number) for number in _differing_matters(kind, suspects, shape))


def _differing_matters(kind: str, ids: Sequence[int], shape: Shape) -> list[int]:
    if not ids:
        return []
    with transaction.atomic(), context.as_engine():
        expected, stored = derive_matters(kind, ids), stored_matters(kind, ids)
    return [n for n in ids if _group(expected.get(n, []), shape) != _group(stored.get(n, []), shape)]


def differing_among(
    ids: Sequence[int], shape: Shape = as_stored, *, with_rows: bool = True, lock: bool = False
) -> list[int]:
    """Those of these people whose stored duties, or lines of the list, are not what their facts say."""
    stored_lines = _read("overview_registerrow", ROW_COLUMNS, ids) if with_rows else []
    until = {line[_PERSON]: line[_CHANGES] for line in stored_lines if line[_CHANGES]}
    expected = {
        whole.facts.person_id: derive(whole, until.get(whole.facts.person_id, NEVER) - _A_MOMENT)
        for whole in read_people(ids, lock=lock)
    }
    stored = _grouped(_read("overview_duty", DUTY_COLUMNS, ids), 0, shape)
    lines = _grouped(stored_lines, _PERSON, as_stored)
    found = []
    for person_id in ids:
        duties, rows = expected.get(person_id, ([], []))
        same = _group(duties, shape) == stored.get(person_id, set())
        if same and with_rows:
            same = _group(with_owners_named(rows), as_stored) == lines.get(person_id, set())
        if not same:
            found.append(person_id)
    return found


def _read(table: str, columns: list[str], ids: Sequence[int]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {','.join(columns)} from {table} where person_id = any(%s)", [list(ids)])
        return cursor.fetchall()


def _grouped(rows: list[Row], person: int, shape: Shape) -> dict[int, set[Any]]:
    by_person: dict[int, list[Row]] = {}
    for row in rows:
        by_person.setdefault(row[person], []).append(row)
    return {number: _group(theirs, shape) for number, theirs in by_person.items()}


def _group(rows: list[Row], shape: Shape) -> set[Any]:
    shaped = (shape(tuple(tuple(v) if isinstance(v, list) else v for v in row)) for row in rows)
    return {row for row in shaped if row is not None}
