"""Workbooks made for a test, and the sample register kept as text."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from alongside.exchange.sheets import Mapping, Prepared, Sheet, prepare, propose_mapping, read_sheet

TODAY = date(2026, 11, 22)
HEADINGS = ("Name", "DOB", "NHS Number", "RAG")


def workbook(*rows: Sequence[Any], merged: Iterable[str] = (), title: str = "DSR") -> bytes:
    """An Excel workbook of one sheet."""
    return workbook_of({title: rows}, merged=merged)


def workbook_of(
    sheets: dict[str, Sequence[Sequence[Any]]], *, merged: Iterable[str] = (), hidden: Sequence[str] = ()
) -> bytes:
    """An Excel workbook of several sheets; `merged` ranges are of the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sample_rows() -> list[list[Any]]:
    """The sample register: in its text, year-month-day is an Excel date and '=9' is a number."""
    path = Path(__file__).parent / "register_northmoor.csv"
    with path.open(newline="", encoding="utf-8") as file:
        return [[_typed(text) for text in row] for row in csv.reader(file)]


def sample_workbook() -> bytes:
    """The sample register as the Excel workbook that it was."""
    return workbook(*sample_rows())


def _typed(text: str) -> Any:
    if not text:
        return None
    if text.startswith("="):
        return int(text[1:])
    if len(text) == 10 and text[4] == text[7] == "-":
        return datetime.fromisoformat(text)
    return text


def prepared(data: bytes, today: date = TODAY) -> Prepared:
    """What becomes of a file with the mapping that is proposed for it."""
    sheet = read_sheet(data, "register")
    return prepare(sheet, propose_mapping(sheet), today)


def mapped(data: bytes) -> tuple[Sheet, Mapping]:
    """A file and the mapping proposed for it."""
    sheet = read_sheet(data, "register")
    return sheet, propose_mapping(sheet)


def codes(row) -> set[str]:
    """The codes of what is said about a row."""
    return {problem.code for problem in row.problems}
