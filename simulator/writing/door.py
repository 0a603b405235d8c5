"""The one door through which rows are written in bulk: as the owner of the tables, into demonstrations only.

Inside the transaction the triggers are off that keep the history of changes (nobody typed these rows) and that check
or follow each row by itself (a sample of the rows is compared with what operations write instead). The digest of
each event is still taken by the database, and every constraint holds.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from alongside.foundation import launcher
from simulator.writing.table import TABLES

QUIET = ["keep_history", "a_belongs", "follow"]


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

    def numbers(self) -> dict[str, int]:
        """The next id of each table, free until the end of this transaction."""
        asked = [
            f"select '{kind}', last_value + case when is_called then 1 else 0 end from {self._sequence(table.name)}"
            for kind, table in TABLES.items()
        ]
        return dict(self.owner.execute(" union all ".join(asked)).fetchall())

    def put(self, lines: dict[str, str], next_ids: dict[str, int]) -> None:
        """Writes all rows, table by table, and moves the sequences on."""
        for kind, table in TABLES.items():
            self._copy(table.name, table.columns, lines[kind])
            self.owner.execute("select setval(%s, %s, false)", [self._sequence(table.name), next_ids[kind]])

    def _copy(self, name: str, columns: list[str], lines: str) -> None:
        quoted = ",".join(f'"{column}"' for column in columns)
        with self.owner.cursor() as cursor, cursor.copy(f"copy {name} ({quoted}) from stdin") as copy:
            copy.write(lines)

    def _sequence(self, table: str) -> str:
        found = self.owner.execute("select pg_get_serial_sequence(%s, 'id')", [table]).fetchone()
        assert found is not None
        return str(found[0])
