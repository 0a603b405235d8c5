"""What happened lately that local tools for rating ask about: counted back from a day. It decides nothing.

Source: policy reference 3.4 (Lincolnshire's questions; West Sussex's reasons for red), rows 41 and 42.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..counting import Calendar, day_in_words, default_calendar
from ..decision import Decision
from ..duties.reckoning import last_day
from ..rules import Rule, Ruleset, computes


@dataclass(frozen=True, slots=True)
class Happened:
    """kind: ae_crisis, admission (into a mental health hospital) or crisis_team. on: its day."""

    kind: str
    on: date


WORDS = {
    "ae_crisis": "In crisis at A&E",
    "admission": "Went into a mental health hospital",
    "crisis_team": "With the crisis team",
}
#: The kinds that each rule counts.
COUNTS = {"crisis_look_back": ("ae_crisis",), "admission_look_back": ("admission", "crisis_team")}


@computes("crisis_look_back", "admission_look_back")
def look_back(
    happened: Iterable[Happened], as_at: date, ruleset: Ruleset, calendar: Calendar | None = None
) -> tuple[Decision, ...]:
    """The latest of each kind that still counts on a day, with the rule by which it does; the newest first."""
    found: list[tuple[date, Decision]] = []
    known = [one for one in happened if one.on <= as_at]
    for key, kinds in COUNTS.items():
        rule = ruleset.in_force(key, as_at)
        for kind in kinds:
            days = [one.on for one in known if one.kind == kind and _counts(rule, one.on, as_at, calendar)]
            if days:
                found.append((max(days), _said(rule, kind, max(days))))
    return tuple(decision for _, decision in sorted(found, key=lambda one: one[0], reverse=True))


def _counts(rule: Rule, on: date, as_at: date, calendar: Calendar | None) -> bool:
    return as_at <= last_day(rule, on, calendar or default_calendar())


def _said(rule: Rule, kind: str, on: date) -> Decision:
    words = f"{WORDS[kind]} on {day_in_words(on)}; it counts for {rule.length}."
    return Decision(kind, words, rule.source_label)
