"""Rule: one time limit as a dated row, with its source and how certain we are of it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

#: Start of rules whose first day is not known or does not matter: always in force.
ALWAYS = date(1900, 1, 1)

CERTAINTY = {
    "V": "Verified in the source",
    "V-L": "Verified, but one area's practice and not a national rule",
    "S": "From the founding documents of keyworking",
    "G": "General knowledge, to be checked against the source",
    "P": "Proposal of this software",
}

KINDS = {
    "statute": "law",
    "national": "national policy",
    "local": "local default",
    "default": "local default",
}

UNITS = (
    "days",
    "weeks",
    "months",
    "years",
    "working_days",
    "school_days",
    "hours",
    "working_hours",
    "minutes",
    "percent",
)


#: Units that make a length a day of the year: 31 march.
MONTHS_OF_YEAR = {"january": 1, "february": 2, "march": 3, "april": 4, "september": 9}


@dataclass(frozen=True, slots=True)
class Length:
    """A number and its unit (one of UNITS), or a day of the year (unit in MONTHS_OF_YEAR)."""

    number: int
    unit: str

    def __str__(self) -> str:
        return _words(self.number, self.unit)


@lru_cache(maxsize=1_000)
def _words(number: int, unit: str) -> str:
    if unit in MONTHS_OF_YEAR:
        return f"{number} {unit.title()}"
    if unit == "percent":
        return f"{number}%"
    unit = unit.replace("_", " ")
    return f"{number} {unit[:-1] if number == 1 else unit}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit for one stretch of time.

    key: what the engine asks for; several dated rows may share it. row: the row of the table of time
    limits (policy reference, section 16), None for a rule the product adds. length: None when there is
    none. starts_on: None means law that has not commenced. ends_on: its last day.
    kind: statute, national, local (one area's practice, offered as a default) or default (ours).
    pack: the set of rules it is switched on with. icb: whose own value it is; empty for everybody's.
    part: what this part of a row is called, where a row has several.
    """

    key: str
    row: int | None
    title: str
    length: Length | None
    counting: str
    starts_on: date | None
    source: str
    source_label: str
    certainty: str
    kind: str
    applies_to: str = "everyone"
    note: str = ""
    ends_on: date | None = None
    pack: str = ""
    part: str = ""
    icb: str = ""

    @property
    def period(self) -> Length:
        """The length of a rule that has one; ValueError for one that has none."""
        if self.length is None:
            raise ValueError(f"The rule {self.key} has no length.")
        return self.length

    @property
    def begun_on(self) -> date:
        """The first day of a rule that has begun; ValueError for law not commenced."""
        if self.starts_on is None:
            raise ValueError(f"The rule {self.key} has not commenced.")
        return self.starts_on

    @property
    def is_local_default(self) -> bool:
        """A value that no national document sets and that an ICB may change."""
        return not self.icb and self.kind in ("local", "default")

    @property
    def label(self) -> str:
        return f"set by {self.icb}" if self.icb else KINDS[self.kind]

    @property
    def length_in_words(self) -> str:
        if self.length is not None:
            return str(self.length)
        return "at once" if self.counting == "at_once" else "no period"
