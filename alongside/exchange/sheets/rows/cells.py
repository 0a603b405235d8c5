"""The cells of one row as typed values, with everything that no value holds kept as text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.exchange.sheets.headings.fields import BY_NAME
from alongside.exchange.sheets.headings.finding import letters
from alongside.exchange.sheets.headings.mapping import Column, Mapping
from alongside.exchange.sheets.rows.prepared import Problem
from alongside.exchange.sheets.values.agreement import read_consent
from alongside.exchange.sheets.values.circumstances import (
    read_keyworker,
    read_looked_after,
    read_school,
    read_text,
    read_unit,
    read_yes_no,
)
from alongside.exchange.sheets.values.dates import read_any_date, read_birth_date, read_past_date
from alongside.exchange.sheets.values.equality import read_ethnicity, read_gender
from alongside.exchange.sheets.values.identifiers import (
    read_email,
    read_nhs_number,
    read_phone,
    read_postcode,
)
from alongside.exchange.sheets.values.names import (
    PersonName,
    join_name,
    read_name,
    read_name_part,
    with_known_as,
)
from alongside.exchange.sheets.values.outcome import Outcome
from alongside.exchange.sheets.values.ratings import read_diagnosis, read_rating
from alongside.exchange.sheets.values.text import Cell, cell_text

_READERS: dict[str, Callable[[Cell], Outcome]] = {
    "text": read_text,
    "name": read_name,
    "name_part": read_name_part,
    "nhs_number": read_nhs_number,
    "diagnosis": read_diagnosis,
    "rating": read_rating,
    "keyworker": read_keyworker,
    "unit": read_unit,
    "yes_no": read_yes_no,
    "looked_after": read_looked_after,
    "consent": read_consent,
    "postcode": read_postcode,
    "school": read_school,
    "phone": read_phone,
    "email": read_email,
    "ethnicity": read_ethnicity,
    "gender": read_gender,
}
_DATE_READERS = {"birth_date": read_birth_date, "past_date": read_past_date, "date": read_any_date}

MOST_REMEMBERED = 50_000


@dataclass(slots=True)
class RowInHand:
    """A row while it is being read."""

    number: int
    fields: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unmapped: dict[str, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    # Texts of columns that fill no field: facts of the sheet, for the fingerprint and for comparing repeats.
    others: dict[str, str] = field(default_factory=dict)
    heading_of: dict[str, str] = field(default_factory=dict)

    def say(self, name: str, code: str, sentence: str, severity: str) -> None:
        """Add a remark about a field, or about the row when `name` is ''."""
        self.problems.append(Problem(self.heading_of.get(name, ""), sentence, severity, code))

    def drop(self, name: str) -> None:
        """Take a value away and keep its text."""
        self.fields.pop(name, None)
        heading = self.heading_of.get(name, "")
        if text := self.raw.get(heading):
            self.unmapped[heading] = text


class CellReader:
    """Reads the rows of one sheet.

    The same few words fill most cells of a column, so each is read once. What was read is forgotten with the
    reader: nothing about people stays in the memory of the process.
    """

    def __init__(self, mapping: Mapping, today: date) -> None:
        self._columns = mapping.columns
        self._today = today
        self._known: dict[tuple[str, str, type, Cell], Outcome] = {}

    def read(self, number: int, row: tuple[Cell, ...]) -> RowInHand:
        """Every cell of a row, read by the field its column fills."""
        hand = RowInHand(number)
        for column in self._columns:
            cell = row[column.index] if column.index < len(row) else None
            if column.field:
                hand.heading_of.setdefault(column.field, column.heading)
                if cell is not None:
                    _take(hand, column, cell, self._outcome(column, cell))
            elif cell is not None:
                _keep(hand, column.heading or f"Column {letters(column.index)}", cell)
        for index in range(len(self._columns), len(row)):
            if row[index] is not None:
                _keep(hand, f"Column {letters(index)}", row[index])
        _settle_name(hand)
        return hand

    def _outcome(self, column: Column, cell: Cell) -> Outcome:
        kind = BY_NAME[column.field or ""].kind
        # Cells of different types can be equal (1, 1.0 and True), so the type is part of the question.
        key = (kind, column.order, type(cell), cell)
        known = self._known.get(key)
        if known is None:
            known = _read(kind, column.order, cell, self._today)
            if len(self._known) < MOST_REMEMBERED:
                self._known[key] = known
        return known


def _read(kind: str, order: str, cell: Cell, today: date) -> Outcome:
    if kind in _DATE_READERS:
        return _DATE_READERS[kind](cell, order=order, today=today)
    return _READERS[kind](cell)


def _keep(hand: RowInHand, heading: str, cell: Cell) -> None:
    if text := cell_text(cell):
        hand.raw[heading] = hand.unmapped[heading] = hand.others[heading] = text


def _take(hand: RowInHand, column: Column, cell: Cell, outcome: Outcome) -> None:
    name = column.field or ""
    if text := cell_text(cell):
        hand.raw[column.heading] = text
        if not outcome.whole:
            hand.unmapped[column.heading] = text
    for remark in outcome.remarks:
        hand.problems.append(Problem(column.heading, remark.sentence, remark.severity, remark.code))
    if outcome.value is None:
        return
    if BY_NAME[name].several and name in hand.fields:
        if outcome.value not in hand.fields[name].split(", "):
            hand.fields[name] += f", {outcome.value}"
    else:
        hand.fields[name] = outcome.value


def _settle_name(hand: RowInHand) -> None:
    """One name from whichever columns hold it; parts in columns of their own win over a whole name."""
    given = hand.fields.pop("given_name", "")
    family = hand.fields.pop("family_name", "")
    known_as = hand.fields.pop("known_as", "")
    whole: PersonName | None = hand.fields.get("name")
    if given or family:
        _join_parts(hand, given, family, whole)
    name: PersonName | None = hand.fields.get("name")
    if name and known_as and known_as.casefold() != name.given.casefold():
        hand.fields["name"] = with_known_as(name, known_as)
    elif known_as and not name:
        hand.drop("known_as")
    for column_field in ("name", "given_name", "family_name"):
        hand.heading_of.setdefault("name", hand.heading_of.get(column_field, ""))


def _join_parts(hand: RowInHand, given: str, family: str, whole: PersonName | None) -> None:
    if whole and not (given and family):
        # A whole name says more than one part of it.
        hand.unmapped |= {
            heading: hand.raw[heading]
            for heading in (hand.heading_of.get("given_name"), hand.heading_of.get("family_name"))
            if heading and heading in hand.raw
        }
        return
    outcome = join_name(given, family)
    hand.fields["name"] = outcome.value
    for remark in outcome.remarks:
        heading = hand.heading_of.get("family_name") or hand.heading_of.get("given_name", "")
        hand.problems.append(Problem(heading, remark.sentence, remark.severity, remark.code))
    if whole and whole.key != outcome.value.key:
        hand.drop("name")
        hand.fields["name"] = outcome.value
