"""What a tool suggests from its answers. Only a suggestion: a named person decides."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ..decision import Decision
from ..rules import Ruleset, computes
from .tool import Band, Tool

_HOURS_IN = {"hours": 1, "days": 24, "weeks": 168}


def suggest(
    tool: Tool, answers: Mapping[str, Any], ruleset: Ruleset | None = None, as_at: date | None = None
) -> Decision:
    """The value the tool suggests, or None when it says nothing. Unknown and missing answers are no 'no'.

    ruleset and as_at choose an ICB's own time bands; without them the first ones of the rules are used.
    """
    for rule in tool.hard_rules:
        yes = sum(answers.get(key) is True for key in rule.items)
        if yes >= rule.needed:
            return Decision(rule.value, rule.because, tool.source)
    band = _by_hours(tool, answers, ruleset, as_at) or _by_choice(tool, answers)
    if band is not None:
        inferred = " The colour of this band is inferred." if tool.mapping_certainty == "G" else ""
        return Decision(band.value, f"This band fits: {band.because}.{inferred}", tool.source)
    return Decision(None, _nothing(tool, answers), tool.source)


def _by_choice(tool: Tool, answers: Mapping[str, Any]) -> Band | None:
    return next((band for band in tool.bands if answers.get(band.item) == band.option), None)


@computes("red_threshold", "amber_threshold")
def _by_hours(tool: Tool, answers: Mapping[str, Any], ruleset: Ruleset | None, as_at: date | None) -> Band | None:
    """The first band whose time the expected admission falls in, both ends included."""
    item = next((item for item in tool.items if item.kind == "hours"), None)
    hours = answers.get(item.key) if item else None
    chosen = _by_choice(tool, answers)
    if not isinstance(hours, int) or isinstance(hours, bool) or hours < 0:
        return None
    if chosen is not None and chosen.value == "blue":
        return chosen
    rules = ruleset or _national()
    for band in tool.bands:
        if band.rule_key:
            length = rules.in_force(band.rule_key, as_at or date.max).period
            if hours <= length.number * _HOURS_IN.get(length.unit, 24):
                return band
    return None


@lru_cache(maxsize=1)
def _national() -> Ruleset:
    return Ruleset.build()


def _nothing(tool: Tool, answers: Mapping[str, Any]) -> str:
    missing = sum(item.kind == "yes_no" and answers.get(item.key) is None for item in tool.items)
    if missing:
        return f"{missing} of {len(tool.items)} questions are not answered, and the rest decide nothing."
    return "The answers do not meet any rule of this tool, so it suggests nothing: a judgement is needed."
