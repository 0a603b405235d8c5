"""How an area stands, in numbers for a senior officer: never a person, and never a small number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.features.escalation.text import SMALLEST

#: (words, how many) of an area at a moment, from rooms above this one.
Counts = Callable[[int, datetime], Iterable[tuple[str, int]]]


def _nothing(icb_id: int, at: datetime) -> Iterable[tuple[str, int]]:
    return ()


_counts: list[Counts] = [_nothing]


def counts_from(counts: Counts) -> None:
    """Where the numbers come from. For `config/wiring.py` only."""
    _counts[:] = [counts]


@dataclass(frozen=True, slots=True)
class Number:
    """How many; none where it is too small to be told."""

    words: str
    many: int | None


def read_area(icb_id: int, at: datetime) -> list[Number]:
    """Numbers of an area at a moment; whoever is shown them reaches no person."""
    return [Number(words, many if many >= SMALLEST else None) for words, many in _counts[0](icb_id, at)]
