"""Read a register spreadsheet of any kind found in the wild: one call, one error."""

import hashlib
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from alongside.exchange.sheets.headings.finding import find_headings
from alongside.exchange.sheets.reading.containers import TEXT, Container, inspect
from alongside.exchange.sheets.reading.delimited import read_delimited
from alongside.exchange.sheets.reading.sheet import MOST_BYTES, MOST_ROWS, SAVE_AGAIN, Sheet, Unreadable
from alongside.exchange.sheets.reading.workbook import read_workbook

__all__ = ["MOST_BYTES", "MOST_ROWS", "Sheet", "Unreadable", "read_sheet"]

Source = bytes | str | PathLike[str] | BinaryIO


def read_sheet(source: Source, filename: str = "", sheet_name: str | None = None) -> Sheet:
    """The rows of the sheet that looks like a register.

    `source` is the file's bytes, its path or an open binary file; `filename` is used in sentences only.
    `sheet_name` names another sheet of the workbook. Raises Unreadable and nothing else.
    """
    data = _bytes_of(source)
    try:
        container = inspect(data)
        sheet = read_delimited(data) if container.kind == TEXT else read_workbook(data, sheet_name)
    except Unreadable:
        raise
    except Exception as error:  # a file is never the cause of a crash
        raise Unreadable(f"{filename or 'This file'} could not be read. {SAVE_AGAIN}") from error
    if find_headings(sheet.rows, sheet.merges) is None:
        raise Unreadable(
            "No row of headings was found. The register needs one row that names its columns, "
            "such as Name, Date of birth and NHS number. Add it and send the file again."
        )
    notes = (*sheet.notes, *_formula_notes(container))
    return replace(sheet, notes=notes, digest=hashlib.sha256(data).hexdigest())


def _formula_notes(container: Container) -> tuple[str, ...]:
    if not container.empty_formulas:
        return ()
    count = container.empty_formulas
    return (
        f"{count:,} cells of the workbook hold a formula without a stored result, so they were read as empty. "
        "Open it in Excel, save it and send it again to have them read.",
    )


def _bytes_of(source: Source) -> bytes:
    try:
        if isinstance(source, bytes | bytearray | memoryview):
            data = bytes(source)
        elif isinstance(source, str | PathLike):
            with Path(source).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        else:
            data = source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unreadable("The file could not be opened. Check where it is and that it may be read.") from error
    if len(data) > MOST_BYTES:
        raise Unreadable(
            f"The file is larger than {MOST_BYTES // (1024 * 1024)} MB. "
            "Copy the register alone into a new workbook, without pictures, and send that."
        )
    return data
