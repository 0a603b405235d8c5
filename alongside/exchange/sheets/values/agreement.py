"""The consent column: whether somebody agreed, who, and on what footing (policy.md 3.3)."""

import re
from dataclasses import dataclass
from datetime import date

from alongside.exchange.sheets.values.outcome import Outcome, noted
from alongside.exchange.sheets.values.text import Cell, cell_text, clean, quoted, says_nothing

GIVEN, REFUSED, UNKNOWN = "given", "refused", "unknown"

COMPETENT_CHILD = "person_competent_child"
PERSON_16_OR_OVER = "person_16_or_over"
PARENTAL_RESPONSIBILITY = "parental_responsibility"
BEST_INTERESTS = "best_interests"
NOT_STATED = "not_stated"

CARRIED_OVER = "carried over, not evidenced"


@dataclass(frozen=True, slots=True)
class ConsentReading:
    """What the sheet says of agreement to be on the register.

    `by_person` is true when the words say that the young person answered, without saying whether as a
    competent child or as somebody of 16 or over: the caller, who knows the age, settles it.
    Best interests is not agreement but a decision made for somebody; it is carried as given on that basis.
    """

    answer: str = UNKNOWN
    basis: str = NOT_STATED
    decision_maker: str = ""
    on: date | None = None
    by_person: bool = False
    text: str = ""
    standing: str = CARRIED_OVER


_NOT_YET = re.compile(
    r"\b(?:not yet|not (?:sought|asked|obtained|known|recorded|discussed|sure|confirmed)|no (?:response|reply|contact|"
    r"answer|record)|unable to|await\w*|pending|request\w*|chas\w+|to be\b|tbc|in process|in progress|unsure|"
    r"unknown|unclear|not applicable|to ask|to discuss|sent|out for|lapsed|expired|overdue|due)\b|^n/?a$|^\?+$"
)
_REFUSED = re.compile(
    r"\b(?:refus\w*|declin\w*|withdr[ae]w\w*|withheld|revoked|object\w*|opted? out|(?:does|do|did) ?n['o]?t "
    r"(?:want|consent|agree|wish)|not (?:given|consent\w*|agree\w*|willing)|no consent|against)\b|^(?:no|n|false|x)\b"
)
_GIVEN = re.compile(
    r"^(?:y|yes|ye|true|✓|✔|1)(?!\w)|\b(?:yes|given|consent(?:ed|s)?|agree[ds]?|agreement|signed|verbal\w*|written|obtained|"
    r"granted|full|received|happy|in place|confirmed)\b"
)
_BEST_INTERESTS = re.compile(
    r"\bbest[\s-]*interests?\b|\bbi\b|\bbid\b|\bmca\b|\black(?:s|ing)?\s+capacity\b|\bno capacity\b"
)
_NO_CAPACITY = re.compile(r"\b(?:no|lack(?:s|ing)?|without)\s+(?:mental\s+)?capacity\b")
_NOT_A_REFUSAL = re.compile(r"\bno objections?\b|\b(?:does|did) not object\b")
_COMPETENT = re.compile(r"\bgillick\w*|\bcompeten\w+|\bfraser\b")
_OVER_16 = re.compile(r"\b(?:16\s*\+|over 16|has capacity|with capacity|own capacity)")
_PERSON = re.compile(
    r"\b(?:yp|cyp|young person|young woman|young man|self|own|herself|himself|themselves|child|patient)\b"
)
_PARENT = re.compile(r"\b(?:pr|parental responsibility|parents?|parental|mum|mam|mom|mother|dad|father|adoptive \w+)\b")
_OTHERS = re.compile(
    r"\b(?:carer|foster\w*|gran\w*|nan|aunt\w*|uncle|guardian|social worker|sw|local authority|la|deputy|lpa)\b"
)


def read_consent(cell: Cell) -> Outcome:
    """Given, refused or unknown; an empty cell is unknown. Words that can't be read are unknown and kept."""
    text = clean(cell_text(cell))
    if says_nothing(text):
        return Outcome(ConsentReading(text=text), whole=not text)
    said = text.casefold()
    answer = _answer(said)
    reading = ConsentReading(answer or UNKNOWN, _basis(said), _maker(said), by_person=_by_person(said), text=text)
    if answer is None:
        sentence = f"Consent {quoted(text)} could not be read, so agreement is unknown until somebody confirms it."
        return noted(reading, "consent_unread", sentence, whole=False)
    return Outcome(reading, whole=False)


def _answer(said: str) -> str | None:
    said = _NOT_A_REFUSAL.sub("yes", _NO_CAPACITY.sub(" ", said)).strip(" ,;:-")
    if not said:
        return UNKNOWN
    if _REFUSED.search(said):
        return REFUSED if not re.match(r"^no\b", said) or not _NOT_YET.search(said) else UNKNOWN
    if _NOT_YET.search(said):
        return UNKNOWN
    if _GIVEN.search(said) or _basis(said) != NOT_STATED:
        return GIVEN
    return None


def _basis(said: str) -> str:
    if _BEST_INTERESTS.search(said):
        return BEST_INTERESTS
    if _COMPETENT.search(said):
        return COMPETENT_CHILD
    if _OVER_16.search(said):
        return PERSON_16_OR_OVER
    return PARENTAL_RESPONSIBILITY if _PARENT.search(said) else NOT_STATED


def _by_person(said: str) -> bool:
    return bool(_PERSON.search(said) or _COMPETENT.search(said) or _OVER_16.search(said)) and not _PARENT.search(said)


def _maker(said: str) -> str:
    """The word for whoever decided: 'mum', 'carer'; '' when none is named."""
    if found := _PARENT.search(said):
        return "" if found[0] in ("pr", "parental responsibility", "parental") else found[0]
    if found := _OTHERS.search(said):
        return found[0]
    return "young person" if _by_person(said) else ""
