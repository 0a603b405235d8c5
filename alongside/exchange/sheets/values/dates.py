"""Dates as they are found in spreadsheets.

A sheet made in England is day-first; a column is read month-first only where its own dates say so. Which
of the two is settled once for a column (`order_of`) and never cell by cell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.exchange.sheets.values.outcome import (
    NOTE,
    NOTHING,
    NOTHING_SAID,
    REFUSE,
    REVIEW,
    Outcome,
    Remark,
    unread,
)
from alongside.exchange.sheets.values.text import Cell, cell_text, clean, quoted, says_nothing

DAY_FIRST, MONTH_FIRST, MIXED = "day_first", "month_first", "mixed"

# Nobody on a register is older. A birth earlier than this is a slip of the keyboard or an empty Excel cell.
OLDEST_YEARS = 120
# Excel counts days from here; its own 1900 leap-year slip matters only before 1 March 1900.
EXCEL_DAY_ZERO = date(1899, 12, 30)
# 1 January 1910 to 31 December 2099: numbers outside are counts, not dates.
SERIALS = range(3654, 73051)
# A two-digit year this far ahead is read as the last century when the date isn't a birth.
YEARS_AHEAD = 20
# One date in so many the other way round is a slip; more often, the column mixes both orders.
SLIPS_IN = 10

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_SEPARATOR = r"\s*[/.\-\\ ,]\s*"
_YEAR = r"(\d{4}|\d{2})(?!\d)"
_NUMERIC = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}{_YEAR}")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?!\d)")
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.,]*(?:of\s+)?([a-z]{{3,9}})[\s\-/.,']*{_YEAR}")
_MONTH_DAY = re.compile(rf"([a-z]{{3,9}})\.?[\s\-/]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,\-/]+{_YEAR}")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[\s,.]+")
_TIME = re.compile(r"^[t\s,]*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:am|pm)?\s*(?:z|[+-]\d{2}:?\d{2})?\s*$")


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A date written in numbers: which is the day is not yet settled."""

    first: int
    second: int
    year: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Named:
    """A date whose day, month and year are plain."""

    day: int
    month: int
    year: str
    rest: str


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """How many dates of a column can only be day-first, only month-first, or could be either."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    @property
    def order(self) -> str:
        """Day-first unless the column's own dates say otherwise; 'mixed' when both are more than a slip."""
        if min(self.day_first, self.month_first) * SLIPS_IN > self.day_first + self.month_first:
            return MIXED
        return MONTH_FIRST if self.month_first > self.day_first else DAY_FIRST


def order_of(cells: Iterable[Cell]) -> OrderEvidence:
    """What the dates of one column say about their order."""
    counts = {DAY_FIRST: 0, MONTH_FIRST: 0, "either": 0}
    for cell in cells:
        found = _split(clean(cell).casefold()) if isinstance(cell, str) else None
        if isinstance(found, _Numbers):
            side = _side(found)
            if side:
                counts[side] += 1
    return OrderEvidence(counts[DAY_FIRST], counts[MONTH_FIRST], counts["either"])


def _side(found: _Numbers) -> str:
    if found.first > 12 >= found.second >= 1:
        return DAY_FIRST
    if found.second > 12 >= found.first >= 1:
        return MONTH_FIRST
    if found.first <= 12 and found.second <= 12 and found.first != found.second:
        return "either"
    return ""


def _split(text: str) -> _Numbers | _Named | None:
    text = _WEEKDAY.sub("", text)
    if found := _ISO.match(text):
        return _Named(int(found[3]), int(found[2]), found[1], text[found.end() :])
    if found := _NUMERIC.match(text):
        return _Numbers(int(found[1]), int(found[2]), found[3], text[found.end() :])
    if (found := _DAY_MONTH.match(text)) and (month := _month(found[2])):
        return _Named(int(found[1]), month, found[3], text[found.end() :])
    if (found := _MONTH_DAY.match(text)) and (month := _month(found[1])):
        return _Named(int(found[2]), month, found[3], text[found.end() :])
    return _digits(text)


def _digits(text: str) -> _Numbers | _Named | None:
    if not re.fullmatch(r"\d{8}", text):
        return None
    if text[:2] in ("19", "20") and 1 <= int(text[4:6]) <= 12:
        return _Named(int(text[6:]), int(text[4:6]), text[:4], "")
    return _Numbers(int(text[:2]), int(text[2:4]), text[4:], "")


def _month(word: str) -> int:
    for number, month in enumerate(_MONTHS, 1):
        if month.startswith(word) or (number == 9 and word == "sept"):
            return number
    return 0


