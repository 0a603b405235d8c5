"""By when the outcome is told, for the pages of whoever asked: the same rule and counting as the team's own duty."""

from collections.abc import Callable
from datetime import date, datetime

from alongside.policy.counting import Calendar, default_calendar, local_day
from alongside.policy.duties.reckoning import last_day
from alongside.policy.rules import Rule, Ruleset

Rules = Callable[[str], tuple[Ruleset, Calendar]]


def _national(icb: str) -> tuple[Ruleset, Calendar]:
    return Ruleset.build(), default_calendar()


_rules_of: list[Rules] = [_national]


def rules_from(rules: Rules) -> None:
    """Where an area's rules and the calendar come from, which is above this room. For `config/wiring.py` only."""
    _rules_of[:] = [rules]


def rules_of(icb_code: str) -> tuple[Ruleset, Calendar]:
    """An area's rules and the calendar."""
    return _rules_of[0](icb_code)


def outcome_told_by(icb_code: str, received_at: datetime) -> tuple[date, Rule]:
    """The last day on which the outcome is told (policy row 63), and the rule that says so."""
    ruleset, calendar = _rules_of[0](icb_code)
    received = local_day(received_at)
    rule, due = ruleset.governing("referral_outcome", received, lambda rule: last_day(rule, received, calendar))
    return due, rule


def looked_at_within(icb_code: str, received_at: datetime) -> Rule:
    """The rule of the first look (policy row 32)."""
    ruleset, _ = _rules_of[0](icb_code)
    return ruleset.in_force("referral_triage", local_day(received_at))
