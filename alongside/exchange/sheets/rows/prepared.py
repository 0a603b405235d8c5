"""What becomes of each row: a person with typed values and remarks, or a row that is nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from alongside.exchange.sheets.values.outcome import NOTE, REFUSE, REVIEW

PERSON, BLANK = "person", "blank"

# What becomes of a row, as far as the sheet alone can tell.
READY, REPEAT, NEEDS_PERSON, REFUSED = "ready", "repeat", "review", "refused"
OUTCOMES = (READY, REPEAT, NEEDS_PERSON, REFUSED, BLANK)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say about a row: the heading it is about ('' for the whole row), the sentence, how much it
    matters ('refuse', 'review' or 'note') and a stable code."""

    column: str
    sentence: str
    severity: str
    code: str


@dataclass(frozen=True, slots=True)
class PreparedRow:
    """One row below the headings. `number` is the row as the spreadsheet numbers it.

    `fields`: our fields that have a value; `consent` is always there for a person. `unmapped`: every text that
    no typed value holds whole, by heading, to be kept with the entry. `raw`: every text, by heading.
    `fingerprint` is the same for the same facts however they are typed. `repeat_of`: the earlier row that this
    one repeats; `adds`: the fields it adds to that one. `maybe_same_as`: the earlier row it may repeat.
    """

    number: int
    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    unmapped: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    repeat_of: int | None = None
    adds: tuple[str, ...] = ()
    maybe_same_as: int | None = None

    @property
    def outcome(self) -> str:
        """'blank', 'refused', 'review', 'repeat' or 'ready', in that order of weight."""
        if self.kind == BLANK:
            return BLANK
        severities = {problem.severity for problem in self.problems}
        if REFUSE in severities:
            return REFUSED
        if REVIEW in severities:
            return NEEDS_PERSON
        return READY if self.repeat_of is None else REPEAT

    @property
    def notes(self) -> tuple[Problem, ...]:
        """The remarks that stop nothing."""
        return tuple(problem for problem in self.problems if problem.severity == NOTE)

    def as_json(self) -> dict[str, Any]:
        """Plain lists and words, ready for JSON."""
        return to_plain(self) | {"outcome": self.outcome}


@dataclass(frozen=True, slots=True)
class Prepared:
    """Every row below the headings, in order, and sentences about the sheet as a whole."""

    rows: tuple[PreparedRow, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each outcome; 'rows' is their sum."""
        return count_outcomes(self.rows)

    @property
    def codes(self) -> dict[str, int]:
        """How many rows carry each code of remark."""
        found = Counter(code for row in self.rows for code in {problem.code for problem in row.problems})
        return dict(sorted(found.items()))


def count_outcomes(rows: Iterable[PreparedRow]) -> dict[str, int]:
    """Rows by outcome; 'rows' always equals the sum of the rest."""
    found = Counter(row.outcome for row in rows)
    return {"rows": sum(found.values())} | {outcome: found[outcome] for outcome in OUTCOMES}


def to_plain(value: Any) -> Any:
    """A value as JSON can hold it: dates as text, sets as sorted lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    return value
