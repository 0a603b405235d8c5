"""Where somebody lives and learns: looked-after standing, EHC plan, school, ward, keyworker."""

import re
from dataclasses import dataclass

from alongside.exchange.sheets.values.outcome import NOTHING, NOTHING_SAID, Outcome, unread
from alongside.exchange.sheets.values.text import Cell, cell_text, clean, quoted, says_nothing

YES, NO, IN_PROCESS = "yes", "no", "in_process"

_YES = re.compile(r"^(?:y|yes|ye|true|1|✓|✔|current|in place|has)\b|^[✓✔]")
_NO = re.compile(r"^(?:n|no|false|0|x|✗|not?|never|ceased|refused|none)\b")
_GOING = re.compile(
    r"\b(?:in process|in progress|process|progress|applied|application|request\w*|assess\w*|draft\w*|pending|"
    r"await\w*|submitted|being|started|underway|appeal\w*)\b"
)


def read_yes_no(cell: Cell) -> Outcome:
    """'yes', 'no' or 'in_process'. 'n/a' and 'TBC' are nothing; their words are kept."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    said = text.casefold()
    if says_nothing(said):
        return Outcome(NO, whole=False) if said == "none" else NOTHING_SAID
    for value, pattern in ((IN_PROCESS, _GOING), (YES, _YES), (NO, _NO)):
        if pattern.search(said):
            return Outcome(value, whole=said in ("y", "n", "yes", "no", "in process"))
    if re.search(r"\behcp?\b|\bplan\b", said):
        return Outcome(YES, whole=False)
    return unread("answer_unread", f"{quoted(text)} is neither yes, no nor in process. The text is kept.")


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """Standing with the council.

    `status`: 'looked_after', 'not_looked_after', 'adopted', 'special_guardianship', 'care_leaver'.
    `legal`: 'section_20', 'section_31', 'interim_care_order' or '' when the sheet doesn't say.
    """

    status: str
    legal: str = ""
    text: str = ""


# Children Act 1989: section 20 (by agreement), 31 (care order), 38 (interim care order).
_LEGAL = (
    ("interim_care_order", re.compile(r"\bico\b|\binterim\b|\bs\.?\s?38\b|\bsection 38\b")),
    ("section_20", re.compile(r"\bs\.?\s?20\b|\bsection 20\b|\bsec 20\b|\bvoluntary\b|\baccommodated\b")),
    ("section_31", re.compile(r"\bs\.?\s?31\b|\bsection 31\b|\bcare order\b|\bfco\b|\bfull order\b")),
)
_LEAVER = re.compile(r"\bcare leaver\b|\bleaving care\b|\bformer\w*\b|\bprevious\w*\b|\bpreviously\b|\bplac\b")
_CARED = re.compile(r"\b(?:lac|cla|cic|ycic|looked after|in care|foster\w*|residential care|children'?s home)\b")


def read_looked_after(cell: Cell) -> Outcome:
    """Whether a council looks after the person, and under which part of the law where the sheet says it."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    said = text.casefold()
    if says_nothing(said) and said != "none":
        return NOTHING_SAID
    status, legal = _standing(said)
    if not status:
        return unread("looked_after_unread", f"Looked after {quoted(text)} could not be read. The text is kept.")
    return Outcome(LookedAfter(status, legal, text), whole=bool(re.fullmatch(r"[yn]|yes|no|s\.?20|adopted", said)))


def _standing(said: str) -> tuple[str, str]:
    if re.search(r"\badopt\w*", said):
        return "adopted", ""
    if re.search(r"\bsgo\b|\bspecial guardian\w*", said):
        return "special_guardianship", ""
    if _LEAVER.search(said):
        return "care_leaver", ""
    if re.match(r"(?:n|no|none|not|false)\b", said):
        return "not_looked_after", ""
    legal = next((name for name, pattern in _LEGAL if pattern.search(said)), "")
    if legal or _YES.match(said) or _CARED.search(said):
        return "looked_after", legal
    return "", ""


@dataclass(frozen=True, slots=True)
class School:
    """Where the person learns.

    `kind`: 'school', 'eotas' (education otherwise than at school), 'home', 'none'. `weeks`: 38 or 52 when
    the sheet says that they live there so many weeks a year, else None.
    """

    name: str
    kind: str
    weeks: int | None = None

    @property
    def circumstance(self) -> str:
        """'residential_52', 'residential_38' or ''."""
        return f"residential_{self.weeks}" if self.weeks else ""


