"""Rows that are nobody: empty, repeated headings and titles, totals, dividers."""

import re
from collections.abc import Sequence

from alongside.exchange.sheets.values.identifiers import read_nhs_number
from alongside.exchange.sheets.values.text import Cell, cell_text, clean

_TOTAL = re.compile(
    r"^(?:grand |sub[ -]?|running |overall )?totals?\b|^(?:count|sum|average|mean|number of \w+|no of \w+)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d.,]+ ?%?|[\d]+ ?/ ?[\d]+")
_DIVIDER = re.compile(
    r"^(?:red|amber|green|blue|high|medium|low)(?: (?:rated|rating|risk|cases|list|cohort|group|rag))*:?$"
    r"|^(?:end of (?:list|register|data|sheet|report)|page \d+(?: of \d+)?)\W*$",
    re.IGNORECASE,
)


def why_nobody(row: Sequence[Cell], headings: Sequence[str], titles: frozenset[str]) -> str:
    """A sentence saying why this row is nobody, or '' when it may be somebody.

    `headings` is the heading row in small letters; `titles` are the texts of the rows above it.
    """
    texts = [(column, clean(cell_text(cell))) for column, cell in enumerate(row) if cell is not None]
    texts = [(column, text) for column, text in texts if text]
    if not texts:
        return "The row is empty."
    if _repeats_headings(texts, headings):
        return "The row repeats the headings."
    if titles and len(texts) < 3 and all(text in titles for _, text in texts):
        return "The row repeats a title."
    if _is_total(texts):
        return f"The row is a total: '{texts[0][1][:60]}'."
    if len(texts) == 1 and _DIVIDER.match(texts[0][1]):
        return f"The row divides the sheet: '{texts[0][1][:60]}'."
    return ""


def _repeats_headings(texts: list[tuple[int, str]], headings: Sequence[str]) -> bool:
    same = sum(1 for column, text in texts if column < len(headings) and text.casefold() == headings[column])
    return same >= 2 and same * 2 > len(texts)


def _is_total(texts: list[tuple[int, str]]) -> bool:
    """'Total' first, and nothing but numbers or more totals after it; a person's row has words or a number
    that is somebody's."""
    if not _TOTAL.match(texts[0][1]):
        return False
    rest = [text for _, text in texts[1:]]
    if any(read_nhs_number(text).value for text in rest):
        return False
    return all(_NUMBER.fullmatch(text) or _TOTAL.match(text) for text in rest)
