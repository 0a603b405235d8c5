"""Which column fills which field: something a person can correct, save and find again."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from alongside.exchange.sheets.headings.fields import BY_NAME
from alongside.exchange.sheets.headings.matching import plain
from alongside.exchange.sheets.values.dates import DAY_FIRST, MIXED, MONTH_FIRST

VERSION = 1


class BadMapping(ValueError):
    """A mapping that can't be used; the message is a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet (`index` from 0) and the field it fills, or None: then its text is kept as it is.

    `confidence` runs from 0 to 1. `order` is how its dates are read. `notes` are sentences about the column.
    """

    index: int
    heading: str
    field: str | None = None
    confidence: float = 0.0
    why: str = ""
    order: str = DAY_FIRST
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """The columns of a sheet; `heading_row` as numbered in the spreadsheet, from 1.

    `fingerprint` is the same for every sheet with the same headings in the same order.
    """

    heading_row: int
    columns: tuple[Column, ...]
    fingerprint: str = field(default="")

    def as_json(self) -> dict[str, Any]:
        """Plain lists and words, ready for JSON."""
        columns = [asdict(column) | {"notes": list(column.notes)} for column in self.columns]
        return {
            "version": VERSION,
            "heading_row": self.heading_row,
            "fingerprint": self.fingerprint,
            "columns": columns,
        }

    @classmethod
    def from_json(cls, data: Any) -> "Mapping":
        """The mapping that `as_json` made. Anything else raises BadMapping with a sentence."""
        try:
            columns = tuple(_column(entry) for entry in data["columns"])
            row = int(data["heading_row"])
            fingerprint = str(data.get("fingerprint", ""))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            if isinstance(error, BadMapping):
                raise
            raise BadMapping("This mapping could not be read. Make it again from the sheet.") from error
        if row < 1 or [column.index for column in columns] != list(range(len(columns))):
            raise BadMapping("This mapping does not fit a sheet. Make it again from the sheet.")
        return cls(row, columns, fingerprint)

    def with_field(self, index: int, name: str | None) -> "Mapping":
        """The same mapping with one column filling another field, or none, because a person says so."""
        if name is not None and name not in BY_NAME:
            raise BadMapping(f"There is no field called '{name}'.")
        if not 0 <= index < len(self.columns):
            raise BadMapping(f"The sheet has no column {index + 1}.")
        changed = replace(self.columns[index], field=name, confidence=1.0, why="Chosen by a person.")
        columns = (*self.columns[:index], changed, *self.columns[index + 1 :])
        return replace(self, columns=columns)

    def with_order(self, index: int, order: str) -> "Mapping":
        """The same mapping with the dates of one column read day first or month first."""
        if order not in (DAY_FIRST, MONTH_FIRST, MIXED) or not 0 <= index < len(self.columns):
            raise BadMapping("Dates are read day first or month first.")
        changed = replace(self.columns[index], order=order)
        return replace(self, columns=(*self.columns[:index], changed, *self.columns[index + 1 :]))

    def columns_of(self, name: str) -> tuple[Column, ...]:
        """The columns that fill a field, from left to right."""
        return tuple(column for column in self.columns if column.field == name)

    def has(self, name: str) -> bool:
        """Does a column fill this field?"""
        return any(column.field == name for column in self.columns)

    def faults(self) -> tuple[str, ...]:
        """Sentences that say what must be corrected before the sheet can be read with it; none when it can."""
        faults = []
        if not (self.has("name") or self.has("family_name") or self.has("nhs_number")):
            faults.append("No column holds names or NHS numbers. Say which column holds the name.")
        for name in sorted({column.field for column in self.columns if column.field}):
            headings = [f"'{column.heading}'" for column in self.columns_of(name)]
            if len(headings) > 1 and not BY_NAME[name].several:
                faults.append(f"{BY_NAME[name].label} is filled by {' and '.join(headings)}. Choose one of them.")
        return tuple(faults)


def _column(entry: Any) -> Column:
    name = entry.get("field")
    if name is not None and name not in BY_NAME:
        raise BadMapping(f"There is no field called '{name}'. Choose another for '{entry.get('heading', '')}'.")
    order = entry.get("order", DAY_FIRST)
    return Column(
        index=int(entry["index"]),
        heading=str(entry["heading"]),
        field=name,
        confidence=float(entry.get("confidence", 1.0)),
        why=str(entry.get("why", "")),
        order=order if order in (DAY_FIRST, MONTH_FIRST, MIXED) else DAY_FIRST,
        notes=tuple(str(note) for note in entry.get("notes", ())),
    )


def fingerprint_of(labels: Iterable[str]) -> str:
    """Thirty-two hexadecimal digits, the same for the same headings whatever their capitals and spaces."""
    words = "\n".join(plain(label) for label in labels).rstrip("\n")
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
