"""Seals the audit stores. Each new root goes at once to a file outside the database (settings.AUDIT_ROOTS).

Whoever owns the database can turn its triggers off and rewrite a whole chain; what they can't reach is the file.
Put it on another machine's disk, or send its lines on, where that matters.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction


class RootsUnusable(Exception):
    """The file of roots can't be read. The message says why."""


@dataclass(frozen=True)
class Root:
    """One link of the chain, as the database or the file has it."""

    seal: int
    store: str
    rows: int
    root: str


def seal_now(at: datetime) -> int:
    """Seals what has been written so far; returns how many rows. Nothing is sealed that can't be written outside."""
    with _roots_file() as file:
        publish(file, at)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select coalesce(sum(rows), 0) from audit.seal(%s)", [at])
            sealed = int(cursor.fetchone()[0])
        publish(file, at)
    return sealed


def publish(file: TextIOWrapper, at: datetime) -> None:
    """Appends the roots that the file does not have yet, and waits until they are on the disk."""
    here = database()
    last = max((root.seal for root in read_roots(Path(file.name), here)), default=0)
    new = list_roots(after=last)
    for root in new:
        line = {"database": here, "seal": root.seal, "store": root.store, "rows": root.rows, "root": root.root}
        file.write(json.dumps(line | {"at": at.isoformat()}) + "\n")
    if new:
        file.flush()
        os.fsync(file.fileno())


def database() -> str:
    """The name of this database with a number that a copy under the same name does not have."""
    with connection.cursor() as cursor:
        cursor.execute("select audit.database()")
        return str(cursor.fetchone()[0])


def list_roots(*, after: int = 0) -> list[Root]:
    """The chain as it is in the database."""
    with connection.cursor() as cursor:
        cursor.execute("select id, store, rows, root from audit.roots(%s)", [after])
        return [Root(*row) for row in cursor.fetchall()]


def read_roots(path: Path, of: str) -> list[Root]:
    """The roots of one database that the file has. Raises RootsUnusable for a line that is not one."""
    try:
        lines = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
        return [Root(i["seal"], i["store"], i["rows"], i["root"]) for i in lines if i["database"] == of]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise RootsUnusable(f"{path} can't be read as the file of roots: {problem}") from problem


@contextmanager
def _roots_file() -> Iterator[TextIOWrapper]:
    path: Path = settings.AUDIT_ROOTS
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        # `open` of a number has no path of its own.
        with open(path, "a") as file:
            yield file