def read_birth_date(cell: Cell, *, today: date, order: str = DAY_FIRST) -> Outcome:
    """A day of birth: in the past, and no more than 120 years ago.

    A date that can't exist, or lies ahead, is refused: the row contradicts itself. Words that aren't a date,
    and numbers that could be two dates in a column that mixes both orders, need a person.
    """
    outcome = _read(cell, today=today, order=order, birth=True)
    born = outcome.value
    if born is None or outcome.refused:
        return outcome
    if born > today:
        return unread(
            "birth_in_future",
            f"Date of birth {quoted(cell_text(cell))} is in the future. "
            "Correct the year in the sheet and import this row again.",
            REFUSE,
        )
    if born.year < today.year - OLDEST_YEARS:
        return unread(
            "birth_too_long_ago",
            f"Date of birth {quoted(cell_text(cell))} is more than {OLDEST_YEARS} years ago. "
            "Correct it in the sheet and import this row again.",
            REFUSE,
        )
    return outcome


def read_past_date(cell: Cell, *, today: date, order: str = DAY_FIRST) -> Outcome:
    """The day of something that has happened. A day that lies ahead is not used, and its text is kept."""
    outcome = _read(cell, today=today, order=order)
    if outcome.value and outcome.value > today:
        sentence = f"{quoted(cell_text(cell))} is in the future, so it was not used as a date. The text is kept."
        return unread("date_in_future", sentence)
    return outcome


def read_any_date(cell: Cell, *, today: date, order: str = DAY_FIRST) -> Outcome:
    """A day that may lie ahead, such as the next review."""
    return _read(cell, today=today, order=order)


def _read(cell: Cell, *, today: date, order: str, birth: bool = False) -> Outcome:
    if isinstance(cell, datetime):
        return Outcome(cell.date())
    if isinstance(cell, date):
        return Outcome(cell)
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text):
        return NOTHING_SAID
    if not isinstance(cell, bool) and (serial := _serial(text)):
        return Outcome(serial)
    found = _split(text.casefold())
    if found is None:
        return _not_a_date(text, birth)
    return _settle(found, text, today=today, order=order, birth=birth)


def _serial(text: str) -> date | None:
    number = text.split(".")[0] if re.fullmatch(r"\d{4,5}(\.\d+)?", text) else ""
    if not number or (len(number) == 4 and number[:2] in ("19", "20")):
        return None
    return EXCEL_DAY_ZERO + timedelta(days=int(number)) if int(number) in SERIALS else None


def _not_a_date(text: str, birth: bool) -> Outcome:
    if not birth:
        return unread("date_unread", f"{quoted(text)} could not be read as a date. The text is kept.")
    sentence = f"Date of birth {quoted(text)} could not be read as a date. Find the date and give it here."
    return unread("birth_unread", sentence, REVIEW)


def _settle(found: _Numbers | _Named, text: str, *, today: date, order: str, birth: bool) -> Outcome:
    remarks: list[Remark] = []
    if isinstance(found, _Numbers):
        found = _name_the_parts(found, text, order, birth, remarks)
    try:
        day = date(_full_year(found.year, today, birth), found.month, found.day)
    except ValueError:
        return _impossible(text, birth)
    whole = not found.rest or bool(_TIME.match(found.rest))
    return Outcome(day, tuple(remarks), whole)


def _name_the_parts(found: _Numbers, text: str, order: str, birth: bool, remarks: list[Remark]) -> _Named:
    side = _side(found)
    month_first = side == MONTH_FIRST or (side == "either" and order == MONTH_FIRST)
    day, month = (found.second, found.first) if month_first else (found.first, found.second)
    if side == "either" and order == MIXED:
        sentence = (
            f"{quoted(text)} was read day first, but this column mixes day-first and month-first dates. Check the date."
        )
        remarks.append(Remark("date_order_unsure", sentence, REVIEW if birth else NOTE))
    elif side not in ("", "either", order) and order != MIXED:
        said = "month first" if side == MONTH_FIRST else "day first"
        sentence = f"{quoted(text)} was read {said}, unlike the rest of the column: it has no other meaning."
        remarks.append(Remark("date_other_order", sentence))
    return _Named(day, month, found.year, found.rest)


def _full_year(year: str, today: date, birth: bool) -> int:
    if len(year) == 4:
        return int(year)
    full = today.year - today.year % 100 + int(year)
    latest = today.year if birth else today.year + YEARS_AHEAD
    return full - 100 if full > latest else full


def _impossible(text: str, birth: bool) -> Outcome:
    if not birth:
        return unread("date_impossible", f"{quoted(text)} is not a day in the calendar. The text is kept.")
    return unread(
        "birth_impossible",
        f"Date of birth {quoted(text)} is not a day in the calendar. "
        "Correct it in the sheet and import this row again.",
        REFUSE,
    )
