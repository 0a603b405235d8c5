"""Paging by key: a page begins after the last row of the one before, however deep, and no row is lost or doubled."""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

PAGE = 25


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an order in which one index gives the rows one after another. The columns end with the entry."""

    columns: tuple[str, ...]
    only: str = ""


#: Each follows an index of the list's table (see RegisterRow). Never rated comes before the oldest rating.
#: What is late comes by urgency, then the rest by when it turns late: `edge` is the moment that parts them.
SORTS: dict[str, tuple[Stretch, ...]] = {
    "due": (
        Stretch(("urgency", "late_from", "entry_id"), "t.late_from < %(edge)s"),
        Stretch(("late_from", "entry_id"), "t.late_from >= %(edge)s"),
    ),
    "name": (Stretch(("family_name", "given_name", "entry_id")),),
    "colour": (Stretch(("colour_rank", "next_due", "entry_id")),),
    "rated": (
        Stretch(("entry_id",), "t.rated_on is null"),
        Stretch(("rated_on", "entry_id"), "t.rated_on is not null"),
    ),
}
_READERS: dict[str, Any] = {
    "next_due": datetime.fromisoformat,
    "late_from": datetime.fromisoformat,
    "rated_on": date.fromisoformat,
    "edge": datetime.fromisoformat,
}
_NUMBERS = ("colour_rank", "urgency", "entry_id")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order: which stretch, the values of its columns, and the moment for which the order was made.

    Later pages keep that moment, so that nobody who turns late meanwhile is lost or shown twice.
    """

    stretch: int
    values: tuple[Any, ...]
    edge: datetime

    def packed(self) -> str:
        plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in (self.edge, *self.values)]
        text = json.dumps([self.stretch, *plain], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def unpacked(cls, text: str, sort: str) -> "Cursor | None":
        """None for what is no place in this order: the list then begins at its beginning."""
        if not text or len(text) > 600:
            return None
        try:
            stretch, edge, *values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            columns = SORTS[sort][stretch].columns
            if stretch < 0 or len(values) != len(columns):
                return None
            read = tuple(_read(c, v) for c, v in zip(columns, values, strict=True))
            return cls(stretch, read, _read("edge", edge))
        except (ValueError, TypeError, IndexError, KeyError, RecursionError):
            return None


def _read(column: str, value: Any) -> Any:
    if type(value) is not (int if column in _NUMBERS else str) or (isinstance(value, int) and abs(value) > 2**62):
        raise ValueError(column)
    if isinstance(value, str) and "\x00" in value:
        raise ValueError(column)
    read = _READERS[column](value) if column in _READERS else value
    if isinstance(read, datetime) and read.tzinfo is None:
        raise ValueError(column)
    return read


class Line(NamedTuple):
    """One line of the list (see RegisterRow), with what the page shows of it."""

    entry_id: int
    person_id: int
    guard: int
    reference: str
    family_name: str
    given_name: str
    birth_date: date | None
    colour: str
    colour_rank: int
    colour_since: date | None
    rated_on: date | None
    proposal: str
    in_hospital: bool
    provisional: bool
    council: str
    keyworker_name: str
    next_what: str
    next_due: datetime
    next_owner: str
    late_from: datetime
    backlog: bool
    urgency: int
    changes_at: datetime | None

    @property
    def pk(self) -> int:
        return self.entry_id


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and the places to go on from: None where there is nothing more."""

    rows: list[Line]
    before: Cursor | None
    after: Cursor | None


def read_page(
    condition: str,
    values: dict[str, Any],
    sort: str,
    after: Cursor | None,
    before: Cursor | None,
    size: int = PAGE,
) -> Page:
    """One page in one statement. `condition` is about the table `t`, its parameters are in `values` by name."""
    back = before is not None
    place = before or after
    edge = place.edge if place else values["now"]
    found = _ordered(condition, values | {"edge": edge}, sort, place, back, size + 1)
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([], None, None)
    first, last = _place(found[0], sort, edge), _place(found[-1], sort, edge)
    at_start = not (more if back else after is not None)
    at_end = not (True if back else more)
    return Page(found, None if at_start else first, None if at_end else last)


def _ordered(
    condition: str, values: dict[str, Any], sort: str, place: Cursor | None, back: bool, most: int
) -> list[Line]:
    sql, order = _statement(condition, sort, place.stretch if place else None, back)
    beyond = {f"place_{number}": value for number, value in enumerate(place.values)} if place else {}
    edge = values["edge"]
    with connection.cursor() as cursor:
        cursor.execute(sql, values | beyond | {"most": most})
        found = [Line(*row) for row in cursor.fetchall()]
    if len(order) > 1:
        # Rows arrive part by part; sorted once more, because a union promises no order.
        found.sort(
            key=lambda row: (
                order.index(_stretch_of(row, sort, edge)),
                *_forwards(_place(row, sort, edge).values, back),
            ),
        )
    return found[:most]


@lru_cache(maxsize=512)
def _statement(condition: str, sort: str, stretch: int | None, back: bool) -> tuple[str, tuple[int, ...]]:
    """(the statement, the stretches that it reads in order); `stretch` is where the place is, if there is one."""
    stretches = SORTS[sort]
    begin = stretch if stretch is not None else (len(stretches) - 1 if back else 0)
    order = tuple(range(begin, -1, -1) if back else range(begin, len(stretches)))
    parts = [_part(condition, stretches[number], number == stretch, back) for number in order]
    return (parts[0] if len(parts) == 1 else " union all ".join(f"({part})" for part in parts)), order


def _part(condition: str, stretch: Stretch, placed: bool, back: bool) -> str:
    tests = [condition, *([stretch.only] if stretch.only else [])]
    columns = [f"t.{column}" for column in stretch.columns]
    if placed:
        places = ", ".join(f"%(place_{number})s" for number in range(len(columns)))
        tests.append(f"({', '.join(columns)}) {'<' if back else '>'} ({places})")
    order = ", ".join(f"{column} desc" if back else column for column in columns)
    shown = ", ".join(f"t.{column}" for column in Line._fields)
    return f"select {shown} from overview_registerrow t where {' and '.join(tests)} order by {order} limit %(most)s"


def _forwards(values: tuple[Any, ...], back: bool) -> tuple[Any, ...]:
    numbers = tuple(_number(v) for v in values)
    return tuple(-n for n in numbers) if back else numbers


def _number(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    return value.toordinal() if isinstance(value, date) else value


def _stretch_of(row: Any, sort: str, edge: datetime) -> int:
    if sort == "due":
        return 0 if row.late_from < edge else 1
    return 0 if sort != "rated" or row.rated_on is None else 1


def _place(row: Any, sort: str, edge: datetime) -> Cursor:
    number = _stretch_of(row, sort, edge)
    return Cursor(number, tuple(getattr(row, column) for column in SORTS[sort][number].columns), edge)
