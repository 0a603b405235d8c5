"""Rating tools as versioned data. A tool suggests; a named person decides."""

from dataclasses import dataclass
from datetime import date

COLOURS = ("red", "amber", "green", "blue")


@dataclass(frozen=True, slots=True)
class Item:
    """One question. kind: yes_no (answer True or False), choice (one of the options' keys) or hours
    (a whole number of hours until an admission is expected, 0 or more).

    options: key and words. An answer that is missing is not a 'no'.
    """

    key: str
    question: str
    kind: str = "yes_no"
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HardRule:
    """When at least `needed` of the items are answered yes, the value follows."""

    items: tuple[str, ...]
    needed: int
    value: str
    because: str


@dataclass(frozen=True, slots=True)
class Band:
    """An answer to a choice item, and the value it stands for. because: the words of the band.

    rule_key: the rule whose length is the longest time until admission that still falls in the band.
    """

    item: str
    option: str
    value: str
    because: str
    rule_key: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """One version of a rating tool. gives: colour, or entry (a way into keyworking; no colour).

    certainty: of the content. mapping_certainty: of the step from the content to the value.
    """

    key: str
    version: str
    title: str
    source: str
    certainty: str
    gives: str
    about: str
    items: tuple[Item, ...]
    hard_rules: tuple[HardRule, ...] = ()
    bands: tuple[Band, ...] = ()
    published_on: date | None = None
    mapping_certainty: str = ""

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)
