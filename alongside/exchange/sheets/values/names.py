"""A person's name as typed: 'Hale, Ayaan', 'Imani BHATT  ', 'Miss Olive Lightfoot-Greaves', one word."""

import re
import unicodedata
from dataclasses import dataclass, replace

from alongside.exchange.sheets.values.outcome import NOTHING, NOTHING_SAID, REVIEW, Outcome, Remark, unread
from alongside.exchange.sheets.values.text import Cell, cell_text, clean, quoted, says_nothing

LONGEST_NAME = 80

_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "master", "mstr", "dr"})
# Words that begin a family name of several words.
_PARTICLES = frozenset(
    {"da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "van", "von", "al", "el", "bin",
     "bint", "ibn", "st", "st.", "ter", "ten", "ap", "ab"}
)  # fmt: skip
_KNOWN_AS = re.compile(
    r"[(\[\"“](?:known as|aka|a\.k\.a\.?|prefers|preferred|goes by)?[\s:]*([^)\]\"”]+)[)\]\"”]", re.IGNORECASE
)
_SEVERAL = re.compile(r"\s(?:&|and|/|\+)\s|[/&+]", re.IGNORECASE)
_REMARK_WORDS = re.compile(
    r"\b(?:duplicate|dup|moved|deceased|died|rip|closed|removed|transfer\w*|twin|dob|nhs|cyp|new|see)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """Given and family name, and the name they go by when the sheet says one. A part not known is ''."""

    given: str = ""
    family: str = ""
    known_as: str = ""

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def key(self) -> tuple[str, str]:
        """The same for the same name however it is typed: letters only, no accents, no capitals."""
        return letters_of(self.given), letters_of(self.family)


def letters_of(text: str) -> str:
    """Letters only, without accents or capitals."""
    if text.isascii():
        return "".join(c for c in text.casefold() if c.isalpha())
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalpha())


def read_name(cell: Cell) -> Outcome:
    """A whole name from one cell, in either order."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text) or text.casefold() in ("baby", "child", "no name"):
        return NOTHING_SAID
    if not letters_of(text):
        return unread("name_unread", f"{quoted(text)} is not a name. Give the person's name.", REVIEW)
    known_as, bare = _take_known_as(text)
    given, family = _two_parts(bare or text)
    shouted = text.isupper()
    name = PersonName(_cased(given, shouted), _cased(family, shouted), known_as)
    return Outcome(name, _doubts(name, text), whole=len(str(name)) <= LONGEST_NAME and not _untold(text))


def read_name_part(cell: Cell) -> Outcome:
    """A given name or a family name from a column of its own."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text):
        return NOTHING_SAID
    if not letters_of(text):
        return unread("name_unread", f"{quoted(text)} is not a name. Give the person's name.", REVIEW)
    return Outcome(_cased(text, shouted=text.isupper() and len(text) > 2))


def join_name(given: str, family: str, known_as: str = "") -> Outcome:
    """One name from a given-name and a family-name column, with the same doubts as a whole name."""
    bracketed, bare = _take_known_as(given)
    if bracketed and bare:
        given, known_as = bare, known_as or bracketed
    name = PersonName(given, family, known_as)
    return Outcome(name, _doubts(name, f"{given} {family}".strip()))


def with_known_as(name: PersonName, known_as: str) -> PersonName:
    """The same name with the name they go by."""
    return replace(name, known_as=known_as)


def _take_known_as(text: str) -> tuple[str, str]:
    found = _KNOWN_AS.search(text)
    if not found or _REMARK_WORDS.search(found[1]) or any(c.isdigit() for c in found[1]):
        return "", text
    return clean(found[1]), clean(text[: found.start()] + " " + text[found.end() :])


def _untold(text: str) -> bool:
    """Does the cell hold a remark beside the name?"""
    return bool(_REMARK_WORDS.search(text))


def _two_parts(text: str) -> tuple[str, str]:
    text = text.replace(";", ",")
    if "," in text:
        family, _, given = text.partition(",")
        return _without_title(given.split(",")[0]), _without_title(family)
    words = _without_title(text).split()
    if len(words) < 2:
        return "", " ".join(words)
    if len(words[0]) > 2 and words[0].isupper() and not text.isupper() and not words[-1].isupper():
        return " ".join(words[1:]), words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _without_title(text: str) -> str:
    words = text.split()
    kept = [word for word in words if word.casefold().rstrip(".") not in _TITLES]
    return " ".join(kept or words)


def _cased(text: str, shouted: bool) -> str:
    return " ".join(_cased_word(word, shouted) for word in text.split())


def _cased_word(word: str, shouted: bool) -> str:
    # 'TJ' may be how somebody writes their name; 'BHATT' is a locked keyboard.
    if word.isupper() and (shouted or len(word) > 3):
        return re.sub(r"[^\W\d_]+", lambda part: _capital(part[0]), word)
    if word.islower() and word not in _PARTICLES:
        return re.sub(r"[^\W\d_]+", lambda part: _capital(part[0]), word)
    return word


def _capital(part: str) -> str:
    return f"Mc{part[2:].capitalize()}" if part.casefold().startswith("mc") and len(part) > 3 else part.capitalize()


def _doubts(name: PersonName, text: str) -> tuple[Remark, ...]:
    remarks = []
    if not (name.given and name.family):
        sentence = f"Only one name is given: {quoted(text)}. Say which name it is and give the other."
        remarks.append(Remark("name_single", sentence, REVIEW))
    if _SEVERAL.search(text):
        sentence = f"{quoted(text)} may be more than one person. Give each person a row, or correct the name."
        remarks.append(Remark("name_several", sentence, REVIEW))
    elif any(c.isdigit() for c in text) or _untold(text):
        sentence = f"{quoted(text)} holds more than a name. Correct the name."
        remarks.append(Remark("name_with_more", sentence, REVIEW))
    if max(len(name.given), len(name.family), len(name.known_as)) > LONGEST_NAME:
        sentence = f"A name is longer than {LONGEST_NAME} letters: {quoted(text)}. Shorten it."
        remarks.append(Remark("name_long", sentence, REVIEW))
    return tuple(remarks)
