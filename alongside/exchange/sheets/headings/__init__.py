"""Headings of a register sheet: find their row, propose what each means, keep the answer."""

from alongside.exchange.sheets.headings.fields import BY_NAME, FIELDS, Field
from alongside.exchange.sheets.headings.finding import HeadingRow, find_headings
from alongside.exchange.sheets.headings.mapping import BadMapping, Column, Mapping, fingerprint_of
from alongside.exchange.sheets.headings.proposing import propose, refit

__all__ = [
    "BY_NAME",
    "FIELDS",
    "BadMapping",
    "Column",
    "Field",
    "HeadingRow",
    "Mapping",
    "find_headings",
    "fingerprint_of",
    "propose",
    "refit",
]
