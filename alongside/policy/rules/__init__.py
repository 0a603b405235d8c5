"""The rules as dated data: every row of the table of time limits, an ICB's own values, packs of law."""

from .live import computes, live_keys
from .national import NATIONAL
from .rule import ALWAYS, CERTAINTY, KINDS, UNITS, Length, Rule
from .ruleset import PACKS, Ruleset, check_local, local_value

__all__ = [
    "ALWAYS",
    "CERTAINTY",
    "KINDS",
    "NATIONAL",
    "PACKS",
    "UNITS",
    "Length",
    "Rule",
    "Ruleset",
    "check_local",
    "computes",
    "live_keys",
    "local_value",
]
