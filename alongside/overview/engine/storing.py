"""Keeps the stored duties and list rows equal to what the facts say."""

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection

from alongside.foundation.access.backend.kept import KeptPlan
from alongside.overview.engine.arrays import as_arrays
from alongside.overview.engine.deriving import DUTY_COLUMNS, DUTY_TYPES, ROW_COLUMNS, Row, derive
from alongside.overview.engine.reading import read_people


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _as_json(columns: Sequence[str], rows: Iterable[Row]) -> str:
    return json.dumps([dict(zip(columns, map(_plain, row), strict=True)) for row in rows])


def _statement(table: str, columns: Sequence[str], unique: tuple[str, ...], wanted: str, also: str = "") -> KeptPlan:
    """Removes, adds and changes in one statement; a row that is already right is left alone."""
    names = ",".join(columns)
    changes = [column for column in columns if column not in unique]
    return KeptPlan(f"""
    with wanted as materialized ({wanted}),
    gone as (delete from {table} t where t.person_id = any(%(people)s::bigint[]) and not exists (
        select 1 from wanted w where {" and ".join(f"w.{c} = t.{c}" for c in unique)})){also}
    insert into {table} as t ({names}) select {names} from wanted
    on conflict ({",".join(unique)}) do update set {",".join(f"{c} = excluded.{c}" for c in changes)}
    where ({",".join(f"t.{c}" for c in changes)}) is distinct from ({",".join(f"excluded.{c}" for c in changes)})
    """)


def from_arrays(columns: dict[str, str]) -> str:
    """Rows of the arrays that go with a statement, one for each of these columns by its name."""
    arrays = ",".join(f"%({name})s::{kind}[]" for name, kind in columns.items())
    return f"select * from unnest({arrays}) as w({','.join(columns)})"


_OWNER, _OWNER_ID = ROW_COLUMNS.index("next_owner"), ROW_COLUMNS.index("next_actor_id")
DUTIES_WANTED = from_arrays(dict(zip(DUTY_COLUMNS, DUTY_TYPES, strict=True)))
ROWS_WANTED = "select * from json_populate_recordset(null::overview_registerrow, %(rows)s::json)"
STORE_DUTIES = _statement("overview_duty", DUTY_COLUMNS, ("person_id", "key"), DUTIES_WANTED)
LEARN_WORDS = """,
    learned as (insert into overview_nameword (word) select distinct unnest(name_words) from wanted
        on conflict do nothing)"""
STORE_ROWS = _statement("overview_registerrow", ROW_COLUMNS, ("entry_id",), ROWS_WANTED, also=LEARN_WORDS)
# For people of whom nothing is stored rows are only added: none is looked for first, which is twice as quick.
ADD_DUTIES = KeptPlan(f"insert into overview_duty ({','.join(DUTY_COLUMNS)}) {DUTIES_WANTED}")
ADD_ROWS = KeptPlan(
    f"with wanted as materialized ({ROWS_WANTED}){LEARN_WORDS} "
    f"insert into overview_registerrow ({','.join(ROW_COLUMNS)}) select {','.join(ROW_COLUMNS)} from wanted"
)


def as_values(rows: Sequence[Row]) -> dict[str, Any]:
    """The values of DUTIES_WANTED."""
    return dict(zip(DUTY_COLUMNS, as_arrays(rows, DUTY_TYPES), strict=True))


def survivors_of(person_ids: Sequence[int]) -> list[int]:
    """Whom these people were merged into, but for those named already: what is due for them is stored there."""
    sql = "select distinct survivor_id from people_person where id = any(%s) and survivor_id <> all(%s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(person_ids), list(person_ids)])
        return [key for (key,) in cursor.fetchall()]


def with_owners_named(lines: Sequence[Row]) -> list[Row]:
    """List rows with the name of who owns what is next, also when they never walked alongside: an action's owner, an
    officer, whoever writes next. Few are, so their names are asked for by themselves."""
    unnamed = {row[_OWNER_ID] for row in lines if row[_OWNER_ID] and not row[_OWNER]}
    if not unnamed:
        return list(lines)
    with connection.cursor() as cursor:
        cursor.execute("select id, name from accounts_actor where id = any(%s)", [sorted(unnamed)])
        names = dict(cursor.fetchall())
    return [(*row[:_OWNER], row[_OWNER] or names.get(row[_OWNER_ID], ""), *row[_OWNER + 1 :]) for row in lines]


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is read and derived has no cycles, and a batch has so much of it that looking for some takes a tenth of
    the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@_uncollected()
def refresh(person_ids: Sequence[int], at: datetime) -> int:
    """Derives and stores for these people, as it stands `at` that moment, inside the caller's transaction and as the
    engine. How many were found."""
    ids = list(person_ids)
    duty_rows: list[Row] = []
    list_rows: list[Row] = []
    # Somebody merged into another isn't read; what may still be stored of them goes.
    stored = set(ids)
    people = list(read_people(ids))
    if len(people) < len(stored) and (survivors := survivors_of(ids)):
        people += read_people(survivors)
        ids, stored = ids + survivors, stored | set(survivors)
    for whole in people:
        due, lines = derive(whole, at)
        duty_rows += due
        list_rows += lines
        if not whole.is_stored:
            stored.discard(whole.facts.person_id)
    on_lists = {"rows": _as_json(ROW_COLUMNS, with_owners_named(list_rows))}
    with connection.cursor() as cursor:
        if stored:
            cursor.execute(STORE_DUTIES, as_values(duty_rows) | {"people": ids})
            cursor.execute(STORE_ROWS, on_lists | {"people": ids})
        else:
            cursor.execute(ADD_DUTIES, as_values(duty_rows))
            cursor.execute(ADD_ROWS, on_lists)
    return len(people)
