"""NHS numbers, postcodes, telephone numbers and e-mail addresses."""

import re

import nhs_number

from alongside.exchange.sheets.values.outcome import (
    NOTE,
    NOTHING,
    NOTHING_SAID,
    REVIEW,
    Outcome,
    noted,
    unread,
)
from alongside.exchange.sheets.values.text import Cell, cell_text, clean, quoted, says_nothing

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_POSTCODE_IN_TEXT = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b")
_E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def read_nhs_number(cell: Cell) -> Outcome:
    """Ten digits that pass the check digit (NHS Data Dictionary, NHS NUMBER: modulus 11).

    A number that fails is never used: the row needs a person, who leaves it out or finds the right one.
    A nought lost from the front because the cell was a number is put back when the result passes the check.
    """
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text):
        return NOTHING_SAID
    bare = re.sub(r"(?i)^nhs\s*(?:no|number|num)?[.:#\s]*", "", text)
    digits = re.sub(r"[\s\-.,_/']", "", bare)
    if not (digits.isascii() and digits.isdigit()):
        return _not_a_number(text)
    if len(set(digits)) == 1:
        sentence = f"NHS number {quoted(text)} stands for 'not known', so it was left out."
        return unread("nhs_number_placeholder", sentence, NOTE)
    if len(digits) == 9 and nhs_number.is_valid("0" + digits):
        sentence = f"NHS number {quoted(text)} had lost its first nought, which was put back."
        return noted("0" + digits, "nhs_number_nought", sentence)
    if len(digits) != 10:
        sentence = f"NHS number {quoted(text)} has {len(digits)} digits, not 10. Find the right number or leave it out."
        return unread("nhs_number_length", sentence, REVIEW)
    if not nhs_number.is_valid(digits):
        sentence = (
            f"NHS number {quoted(text)} fails its check digit, so at least one digit is wrong. "
            "Find the right number or leave it out."
        )
        return unread("nhs_number_invalid", sentence, REVIEW)
    return Outcome(digits)


def _not_a_number(text: str) -> Outcome:
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", text):
        sentence = f"NHS number {quoted(text)} was shortened by the spreadsheet. Find the whole number or leave it out."
        return unread("nhs_number_shortened", sentence, REVIEW)
    if not any(c.isdigit() for c in text):
        return unread("nhs_number_words", f"NHS number {quoted(text)} is not a number, so it was left out.", NOTE)
    sentence = f"NHS number {quoted(text)} could not be read. Find the right number or leave it out."
    return unread("nhs_number_unread", sentence, REVIEW)


def read_postcode(cell: Cell) -> Outcome:
    """A postcode in capitals with one space; the form only is checked, not whether it exists."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text):
        return NOTHING_SAID
    capitals = text.upper()
    if found := _POSTCODE.fullmatch(re.sub(r"[\s.\-]", "", capitals)):
        return Outcome(f"{found[1]} {found[2]}")
    if found := _POSTCODE_IN_TEXT.search(capitals):
        return Outcome(f"{found[1]} {found[2]}", whole=False)
    return unread("postcode_unread", f"{quoted(text)} is not a whole postcode. The text is kept.")


def read_phone(cell: Cell) -> Outcome:
    """A telephone number as text; a nought lost from the front of a ten-digit number is put back."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text):
        return NOTHING_SAID
    if isinstance(cell, int | float) and not isinstance(cell, bool) and re.fullmatch(r"[1-9]\d{9}", text):
        return Outcome("0" + text)
    if sum(c.isdigit() for c in text) < 5:
        return unread("phone_unread", f"{quoted(text)} is not a telephone number. The text is kept.")
    return Outcome(text)


def read_email(cell: Cell) -> Outcome:
    """An e-mail address in small letters."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text):
        return NOTHING_SAID
    if found := _E_MAIL.search(text):
        return Outcome(found[0].casefold(), whole=found[0] == text)
    return unread("email_unread", f"{quoted(text)} is not an e-mail address. The text is kept.")
