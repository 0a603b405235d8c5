"""Every row below the headings, prepared: typed values, remarks in sentences, nothing dropped, none left out.

Refused: there is nobody to make (no name and no NHS number), or the row contradicts itself (a date of birth that
is no day, lies ahead or is more than 120 years ago). It goes back to whoever keeps the sheet.
Review: a person must decide on the screen (an NHS number that fails its check digit, a rating that is no
colour, one name only, too little to tell people apart, perhaps the same person as another row).
Note: the row is used as it is; the sentence is worth reading.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from alongside.exchange.sheets.headings.mapping import BadMapping, Mapping
from alongside.exchange.sheets.reading.sheet import Sheet
from alongside.exchange.sheets.rows.cells import CellReader, RowInHand
from alongside.exchange.sheets.rows.checks import check_row
from alongside.exchange.sheets.rows.nobody import why_nobody
from alongside.exchange.sheets.rows.prepared import (
    BLANK,
    PERSON,
    Prepared,
    PreparedRow,
    Problem,
    count_outcomes,
    to_plain,
)
from alongside.exchange.sheets.rows.repeats import Repeats
from alongside.exchange.sheets.values.outcome import NOTE
from alongside.exchange.sheets.values.text import cell_text, clean

__all__ = [
    "Prepared",
    "PreparedRow",
    "Problem",
    "count_outcomes",
    "iter_prepared",
    "prepare",
]

# Rows done, rows in all.
Progress = Callable[[int, int], None]
_PROGRESS_EVERY = 500


def prepare(sheet: Sheet, mapping: Mapping, today: date, progress: Progress | None = None) -> Prepared:
    """Every row of a sheet, prepared. A mapping with faults raises BadMapping."""
    rows = tuple(iter_prepared(sheet, mapping, today, progress))
    columns = [f"{column.heading}: {note}" for column in mapping.columns for note in column.notes]
    return Prepared(rows, (*sheet.notes, *columns))


def iter_prepared(
    sheet: Sheet, mapping: Mapping, today: date, progress: Progress | None = None
) -> Iterator[PreparedRow]:
    """The rows one by one, in order; `progress` is told every 500 rows and at the end."""
    if faults := mapping.faults():
        raise BadMapping(" ".join(faults))
    return _rows(sheet, mapping, today, progress)


def _rows(sheet: Sheet, mapping: Mapping, today: date, progress: Progress | None) -> Iterator[PreparedRow]:
    typed = sheet.rows[mapping.heading_row - 1] if mapping.heading_row <= len(sheet.rows) else ()
    headings = tuple(clean(cell_text(cell)).casefold() for cell in typed)
    titles = frozenset(
        text for row in sheet.rows[: mapping.heading_row - 1] for cell in row if (text := clean(cell_text(cell)))
    )
    below = sheet.rows[mapping.heading_row :]
    reader, repeats = CellReader(mapping, today), Repeats()
    for done, row in enumerate(below, 1):
        hand = reader.read(mapping.heading_row + done, row)
        if why := why_nobody(row, headings, titles):
            yield _nobody(hand, why)
        else:
            yield repeats.judge(_person(hand, today), hand)
        if progress and (done % _PROGRESS_EVERY == 0 or done == len(below)):
            progress(done, len(below))


def _nobody(hand: RowInHand, why: str) -> PreparedRow:
    problems = (Problem("", why, NOTE, "nobody"),)
    return PreparedRow(hand.number, BLANK, problems=problems, unmapped=dict(hand.raw), raw=hand.raw)


def _person(hand: RowInHand, today: date) -> PreparedRow:
    check_row(hand, today)
    problems, fingerprint = tuple(hand.problems), fingerprint_of_row(hand)
    return PreparedRow(hand.number, PERSON, hand.fields, problems, hand.unmapped, hand.raw, fingerprint)


def fingerprint_of_row(hand: RowInHand) -> str:
    """SHA-256 over the facts of a row: the same however its dates, capitals and spaces are typed."""
    fields = {name: replace(value, text="") if hasattr(value, "text") else value for name, value in hand.fields.items()}
    facts = {"fields": to_plain(fields), "others": hand.others}
    words = json.dumps(facts, sort_keys=True, ensure_ascii=False).casefold()
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
