"""What counts as open work of a keyworker besides the people themselves. Each room says it of its own rows.

`config/wiring.py` plugs the kinds in, so that a room above or below this one can have one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet, Value

from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes


class Row(NamedTuple):
    """A piece of work: its number, whom it is about (None for nobody), what it is without names, and when it is due."""

    number: int
    person_id: int | None
    what: str
    due: date | None


@dataclass(frozen=True)
class Kind:
    """A kind of work. one, many: what it is called.

    list_open: (worker, area) -> what is not over, as values of a query in the order of a `Row`'s fields; of a record
    that was merged into another, the one person. move: these rows get another owner; called inside `recording()`.
    Both are called as the engine.
    """

    one: str
    many: str
    list_open: Callable[[int, int], QuerySet]
    move: Callable[[Notes, Sequence[int], Actor], None]


class Item(NamedTuple):
    """A row with the name of its kind."""

    kind: str
    row: Row


_kinds: dict[str, Kind] = {}


def plug(name: str, kind: Kind) -> None:
    """Called by `config/wiring.py` only."""
    _kinds[name] = kind


def list_open_work(worker_id: int, icb_id: int, *, until: date | None = None) -> list[Item]:
    """All open work of somebody in an area, what is due first. `until`: only what is due by then, or on no day.

    One statement, however many kinds there are.
    """
    kinds = [kind.list_open(worker_id, icb_id).annotate(kind=Value(name)) for name, kind in _kinds.items()]
    with context.as_engine():
        found = [Item(name, Row(*row)) for *row, name in kinds[0].union(*kinds[1:], all=True)]
    kept = [item for item in found if until is None or item.row.due is None or item.row.due <= until]
    return sorted(kept, key=lambda item: (item.row.due or date.max, item.kind, item.row.number))


def move_work(note: Notes, items: Iterable[Item], to: Actor) -> None:
    """Another owner for these. Called as the engine."""
    by_kind: dict[str, list[int]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item.row.number)
    for name, numbers in by_kind.items():
        _kinds[name].move(note, numbers, to)


def in_words(name: str, many: int) -> str:
    """'1 action', '3 actions'."""
    kind = _kinds[name]
    return f"{many} {kind.one if many == 1 else kind.many}"
