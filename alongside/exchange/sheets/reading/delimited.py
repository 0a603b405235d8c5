"""Rows out of CSV and its relatives, whatever the encoding and whatever stands between the cells."""

import codecs
import csv
import io
import re
from typing import Literal

from alongside.exchange.sheets.reading.sheet import (
    MOST_CELLS,
    MOST_ROWS,
    SAVE_AGAIN,
    Sheet,
    Unreadable,
    check_breadth,
    tidy_row,
    without_empty_end,
)

_DELIMITERS = ",;\t|"
# Lines looked at to find out what stands between the cells.
_LINES_TRIED = 60
# One cell this long is a quotation mark that was never closed.
_LONGEST_CELL = 1_000_000
_NOT_TEXT = "This is not a spreadsheet or a CSV file. " + SAVE_AGAIN
_OPEN_QUOTE = "A quotation mark in this file is never closed, so quotation marks were read as ordinary letters."


def read_delimited(data: bytes) -> Sheet:
    """The rows of a CSV file: UTF-8, UTF-16 or Windows letters; comma, semicolon, tab or bar."""
    text, encoding = _decoded(data)
    text, told = _told_delimiter(text)
    delimiter = told or _delimiter(text)
    if text.count(delimiter) > MOST_CELLS:
        raise Unreadable("This file has too many columns to be a register. " + SAVE_AGAIN)
    if text.count("\n") + text.count("\r") > 4 * MOST_ROWS:
        raise Unreadable(f"This file has more than {MOST_ROWS:,} rows. Split it into several files.")
    rows, notes = _rows(text, delimiter)
    rows = without_empty_end(rows)
    check_breadth(rows)
    if encoding == "cp1252":
        notes.append("The file is in Windows letters; check that names with accents are right.")
    return Sheet(tuple(rows), notes=tuple(notes))


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding), encoding
    if data.count(0) > len(data) // 5:
        # Plain letters in UTF-16 have a nought beside each: on even places the larger half comes first.
        larger_first = data[0::2].count(0) > data[1::2].count(0)
        return _strictly(data, "utf-16-be" if larger_first else "utf-16-le"), "utf-16"
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _windows(data), "cp1252"
    _check_is_text(text)
    return text.replace("\x00", ""), encoding


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data[: len(data) - len(data) % 2 if encoding.startswith("utf-16") else None].decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_NOT_TEXT) from error
    _check_is_text(text)
    return text.replace("\x00", "").lstrip("\ufeff")


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows letters; they are kept as the control characters they also are.
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _check_is_text(text: str) -> None:
    sample = text[:200_000]
    strange = len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]", sample))
    if strange > 8 and strange * 50 > len(sample):
        raise Unreadable(_NOT_TEXT)


def _told_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line 'sep=;' says what stands between the cells."""
    found = re.match(r"\"?sep=([,;\t|])\"?\r?\n", text, re.IGNORECASE)
    return (text[found.end() :], found[1]) if found else (text, "")


def _delimiter(text: str) -> str:
    lines = [line for line in text[:200_000].splitlines()[: _LINES_TRIED * 3] if line.strip()][:_LINES_TRIED]
    scores = {delimiter: _evenness(lines, delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _evenness(lines: list[str], delimiter: str) -> float:
    """How many cells most lines have, times how many lines agree: the right delimiter gives wide, even rows."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        widths = [line.count(delimiter) + 1 for line in lines]
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    usual = max(sorted(set(wide)), key=wide.count)
    return usual * wide.count(usual) / len(widths)


def _rows(text: str, delimiter: str) -> tuple[list[tuple], list[str]]:
    try:
        return _parsed(text, delimiter, strict=True), []
    except csv.Error as error:
        if "unexpected end" not in str(error) and "field larger" not in str(error):
            return _leniently(text, delimiter)
    return _parsed(text, delimiter, quoted=False), [_OPEN_QUOTE]


def _leniently(text: str, delimiter: str) -> tuple[list[tuple], list[str]]:
    try:
        rows = _parsed(text, delimiter)
    except csv.Error:
        rows = []
    # A quotation mark left open swallows the rows after it into one cell of many lines.
    if rows and not any(isinstance(cell, str) and cell.count("\n") > 50 for row in rows for cell in row):
        return rows, []
    return _parsed(text, delimiter, quoted=False), [_OPEN_QUOTE]


def _parsed(text: str, delimiter: str, *, quoted: bool = True, strict: bool = False) -> list[tuple]:
    # csv keeps its limit for the whole process; a longer one does no harm and a shorter one would.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    stream = io.StringIO(text, newline="")
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    try:
        return [tidy_row(row) for row in csv.reader(stream, delimiter=delimiter, quoting=quoting, strict=strict)]
    except csv.Error as error:
        if not quoted:
            raise Unreadable(_NOT_TEXT) from error
        raise
