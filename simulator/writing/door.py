"""The one door through which rows are written in bulk: as the owner of the tables, into demonstrations only.

Inside the transaction the triggers are off that keep the history of changes (nobody typed these rows) and that check
or follow each row by itself (a sample of the rows is compared with what operations write instead). The digest of
each event is still taken by the database, and every constraint holds.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import psycopg
from django.db import connection

from alongside.foundation import launcher
from simulator.writing.table import TABLES
from simulator.writing.written import Numbers, Row

QUIET = ["keep_history", "a_belongs", "follow"]
BUFFER = 4 * 1024 * 1024


class NotADemonstration(Exception):
    """The database was made for real people. Nothing invented may be written into it."""


def connect() -> psycopg.Connection[Any]:
    """As the owner, to the database that this process uses."""
    address = launcher.database_address() | {"name": connection.settings_dict["NAME"]}
    return launcher.connect_as_owner(json.dumps(address))


def check_demonstration(owner: psycopg.Connection[Any]) -> None:
    found = owner.execute("select demonstration from organisations_installation").fetchone()
    if found is None or not found[0]:
        raise NotADemonstration(
            "This database was not made as a demonstration, so nothing invented is written into it. "
            "Make one with `alongside make-demo` in a new database."
        )


@contextmanager
def opened() -> Iterator["Door"]:
    """A transaction: everything that is put through the door is kept together or not at all."""
    with connect() as owner:
        check_demonstration(owner)
        door = Door(owner)
        door.quieten()
        yield door
        door.waken()


class Door:
    def __init__(self, owner: psycopg.Connection[Any]) -> None:
        self.owner = owner

    def quieten(self) -> None:
        """Also locks the tables against other writers until the end of the transaction."""
        self._triggers("disable")

    def waken(self) -> None:
        self.owner.execute("set constraints all immediate")
        self._triggers("enable")

    def _triggers(self, what: str) -> None:
        found = self.owner.execute(
            "select tgrelid::regclass::text, tgname from pg_trigger where tgname = any(%s) "
            "and tgrelid = any(%s::regclass[]) order by 1, 2",
            [QUIET, [table.name for table in TABLES.values()]],
        ).fetchall()
        for table, name in found:
            self.owner.execute(f"alter table {table} {what} trigger {name}")

    def numbers(self) -> Numbers:
        """The next id of each table, free until the end of this transaction."""
        found = {}
        for kind, table in TABLES.items():
            row = self.owner.execute(f"select nextval({_sequence(table.name)})").fetchone()
            assert row is not None
            found[kind] = row[0]
        return Numbers(found)

    def put(self, lives: Iterable[dict[str, list[Row]]], numbers: Numbers) -> int:
        """Writes all rows, table by table, and moves the sequences on. How many rows."""
        buffers = {kind: StringIO() for kind in TABLES}
        count = 0
        for rows in lives:
            for kind, found in rows.items():
                buffer, line = buffers[kind], TABLES[kind].line
                for row in found:
                    row.pop("_worker", None)
                    buffer.write(line(row))
                count += len(found)
        for kind, table in TABLES.items():
            self._copy(table.name, table.columns, buffers[kind])
            self.owner.execute(f"select setval({_sequence(table.name)}, {numbers.next_ids[kind]})")
        return count

    def _copy(self, name: str, columns: list[str], buffer: StringIO) -> None:
        quoted = ",".join(f'"{column}"' for column in columns)
        buffer.seek(0)
        with self.owner.cursor() as cursor, cursor.copy(f"copy {name} ({quoted}) from stdin") as copy:
            while block := buffer.read(BUFFER):
                copy.write(block)


def _sequence(table: str) -> str:
    return f"pg_get_serial_sequence('{table}', 'id')"
