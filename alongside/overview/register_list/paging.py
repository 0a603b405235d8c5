"""Paging by key: a page begins after the last row of the one before, however deep, and no row is lost or doubled."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

PAGE = 25


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an order in which one index gives the rows one after another. The columns end with the entry."""

    columns: tuple[str, ...]
    only: Q = Q()


#: Each follows an index of the list's table (see RegisterRow). Never rated comes before the oldest rating.
SORTS: dict[str, tuple[Stretch, ...]] = {
    "due": (Stretch(("next_due", "entry_id")),),
    "name": (Stretch(("family_name", "given_name", "entry_id")),),
    "colour": (Stretch(("colour_rank", "next_due", "entry_id")),),
    "rated": (
        Stretch(("entry_id",), Q(rated_on__isnull=True)),
        Stretch(("rated_on", "entry_id"), Q(rated_on__isnull=False)),
    ),
}
_READERS: dict[str, Any] = {"next_due": datetime.fromisoformat, "rated_on": date.fromisoformat}
_KINDS = {"next_due": str, "rated_on": str, "family_name": str, "given_name": str, "colour_rank": int, "entry_id": int}


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order: which stretch, and the values of its columns."""

    stretch: int
    values: tuple[Any, ...]

    def packed(self) -> str:
        plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in self.values]
        text = json.dumps([self.stretch, *plain], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def unpacked(cls, text: str, sort: str) -> "Cursor | None":
        """None for what is no place in this order: the list then begins at its beginning."""
        if not text or len(text) > 600:
            return None
        try:
            stretch, *values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            columns = SORTS[sort][stretch].columns
            if stretch < 0 or len(values) != len(columns):
                return None
            return cls(stretch, tuple(_read(c, v) for c, v in zip(columns, values, strict=True)))
        except (ValueError, TypeError, IndexError, KeyError, RecursionError):
            return None


def _read(column: str, value: Any) -> Any:
    if type(value) is not _KINDS[column] or (isinstance(value, int) and abs(value) > 2**62):
        raise ValueError(column)
    if isinstance(value, str) and "\x00" in value:
        raise ValueError(column)
    read = _READERS[column](value) if column in _READERS else value
    if isinstance(read, datetime) and read.tzinfo is None:
        raise ValueError(column)
    return read


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and the places to go on from: None where there is nothing more."""

    rows: list[Any]
    before: Cursor | None
    after: Cursor | None


def read_page(rows: QuerySet, sort: str, after: Cursor | None, before: Cursor | None, size: int = PAGE) -> Page:
    """One page in one statement."""
    back = before is not None
    found = list(_ordered(rows, SORTS[sort], before if back else after, back, size + 1))
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([], None, None)
    first, last = _place(found[0], sort), _place(found[-1], sort)
    at_start = not (more if back else after is not None)
    at_end = not (True if back else more)
    return Page(found, None if at_start else first, None if at_end else last)


def _ordered(
    rows: QuerySet, stretches: Sequence[Stretch], place: Cursor | None, back: bool, most: int
) -> list[Any] | QuerySet:
    begin = place.stretch if place else (len(stretches) - 1 if back else 0)
    numbers = range(begin, -1, -1) if back else range(begin, len(stretches))
    parts = []
    for number in numbers:
        stretch = stretches[number]
        part = rows.filter(stretch.only) if len(stretches) > 1 else rows
        if place and number == place.stretch:
            beyond = TupleLessThan if back else TupleGreaterThan
            part = part.filter(beyond(Tuple(*map(F, stretch.columns)), place.values))
        sign = "-" if back else ""
        parts.append(part.order_by(*(sign + column for column in stretch.columns))[:most])
    if len(parts) == 1:
        return parts[0]
    # Rows arrive part by part; sorted once more, because a union promises no order.
    order = list(numbers)
    found = sorted(
        parts[0].union(*parts[1:], all=True),
        key=lambda row: (order.index(_stretch_of(row, "rated")), *_forwards(_place(row, "rated").values, back)),
    )
    return found[:most]


def _forwards(values: tuple[Any, ...], back: bool) -> tuple[Any, ...]:
    numbers = tuple(v.toordinal() if isinstance(v, date) else v for v in values)
    return tuple(-n for n in numbers) if back else numbers


def _stretch_of(row: Any, sort: str) -> int:
    return 0 if sort != "rated" or row.rated_on is None else 1


def _place(row: Any, sort: str) -> Cursor:
    number = _stretch_of(row, sort)
    return Cursor(number, tuple(getattr(row, column) for column in SORTS[sort][number].columns))
