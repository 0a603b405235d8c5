"""Rows as PostgreSQL arrays, one for each column: what the database reads fastest from a statement.

About twice as quick as JSON for the many rows of a recount, on both sides.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any


def as_arrays(rows: Sequence[Sequence[Any]], types: Sequence[str]) -> list[str]:
    """One array literal for each column, in order. Text is never missing; everything else may be None."""
    if not rows:
        return ["{}"] * len(types)
    return [WRITE[kind](column) for kind, column in zip(types, zip(*rows, strict=True), strict=True)]


def _texts(column: Sequence[str]) -> str:
    whole = '","'.join(column)
    if "\\" in whole or whole.count('"') != 2 * (len(column) - 1):
        escaped = (text.replace("\\", "\\\\").replace('"', '\\"') for text in column)
        whole = '","'.join(escaped)
    return f'{{"{whole}"}}'


def _numbers(column: Iterable[int | None]) -> str:
    return "{" + ",".join(["NULL" if number is None else str(number) for number in column]) + "}"


def _truths(column: Iterable[bool | None]) -> str:
    return "{" + ",".join(["NULL" if truth is None else "t" if truth else "f" for truth in column]) + "}"


def _times(column: Iterable[date | datetime | None]) -> str:
    return "{" + ",".join(["NULL" if time is None else _written(time) for time in column]) + "}"


@lru_cache(maxsize=50_000)
def _written(time: date | datetime) -> str:
    return time.isoformat()


WRITE: dict[str, Callable[[Any], str]] = {
    "text": _texts,
    "bigint": _numbers,
    "smallint": _numbers,
    "boolean": _truths,
    "timestamptz": _times,
    "date": _times,
}
