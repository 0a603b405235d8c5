"""Propose which column fills which field, from its heading and from what stands under it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alongside.exchange.sheets.headings.fields import BY_NAME, NAME
from alongside.exchange.sheets.headings.finding import HeadingRow, Row
from alongside.exchange.sheets.headings.mapping import Column, Mapping, fingerprint_of
from alongside.exchange.sheets.headings.matching import Match, match_after, match_heading
from alongside.exchange.sheets.values.circumstances import read_yes_no
from alongside.exchange.sheets.values.dates import (
    DAY_FIRST,
    MIXED,
    MONTH_FIRST,
    OrderEvidence,
    order_of,
    read_any_date,
)
from alongside.exchange.sheets.values.identifiers import read_nhs_number, read_postcode
from alongside.exchange.sheets.values.ratings import LEVELS, read_rating
from alongside.exchange.sheets.values.text import Cell, cell_text, clean, says_nothing

# Below this a heading is left for a person to map.
SURE_ENOUGH = 0.5
# So many cells of a column are looked at to see whether they bear its heading out.
SAMPLE = 200
# A share of cells below this speaks against the heading; above the second it speaks without a heading.
TOO_FEW, PLENTY = 0.3, 0.8
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    match: Match


def propose(rows: Sequence[Row], headings: HeadingRow) -> Mapping:
    """A mapping for a person to check. The same sheet always gives the same mapping."""
    samples = [_sample(rows, headings.index, column) for column in range(len(headings.labels))]
    matches = [_match(headings.labels, column, samples[column]) for column in range(len(headings.labels))]
    chosen = _choose(matches, samples)
    columns = [_column(headings.labels[n], n, chosen.get(n), matches[n], chosen) for n in range(len(headings.labels))]
    columns = _settle_names(columns, samples)
    columns = settle_orders(columns, rows, headings.index)
    columns = [_note_levels(column, samples[column.index]) for column in columns]
    return Mapping(headings.index + 1, tuple(columns), fingerprint_of(headings.labels))


def refit(saved: Mapping, rows: Sequence[Row], headings: HeadingRow) -> Mapping:
    """A saved mapping laid on a new sheet with the same headings: its fields, this sheet's rows and dates."""
    columns = [
        replace(saved.columns[n], index=n, heading=label, notes=()) if n < len(saved.columns) else Column(n, label)
        for n, label in enumerate(headings.labels)
    ]
    columns = settle_orders(columns, rows, headings.index)
    return Mapping(headings.index + 1, tuple(columns), fingerprint_of(headings.labels))


def _sample(rows: Sequence[Row], index: int, column: int) -> list[Cell]:
    found: list[Cell] = []
    for row in rows[index + 1 :]:
        if column < len(row) and row[column] is not None and not says_nothing(clean(cell_text(row[column]))):
            found.append(row[column])
            if len(found) >= SAMPLE:
                break
    return found


def _match(labels: tuple[str, ...], column: int, sample: list[Cell]) -> Match | None:
    label = labels[column]
    match = match_heading(label) or (match_after(labels[column - 1], label) if column else None)
    if match is None:
        return _by_contents(sample)
    share = _share(match.field.kind, sample)
    if len(sample) >= 3 and share < TOO_FEW:
        why = f"{match.why} But few of its cells look like it."
        return Match(match.field, round(match.confidence * 0.4, 2), why)
    return match


def _share(kind: str, sample: list[Cell]) -> float:
    """How many of the cells are of this kind, from 0 to 1; 1 for kinds that any words may be."""
    if not sample:
        return 1.0
    if kind in ("birth_date", "past_date", "date"):
        return _portion(sample, lambda cell: read_any_date(cell, today=_ANY_DAY, order=DAY_FIRST).value)
    if kind == "nhs_number":
        return _portion(sample, lambda cell: 9 <= len(re.sub(r"\D", "", cell_text(cell))) <= 11)
    if kind == "rating":
        return _portion(sample, lambda cell: read_rating(cell).value)
    if kind == "postcode":
        return _portion(sample, lambda cell: read_postcode(cell).value)
    if kind == "yes_no":
        return _portion(sample, lambda cell: read_yes_no(cell).value)
    if kind in (NAME, "name_part"):
        return _portion(sample, lambda cell: isinstance(cell, str) and any(c.isalpha() for c in cell))
    return 1.0


def _portion(sample: list[Cell], holds: Callable[[Cell], object]) -> float:
    return sum(1 for cell in sample if holds(cell)) / len(sample)


