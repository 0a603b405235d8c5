"""Waiting outside the rules, stepping down and endings, from what `facts.sql` gives of them."""

from datetime import date
from typing import Any

from alongside.policy.facts import EndingFacts, OutsideFacts, StepDownFacts
from alongside.policy.stepping_down import Step


def outside_rules(values: list[Any]) -> OutsideFacts | None:
    if not values:
        return None
    key, since, until = values
    return OutsideFacts(key, date.fromisoformat(since), date.fromisoformat(until))


def step_down(values: list[Any] | None) -> StepDownFacts | None:
    if not values:
        return None
    key, starts, ends, steps, lead = values
    planned = tuple(Step(date.fromisoformat(day), days) for day, days in steps)
    return StepDownFacts(key, date.fromisoformat(starts), date.fromisoformat(ends), planned, lead)


def ending_of(values: list[Any] | None) -> EndingFacts | None:
    if not values:
        return None
    key, on, reason, asked = values
    return EndingFacts(key, date.fromisoformat(on), reason, tuple(asked or ()))
