"""Rows out of Excel and OpenDocument workbooks, and which sheet is the register."""

import io
from dataclasses import dataclass

import python_calamine

from alongside.exchange.sheets.headings.finding import FEWEST_KNOWN, Merge, best_score
from alongside.exchange.sheets.reading.sheet import (
    MOST_ROWS,
    MOST_SHEETS,
    SAVE_AGAIN,
    Sheet,
    Unreadable,
    check_breadth,
    tidy_row,
    without_empty_end,
)
from alongside.exchange.sheets.values.text import Cell

# Sheets of other kinds (charts, macros) hold no cells.
_WORKSHEET = python_calamine.SheetTypeEnum.WorkSheet
_VISIBLE = python_calamine.SheetVisibleEnum.Visible


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    rows: list[tuple[Cell, ...]]
    merges: tuple[Merge, ...]
    score: float


def read_workbook(data: bytes, sheet_name: str | None = None) -> Sheet:
    """The sheet that looks most like a register, or the one named; Unreadable when there is none.

    A formula gives its last stored value. A merged cell's value holds for every row that it covers.
    """
    try:
        return _read(data, sheet_name)
    except Unreadable:
        raise
    except python_calamine.PasswordError as error:
        raise Unreadable(
            "This workbook has a password. Open it, take the password off, save it and send it again."
        ) from error
    except BaseException as error:
        # The reader stops on some damaged files with an error of its own that is no ordinary exception.
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        raise Unreadable(f"This workbook is damaged or incomplete. {SAVE_AGAIN}") from error


def _read(data: bytes, sheet_name: str | None) -> Sheet:
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        shown, hidden = _names(workbook)
        if sheet_name is not None:
            if sheet_name not in (*shown, *hidden):
                raise Unreadable(f"The workbook has no sheet called '{sheet_name}'. Choose one that it has.")
            best = _read_sheet(workbook, sheet_name)
        else:
            best = _best(workbook, shown or hidden)
    others = tuple(name for name in (*shown, *hidden) if name != best.name)
    notes = _notes(best, others, hidden, chosen=sheet_name is None)
    return Sheet(tuple(best.rows), best.name, others, notes, best.merges)


def _names(workbook: python_calamine.CalamineWorkbook) -> tuple[list[str], list[str]]:
    kept = [sheet for sheet in workbook.sheets_metadata if sheet.typ == _WORKSHEET][:MOST_SHEETS]
    shown = [sheet.name for sheet in kept if sheet.visible == _VISIBLE]
    return shown, [sheet.name for sheet in kept if sheet.visible != _VISIBLE]


def _best(workbook: python_calamine.CalamineWorkbook, names: list[str]) -> _Read:
    best: _Read | None = None
    for name in names:
        found = _read_sheet(workbook, name)
        # The first wins between equals; a sheet with only headings gives way to one with rows.
        if found.rows and (best is None or (found.score, len(found.rows) > 1) > (best.score, len(best.rows) > 1)):
            best = found
    if best is None:
        raise Unreadable("This workbook has nothing in it. Check that it was saved, and send it again.")
    return best


def _read_sheet(workbook: python_calamine.CalamineWorkbook, name: str) -> _Read:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return _Read(name, [], (), 0.0)
    if sheet.total_height > MOST_ROWS + 1000:
        check_breadth([()] * sheet.total_height)
    indent = (None,) * sheet.start[1]
    rows = without_empty_end([tidy_row((*indent, *row)) for row in sheet.iter_rows()])
    check_breadth(rows)
    merges = tuple((a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ())
    return _Read(name, _fill_merged(rows, merges), merges, best_score(rows))


def _fill_merged(rows: list[tuple[Cell, ...]], merges: tuple[Merge, ...]) -> list[tuple[Cell, ...]]:
    """Put the value of a cell merged downwards into each row that it covers, in its first column."""
    for top, left, bottom, _right in merges:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if value is None:
            continue
        for number in range(top + 1, min(bottom, len(rows) - 1) + 1):
            row = rows[number]
            # A row with nothing of its own is not a row of the register.
            if not row or (left < len(row) and row[left] is not None):
                continue
            padded = [*row, *[None] * (left + 1 - len(row))]
            padded[left] = value
            rows[number] = tuple(padded)
    return rows


def _notes(best: _Read, others: tuple[str, ...], hidden: list[str], chosen: bool) -> tuple[str, ...]:
    notes = []
    if others and chosen:
        why = "it looks most like a register" if best.score >= FEWEST_KNOWN else "it is the first with anything in it"
        listed = ", ".join(f"'{name}'" for name in others[:8]) + (" and more" if len(others) > 8 else "")
        notes.append(f"The sheet '{best.name}' was read because {why}. Not read: {listed}.")
    if best.name in hidden:
        notes.append(f"The sheet '{best.name}' is hidden in the workbook.")
    return tuple(notes)
