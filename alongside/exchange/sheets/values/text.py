"""What a cell holds, as clean text: no control characters, no stray spaces, one form of each letter."""

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None

# Words people type to say that there is nothing to say.
NOTHING_WORDS = frozenset(
    {
        "-", "--", "---", "?", "??", "???", ".", "/", "n/a", "na", "n.a.", "n.a", "n\\a", "not applicable", "none",
        "nil", "null", "nan", "tbc", "tba", "tbd", "to be confirmed", "to be advised", "unknown", "not known",
        "n/k", "nk", "not recorded", "not stated", "blank", "#n/a", "#value!", "#ref!", "#name?", "#div/0!",
    }
)  # fmt: skip

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" *\n\s*")


def _is_kept(character: str) -> bool:
    return character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def keep(text: str) -> str:
    """The text as typed, less control, invisible and broken characters; lines stay lines."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    text = "".join(character for character in text if _is_kept(character))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def clean(text: str) -> str:
    """The text on one line with single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(keep(text).split())


def cell_text(cell: Cell) -> str:
    """A cell as a person would read it; dates as year-month-day; an empty cell as ''."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return keep(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    return str(cell)


def _number_text(number: float) -> str:
    if math.isfinite(number) and number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def says_nothing(text: str) -> bool:
    """Is this empty, or one of the words that stand for an empty cell?"""
    return not text or text.casefold() in NOTHING_WORDS


def quoted(text: str, longest: int = 60) -> str:
    """The text between quotation marks for a sentence, cut when it is long."""
    text = clean(text)
    return f"'{text}'" if len(text) <= longest else f"'{text[: longest - 3]}...'"