_WEEKS = re.compile(
    r"\(?\s*\b(52|38)\s*[-/]?\s*(?:wks?|weeks?|w)\b\.?\s*(?:residential|placement|pa|a year)?\s*\)?",
    re.IGNORECASE,
)
_EOTAS = re.compile(r"\be\.?o\.?t\.?a\.?s\.?\b|\beducation other(?:wise)? than\b", re.IGNORECASE)
_AT_HOME = re.compile(r"\b(?:ehe|home[\s-]?(?:schooled|educat\w+|school)|elective home)\b", re.IGNORECASE)
_NO_SCHOOL = re.compile(
    r"^(?:none|neet|no school|not in (?:school|education)|out of (?:school|education)|nil|cme)\b",
    re.IGNORECASE,
)


def read_school(cell: Cell) -> Outcome:
    """A school's name, or that there is none; a note such as '(52wk)' becomes the weeks lived there."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if _NO_SCHOOL.match(text):
        return Outcome(School("", "none"), whole=text.casefold() == "none")
    if says_nothing(text):
        return NOTHING_SAID
    found = _WEEKS.search(text)
    weeks = int(found[1]) if found else None
    name = clean(_WEEKS.sub(" ", text)).strip(" ,-;")
    for kind, pattern in (("eotas", _EOTAS), ("home", _AT_HOME)):
        if pattern.search(text):
            rest = clean(pattern.sub(" ", name)).strip(" ,-;()")
            return Outcome(School(rest, kind, weeks), whole=not rest and not weeks)
    return Outcome(School(name, "school", weeks), whole=weeks is None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A ward or unit somebody is in. `security`: 'low', 'medium', 'high' only where the text says so, else ''.

    `service` is 'camhs' where the text says that it is a children's unit, else ''. `hospital` is the part
    after a comma that names one.
    """

    name: str
    hospital: str = ""
    security: str = ""
    service: str = ""


_SECURITY = re.compile(
    r"\(?\s*\b(low|medium|med|high)[\s-]*(?:secure|security)\b\s*(?:unit|ward)?\s*\)?", re.IGNORECASE
)
_LEVELS = {"low": "low", "medium": "medium", "med": "medium", "high": "high"}
_CHILDRENS = re.compile(r"\b(?:camhs|cyp|tier 4|t4|adolescent|gau|child\w*)\b", re.IGNORECASE)
_NOT_INSIDE = re.compile(
    r"^(?:no|n|home|community|not (?:an )?in-?patient|not admitted|not in hospital|none)$", re.IGNORECASE
)


def read_unit(cell: Cell) -> Outcome:
    """The unit somebody is in now. A bare 'yes' and a note of discharge are kept as text and noted."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text) or _NOT_INSIDE.match(text):
        return NOTHING_SAID
    if re.search(r"\bdischarg\w*|\bd/c\b", text, re.IGNORECASE):
        return unread("unit_left", f"Inpatient unit {quoted(text)} speaks of discharge, so no stay was made from it.")
    if re.fullmatch(r"(?i)y|yes|true|inpatient|in-patient", text):
        return unread("unit_unnamed", f"Inpatient unit {quoted(text)} says that they are in hospital but not where.")
    return _unit(text)


def _unit(text: str) -> Outcome:
    secure = _SECURITY.search(text)
    level = _LEVELS[secure[1].casefold()] if secure else ""
    name = (clean(_SECURITY.sub(" ", text)) if secure and "(" in secure[0] else text).strip(" ,;-")
    ward, _, hospital = name.partition(",")
    if not re.search(r"(?i)hospital|clinic|centre|unit|trust|house|priory|cygnet", hospital):
        ward, hospital = name, ""
    service = "camhs" if _CHILDRENS.search(text) else ""
    return Outcome(Unit(ward.strip(), hospital.strip(), level, service))


_NOBODY = re.compile(
    r"^(?:no|n|none|nobody|no one|unallocated|not (?:yet )?allocated|awaiting.*|waiting.*|pending.*|vacant|vacancy|"
    r"to be (?:allocated|confirmed).*|allocation pending|required|needed|referred.*|declined.*|refused.*)$",
    re.IGNORECASE,
)


def read_keyworker(cell: Cell) -> Outcome:
    """A keyworker's name as typed; 'TBC', 'n/a', 'waiting list' and the like are nobody, and kept as text."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    if says_nothing(text) or _NOBODY.match(text):
        return NOTHING_SAID
    if re.fullmatch(r"(?i)y|yes|true", text):
        return unread("keyworker_unnamed", f"Keyworker {quoted(text)} says that there is one but not who.")
    return Outcome(text)


def read_text(cell: Cell) -> Outcome:
    """Any words, on one line."""
    text = clean(cell_text(cell))
    if not text:
        return NOTHING
    return NOTHING_SAID if says_nothing(text) else Outcome(text)
