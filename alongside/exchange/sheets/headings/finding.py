"""Which row of a sheet holds the headings, under whatever titles stand above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.exchange.sheets.headings.matching import EXACT, HOLDING, NEARLY, match_heading, plain
from alongside.exchange.sheets.values.text import Cell, cell_text, clean

Row = Sequence[Cell]
# First row, first column, last row, last column, each from 0.
Merge = tuple[int, int, int, int]

# Headings stand in the first rows or nowhere.
ROWS_SEARCHED = 60
# At least so many headings must be known for a row to be the heading row without looking at what follows.
FEWEST_KNOWN = 2
_PARENT_ONLY = frozenset({"date", "name", "number", "given", "status", "type", "y n", "yes no", "by", "notes", "dated"})


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """Where the headings are (`index` from 0) and one label for each column; no two labels are the same.

    A column without a heading but with something under it is called 'Column H'; one with nothing is ''.
    """

    index: int
    labels: tuple[str, ...]
    known: int


def known_headings(row: Row) -> float:
    """How far a row looks like headings: one for each field named plainly, less for a field hinted at."""
    seen: dict[str, float] = {}
    for cell in row:
        if not isinstance(cell, str):
            continue
        match = match_heading(clean(cell), misspelled=False)
        if match and match.confidence >= HOLDING:
            worth = 1.0 if match.confidence in (EXACT, NEARLY) else 0.4
            seen[match.field.name] = max(seen.get(match.field.name, 0.0), worth)
    return sum(seen.values())


def best_score(rows: Sequence[Row]) -> float:
    """The best of `known_headings` over the first rows: how far a sheet looks like a register."""
    return max((known_headings(row) for row in rows[:ROWS_SEARCHED]), default=0.0)


def find_headings(rows: Sequence[Row], merges: Sequence[Merge] = ()) -> HeadingRow | None:
    """The heading row, or None when no row could be one."""
    index = _heading_index(rows)
    if index is None:
        return None
    index = _below_merged(rows, merges, index)
    labels = _unique(_fill_blanks(_with_parents(rows, merges, index), rows, index))
    return HeadingRow(index, labels, int(known_headings(rows[index])))


def _heading_index(rows: Sequence[Row]) -> int | None:
    scores = [known_headings(row) for row in rows[:ROWS_SEARCHED]]
    best = max(scores, default=0.0)
    if best >= FEWEST_KNOWN:
        return scores.index(best)
    return next((index for index, row in enumerate(rows[:ROWS_SEARCHED]) if _looks_like_headings(rows, index)), None)


def _looks_like_headings(rows: Sequence[Row], index: int) -> bool:
    """Two or more different short words without numbers, and something of the same breadth below."""
    texts = [clean(cell) if isinstance(cell, str) else None for cell in rows[index] if cell is not None]
    words = [text for text in texts if text and len(text) <= 60 and re.search(r"[^\W\d_]", text)]
    if len(words) < FEWEST_KNOWN or len(words) != len(texts) or len({text.casefold() for text in words}) != len(words):
        return False
    if any(re.search(r"\d{2}", text) for text in words):
        return False
    breadth = max((sum(cell is not None for cell in row) for row in rows[index + 1 : index + 21]), default=0)
    return breadth >= FEWEST_KNOWN and len(words) * 2 >= breadth


def _below_merged(rows: Sequence[Row], merges: Sequence[Merge], index: int) -> int:
    """Headings of two storeys: where most cells are merged with the row below, that row is the heading row."""
    down = sum(1 for top, left, bottom, right in merges if top == index and bottom == index + 1 and left == right)
    across = any(top == index == bottom and right > left for top, left, bottom, right in merges)
    return index + 1 if down >= 2 and across and index + 1 < len(rows) else index


def _with_parents(rows: Sequence[Row], merges: Sequence[Merge], index: int) -> list[str]:
    labels = [clean(cell_text(cell)) for cell in rows[index]]
    width = max(len(labels), 1)
    for top, left, bottom, right in merges:
        if bottom != index - 1 or right <= left or right - left + 1 > max(2, width * 0.7):
            continue
        parent = clean(cell_text(rows[top][left])) if left < len(rows[top]) else ""
        for column in range(left, min(right + 1, len(labels))):
            child = labels[column]
            if parent and child and (plain(child) in _PARENT_ONLY or not match_heading(child)):
                labels[column] = f"{parent} {child}"
    return labels


def _fill_blanks(labels: list[str], rows: Sequence[Row], index: int) -> list[str]:
    width = max((len(row) for row in rows[index:]), default=0)
    used: set[int] = set()
    for row in rows[index + 1 :]:
        used.update(column for column, cell in enumerate(row) if cell is not None)
    labels += [""] * (width - len(labels))
    return [label or (f"Column {letters(n)}" if n in used else "") for n, label in enumerate(labels)]


def _unique(labels: list[str]) -> tuple[str, ...]:
    seen: set[str] = set()
    result = []
    for label in labels:
        name, number = label, 2
        while name and name.casefold() in seen:
            name, number = f"{label} ({number})", number + 1
        seen.add(name.casefold())
        result.append(name)
    return tuple(result)


def letters(column: int) -> str:
    """A column's letters as Excel shows them: 0 is 'A', 26 is 'AA'."""
    name = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        name = chr(65 + left) + name
    return name
