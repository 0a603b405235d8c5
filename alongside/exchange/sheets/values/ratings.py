"""Rating, diagnosis: the words of a register's two clinical columns."""

import re
from dataclasses import dataclass

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

COLOURS = ("red", "amber", "green", "blue")

# policy.md 3.4 and 17.12: registers that still say High, Medium, Low are read as red, amber, green.
LEVELS = {
    "high": "red", "hi": "red", "very high": "red", "medium": "amber", "med": "amber", "moderate": "amber",
    "low": "green",
}  # fmt: skip
_LETTERS = {"r": "red", "a": "amber", "g": "green", "b": "blue", "h": "red", "m": "amber", "l": "green"}
_COLOUR_WORD = re.compile(r"\b(red|amber|green|blue|yellow|orange|inpatient|in-patient)\b")
_LEVEL_WORD = re.compile(r"\b(very high|high|medium|moderate|med|low)\b")
_MEANING = {"inpatient": "blue", "in-patient": "blue"}
_NO_RATING = re.compile(r"^(?:not (?:yet )?rated|unrated|no rating|awaiting|pending|to be rated)\b")


def read_rating(cell: Cell) -> Outcome:
    """'red', 'amber', 'green' or 'blue', in any capitals; High, Medium and Low by policy.md 17.12.

    Two colours, or a word that is neither a colour nor a level, need a person: a rating is never guessed.
    """
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    said = text.casefold().strip(" .*!")
    if says_nothing(said) or _NO_RATING.match(said):
        return NOTHING_SAID
    if said in COLOURS:
        return Outcome(said)
    if said in LEVELS or said in _LETTERS:
        return _translated(text, LEVELS.get(said) or _LETTERS[said])
    return _rating_in_words(text, said)


def _translated(text: str, colour: str) -> Outcome:
    return noted(colour, "rating_translated", f"Rating {quoted(text)} was read as {colour}.", whole=False)


def _rating_in_words(text: str, said: str) -> Outcome:
    colours = {_MEANING.get(word, word) for word in _COLOUR_WORD.findall(said)}
    if not colours:
        colours = {LEVELS[word] for word in _LEVEL_WORD.findall(said)}
    if len(colours) == 1 and (colour := colours.pop()) in COLOURS:
        return _translated(text, colour)
    if len(colours) > 1:
        sentence = f"Rating {quoted(text)} names more than one rating. Choose red, amber, green or blue."
        return unread("rating_several", sentence, REVIEW)
    sentence = f"Rating {quoted(text)} is not one that is known here. Choose red, amber, green or blue."
    return unread("rating_unknown", sentence, REVIEW)


AUTISM, LEARNING_DISABILITY, ON_PATHWAY = "autism", "learning_disability", "on_pathway"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the sheet says of autism and learning disability.

    `conditions`: of 'autism', 'learning_disability' and 'on_pathway' (waiting for an assessment).
    `pathway_for`: what the assessment is of. `basis` (policy.md 3.2): 'diagnosed' when the sheet names the
    condition plainly, 'clinically_understood' when it says suspected, 'on_pathway'. `year`: of diagnosis.
    """

    conditions: frozenset[str]
    basis: str
    pathway_for: frozenset[str] = frozenset()
    year: int | None = None
    text: str = ""


_AUTISM = re.compile(r"\b(?:autis\w*|asc|asd|asperger\w*|pda|aut)\b|(?<=\+)\s*a\b|\ba(?=\s*\+)")
_DISABILITY = re.compile(
    r"\b(?:ld|lds|learning\s+disab\w*|learning-disab\w*|intellectual\s+disab\w*|pmld|sld)\b|(?<=[&/+])\s*ld\b"
)
_PATHWAY = re.compile(
    r"\b(?:await\w*|waiting|pathway|referred|referral|under assessment|being assessed|assessment|w/?l|pending|"
    r"in process|query assess\w*)\b"
)
_SUSPECTED = re.compile(
    r"\b(?:suspected|\?|query|traits|possible|probable|likely|clinically understood)\b|^\?|\?$|\?\s*\w"
)
_DENIED = re.compile(r"\b(?:no|not|without|ruled out|excl\w*)\s+(?:an?\s+)?(?:known\s+|diagnos\w*\s+(?:of\s+)?)?$")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_BOTH = re.compile(r"^(?:both|lda|ld\s*a|l\.d\.a)\.?$")


def read_diagnosis(cell: Cell) -> Outcome:
    """Autism, learning disability, or waiting for an assessment, with the basis the words give."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    said = text.casefold()
    if says_nothing(said):
        return NOTHING_SAID
    found = _conditions(said)
    if not found:
        sentence = f"Diagnosis {quoted(text)} names neither autism nor a learning disability. The text is kept."
        return unread("diagnosis_unread", sentence, NOTE)
    return Outcome(_diagnosis(said, text, found), whole=_plain(said))


def _conditions(said: str) -> frozenset[str]:
    if _BOTH.match(said):
        return frozenset({AUTISM, LEARNING_DISABILITY})
    found = set()
    for condition, pattern in ((AUTISM, _AUTISM), (LEARNING_DISABILITY, _DISABILITY)):
        if any(not _DENIED.search(said[: hit.start()]) for hit in pattern.finditer(said)):
            found.add(condition)
    return frozenset(found)


def _diagnosis(said: str, text: str, found: frozenset[str]) -> Diagnosis:
    year = int(hit[1]) if (hit := _YEAR.search(said)) else None
    waiting = _waiting_for(said, found)
    if waiting:
        plain = found - waiting
        return Diagnosis(plain | {ON_PATHWAY}, "diagnosed" if plain else ON_PATHWAY, waiting, year, text)
    basis = "clinically_understood" if _SUSPECTED.search(said) else "diagnosed"
    return Diagnosis(found, basis, frozenset(), year, text)


def _waiting_for(said: str, found: frozenset[str]) -> frozenset[str]:
    """The conditions that the part of the text speaking of an assessment names."""
    waiting: set[str] = set()
    for part in re.split(r"[,;]|\band\b|\+|&|/", said):
        if _PATHWAY.search(part):
            waiting |= _conditions(part) & found
    if not waiting and _PATHWAY.search(said):
        return found
    return frozenset(waiting)


def _plain(said: str) -> bool:
    """Do the words say no more than the conditions themselves?"""
    rest = _DISABILITY.sub(" ", _AUTISM.sub(" ", said))
    return not re.sub(r"\b(?:and|both|a|lda)\b|[\s+&/,.]", "", rest)
