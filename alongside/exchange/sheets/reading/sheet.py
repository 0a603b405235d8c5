"""A sheet as rows of cells, and the one error that reading a file gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from alongside.exchange.sheets.headings.finding import Merge
from alongside.exchange.sheets.values.text import Cell

# Limits on one file. A register of a large ICB is a few thousand rows and a megabyte or two.
MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
# Rows times columns, as calamine reserves room for every cell of the rectangle, empty ones too.
MOST_CELLS = 12_000_000
# What a workbook may unpack to.
MOST_UNPACKED = 600 * 1024 * 1024
MOST_PARTS = 5_000
MOST_SHEETS = 60

SAVE_AGAIN = "Open it in Excel, choose 'Save as', then 'Excel workbook (.xlsx)', and send that file."


class Unreadable(Exception):
    """The file can't be read as a register. `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells from the first row of the sheet; empty cells are None and empty rows at the end are gone.

    `sheet_name` is '' for CSV. `other_sheets` are the names of the rest. `digest` is the SHA-256 of the file.
    `notes` are sentences about how the file was read.
    """

    rows: tuple[tuple[Cell, ...], ...]
    sheet_name: str = ""
    other_sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    digest: str = ""


def tidy_cell(cell: Cell) -> Cell:
    """None for an empty cell, a whole number without its point, a day without its midnight."""
    if isinstance(cell, str):
        return cell if cell.strip() else None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    if isinstance(cell, timedelta):
        return str(cell)
    return cell


def tidy_row(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """A row of tidy cells without the empty ones at its end."""
    row = [tidy_cell(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def without_empty_end(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The rows without the empty ones at the end."""
    while rows and not rows[-1]:
        rows.pop()
    return rows


def check_breadth(rows: Sequence[Sequence[Cell]]) -> None:
    """Raise Unreadable when the sheet is longer or wider than any register."""
    if len(rows) > MOST_ROWS:
        raise Unreadable(
            f"The sheet has {len(rows):,} rows and at most {MOST_ROWS:,} can be read at once. "
            "Delete the empty rows below the register, or split it into several files."
        )
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise Unreadable(f"The sheet has more than {MOST_COLUMNS:,} columns. Delete those that are not needed.")
