"""Which of our fields a heading means, how sure that is, and why."""

import difflib
import re
from dataclasses import dataclass
from functools import lru_cache

from alongside.exchange.sheets.headings.fields import BY_HEADING, FIELDS, Field
from alongside.exchange.sheets.values.text import clean

EXACT, NEARLY, HOLDING = 1.0, 0.95, 0.7
# How alike two spellings must be, from 0 to 1, to be a slip of the keyboard.
ALIKE = 0.86
# Headings longer than this are sentences or data.
LONGEST_HEADING = 120

# Words that add nothing to a heading.
_PADDING = frozenset(
    {"current", "currently", "yp", "yps", "cyp", "childs", "patients", "clients", "the", "please", "if", "known",
     "dd", "mm", "yyyy", "yy", "y", "n", "yes", "no", "optional", "required", "of", "on", "for", "dsr"}
)  # fmt: skip
# A heading that holds one of these is about something else, unless the field's own words hold it too.
_OTHER_THINGS = frozenset(
    {"date", "dates", "phone", "tel", "telephone", "email", "mail", "address", "postcode", "contact", "code", "fax",
     "parent", "parents", "carer", "mother", "father", "mum", "dad", "nok", "sibling", "worker", "previous", "prior",
     "old", "notes", "note", "comments", "comment", "rationale", "reason", "by", "who", "next", "due", "planned",
     "review", "age", "number", "refused", "withdrawn", "outcome", "year", "month", "months", "days", "time",
     "school", "gp", "practice", "surgery", "hospital", "council"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A field that a heading may mean; `confidence` from 0 to 1."""

    field: Field
    confidence: float
    why: str


def plain(heading: str) -> str:
    """A heading in small letters and single spaces, without punctuation."""
    text = clean(heading).casefold().replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w]+|_", " ", text).split())


def match_heading(heading: str, *, misspelled: bool = True) -> Match | None:
    """The field a heading means, or None when its words say nothing known here.

    `misspelled` allows for slips of the keyboard, which takes longer.
    """
    if not heading or len(heading) > LONGEST_HEADING:
        return None
    words = plain(heading)
    if field := BY_HEADING.get(words):
        return Match(field, EXACT, "The heading is a usual name for it.")
    bare = " ".join(word for word in words.split() if word not in _PADDING)
    if field := BY_HEADING.get(bare):
        return Match(field, NEARLY, f"The heading says '{bare}'.")
    return _holding(frozenset(words.split())) or (_alike(words) if misspelled else None)


def _holding(words: frozenset[str]) -> Match | None:
    found = [
        (len(phrase.split()), field, phrase)
        for field in FIELDS
        for phrase in field.holding
        if words.issuperset(phrase.split()) and not (words & _OTHER_THINGS) - _vocabulary(field)
    ]
    # The longest phrase says most; between equals the field listed first.
    best = max(found, key=lambda each: each[0], default=None)
    return Match(best[1], HOLDING, f"The heading holds '{best[2]}'.") if best else None


@lru_cache(maxsize=64)
def _vocabulary(field: Field) -> frozenset[str]:
    return frozenset(" ".join(field.said + field.holding).split())


def _alike(words: str) -> Match | None:
    if len(words) < 4 or words[0].isdigit():
        return None
    near = difflib.get_close_matches(words, BY_HEADING, n=1, cutoff=ALIKE)
    if not near or len(near[0]) < 4:
        return None
    ratio = difflib.SequenceMatcher(None, words, near[0]).ratio()
    return Match(BY_HEADING[near[0]], round(ratio * 0.9, 2), f"The heading is spelled almost like '{near[0]}'.")


def match_after(previous: str, heading: str) -> Match | None:
    """What a bare 'Date' means: the date of whatever stands in the column before it."""
    if plain(heading) not in ("date", "dated", "when", "on"):
        return None
    found = BY_HEADING.get(f"{plain(previous)} date")
    return Match(found, 0.8, f"A date beside '{clean(previous)}'.") if found else None