def _by_contents(sample: list[Cell]) -> Match | None:
    """What a column without a telling heading holds, where its cells leave little doubt."""
    if len(sample) < 5:
        return None
    if _portion(sample, lambda cell: read_nhs_number(cell).value) >= PLENTY:
        return Match(BY_NAME["nhs_number"], 0.75, "Its cells are NHS numbers.")
    if _portion(sample, lambda cell: cell_text(cell).casefold() in ("red", "amber", "green", "blue")) >= PLENTY:
        return Match(BY_NAME["rating"], 0.75, "Its cells are red, amber, green or blue.")
    if _portion(sample, lambda cell: read_postcode(cell).value) >= PLENTY:
        return Match(BY_NAME["postcode"], 0.7, "Its cells are postcodes.")
    if _portion(sample, lambda cell: bool(re.fullmatch(r"[^\W\d]{2,}[^\d,]*, [^\d,]+", cell_text(cell)))) >= PLENTY:
        return Match(BY_NAME["name"], 0.6, "Its cells look like names, family name first.")
    return None


def _choose(matches: list[Match | None], samples: list[list[Cell]]) -> dict[int, Match]:
    found = [_Candidate(n, match) for n, match in enumerate(matches) if match and match.confidence >= SURE_ENOUGH]
    # The surer first; then the column that has something in it; then the one further left.
    found.sort(key=lambda candidate: (-candidate.match.confidence, not samples[candidate.index], candidate.index))
    chosen: dict[int, Match] = {}
    taken: set[str] = set()
    for candidate in found:
        field = candidate.match.field
        if field.several or field.name not in taken:
            taken.add(field.name)
            chosen[candidate.index] = candidate.match
    return chosen


def _column(label: str, index: int, match: Match | None, wanted: Match | None, chosen: dict[int, Match]) -> Column:
    if match:
        return Column(index, label, match.field.name, match.confidence, match.why)
    if wanted and wanted.confidence >= SURE_ENOUGH:
        why = f"It looks like {wanted.field.label}, but another column is closer. Its text is kept."
        return Column(index, label, None, 0.0, why)
    if wanted:
        return Column(index, label, None, wanted.confidence, f"Perhaps {wanted.field.label}. {wanted.why}")
    return Column(index, label, None, 0.0, "No field of ours. Its text is kept." if label else "Empty.")


def _settle_names(columns: list[Column], samples: list[list[Cell]]) -> list[Column]:
    """'Name' beside 'Surname' is the given name when its cells are mostly one word."""
    by_field = {column.field: column for column in columns}
    name, other = by_field.get("name"), by_field.get("family_name")
    if not (name and other) or "given_name" in by_field:
        return columns
    single = _portion(samples[name.index], lambda cell: " " not in clean(cell_text(cell))) if samples[name.index] else 0
    if single < 0.5:
        return columns
    given = replace(name, field="given_name", why=f"It stands beside '{other.heading}' and holds single words.")
    return [given if column is name else column for column in columns]


def settle_orders(columns: list[Column], rows: Sequence[Row], index: int) -> list[Column]:
    """Day first or month first for each date column, from its own dates and then from its neighbours'."""
    evidence = {
        column.index: order_of(row[column.index] for row in rows[index + 1 :] if column.index < len(row))
        for column in columns
        if column.field and BY_NAME[column.field].is_date
    }
    day_first = any(found.day_first for found in evidence.values())
    month_first = any(found.month_first for found in evidence.values())
    elsewhere = MONTH_FIRST if month_first and not day_first else DAY_FIRST
    return [
        _ordered(column, evidence[column.index], elsewhere) if column.index in evidence else column
        for column in columns
    ]


def _ordered(column: Column, found: OrderEvidence, elsewhere: str) -> Column:
    order = found.order if found.day_first or found.month_first else elsewhere
    notes = list(column.notes)
    if order == MIXED:
        notes.append(
            f"{found.day_first} dates can only be day first and {found.month_first} only month first; "
            f"{found.either} that could be either are read day first."
        )
    elif order == MONTH_FIRST and (found.month_first or found.either):
        notes.append("Dates are read month first, as the dates in this sheet show.")
    elif found.either and not found.day_first:
        notes.append(f"{found.either} dates could be day first or month first; they are read day first.")
    return replace(column, order=order, notes=tuple(notes))


def _note_levels(column: Column, sample: list[Cell]) -> Column:
    if column.field != "rating" or not any(cell_text(cell).casefold() in LEVELS for cell in sample):
        return column
    note = "High is read as red, Medium as amber and Low as green."
    return replace(column, notes=(*column.notes, note))
