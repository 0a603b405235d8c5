"""Reading a register spreadsheet: from the bytes of a file to rows that know who they are and what is wrong.

    sheet = read_sheet(path, filename)             # Unreadable(sentence)
    mapping = propose_mapping(sheet, saved=...)    # a person corrects and saves it
    prepared = prepare(sheet, mapping, today)      # BadMapping(sentence)

Pure: no database, no clock, nothing written.
"""

from alongside.exchange.sheets.headings import (
    BY_NAME,
    FIELDS,
    BadMapping,
    Column,
    Field,
    Mapping,
    find_headings,
    fingerprint_of,
    propose,
    refit,
)
from alongside.exchange.sheets.reading import MOST_BYTES, MOST_ROWS, Sheet, Unreadable, read_sheet
from alongside.exchange.sheets.rows import (
    Prepared,
    PreparedRow,
    Problem,
    count_outcomes,
    iter_prepared,
    prepare,
)

__all__ = [
    "BY_NAME",
    "FIELDS",
    "MOST_BYTES",
    "MOST_ROWS",
    "BadMapping",
    "Column",
    "Field",
    "Mapping",
    "Prepared",
    "PreparedRow",
    "Problem",
    "Sheet",
    "Unreadable",
    "count_outcomes",
    "fingerprint_of_sheet",
    "iter_prepared",
    "prepare",
    "propose_mapping",
    "read_sheet",
]


def propose_mapping(sheet: Sheet, saved: Mapping | None = None) -> Mapping:
    """A mapping for a sheet: the saved one when its headings are the same, else a proposal to check."""
    headings = find_headings(sheet.rows, sheet.merges)
    if headings is None:
        raise BadMapping("No row of headings was found. Add one that names the columns and send the file again.")
    if saved and saved.fingerprint == fingerprint_of(headings.labels):
        return refit(saved, sheet.rows, headings)
    return propose(sheet.rows, headings)


def fingerprint_of_sheet(sheet: Sheet) -> str:
    """The fingerprint under which a mapping saved for these headings is found; '' without headings."""
    headings = find_headings(sheet.rows, sheet.merges)
    return fingerprint_of(headings.labels) if headings else ""
