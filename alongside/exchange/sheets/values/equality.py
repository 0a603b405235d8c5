"""Gender and ethnic category as national codes (MHSDS gender identity; ethnic category 2001)."""

import re

from alongside.exchange.sheets.values.outcome import NOTHING, NOTHING_SAID, Outcome, unread
from alongside.exchange.sheets.values.text import Cell, cell_text, clean, quoted, says_nothing

_GENDERS = {
    "1": ("m", "male", "boy", "man", "he", "trans male", "trans man"),
    "2": ("f", "female", "girl", "woman", "she", "trans female", "trans woman"),
    "3": ("nb", "non-binary", "non binary", "nonbinary", "enby"),
    "4": ("other", "o"),
    "9": ("indeterminate", "intersex"),
}
_GENDER_CODES = {word: code for code, words in _GENDERS.items() for word in words}

_ETHNICITIES = {
    "white british": "A", "british": "A", "white english": "A", "english": "A", "wb": "A", "wbri": "A",
    "white irish": "B", "irish": "B", "white other": "C", "any other white background": "C", "other white": "C",
    "white and black caribbean": "D", "mixed white and black caribbean": "D",
    "white and black african": "E", "mixed white and black african": "E",
    "white and asian": "F", "mixed white and asian": "F",
    "mixed": "G", "mixed other": "G", "any other mixed background": "G", "other mixed": "G",
    "indian": "H", "asian indian": "H", "pakistani": "J", "asian pakistani": "J",
    "bangladeshi": "K", "asian bangladeshi": "K", "asian other": "L", "other asian": "L",
    "any other asian background": "L", "caribbean": "M", "black caribbean": "M", "african": "N",
    "black african": "N", "black other": "P", "other black": "P", "any other black background": "P",
    "chinese": "R", "other": "S", "any other ethnic group": "S", "other ethnic group": "S",
    "not stated": "Z", "refused": "Z", "prefer not to say": "Z", "declined": "Z",
}  # fmt: skip
_ETHNIC_LETTERS = frozenset(_ETHNICITIES.values())


def read_gender(cell: Cell) -> Outcome:
    """A gender identity code (1, 2, 3, 4, 9); other words are kept."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text):
        return NOTHING_SAID
    if code := _GENDER_CODES.get(text.casefold()):
        return Outcome(code, whole=text.casefold() in ("m", "f", "male", "female"))
    return unread("gender_unread", f"Gender {quoted(text)} has no code here. The text is kept.")


def read_ethnicity(cell: Cell) -> Outcome:
    """An ethnic category letter; words that name no single category are kept."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if text.upper() in _ETHNIC_LETTERS:
        return Outcome(text.upper())
    plain = " ".join(re.sub(r"[^a-z ]", " ", text.casefold().replace("&", " and ")).split())
    if code := _ETHNICITIES.get(plain):
        return Outcome(code, whole=False)
    if says_nothing(text):
        return NOTHING_SAID
    return unread("ethnicity_unread", f"Ethnicity {quoted(text)} has no code here. The text is kept.")
