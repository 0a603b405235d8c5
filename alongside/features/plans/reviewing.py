"""By when a plan is looked at again: the rule and counting of the duty itself."""

from collections.abc import Callable
from datetime import date

from alongside.policy.counting import Calendar, default_calendar
from alongside.policy.decision import Decision
from alongside.policy.duties.plans import latest_plan_review
from alongside.policy.rules import Ruleset

Rules = Callable[[str], tuple[Ruleset, Calendar]]


def _national(icb: str) -> tuple[Ruleset, Calendar]:
    return Ruleset.build(), default_calendar()


_rules_of: list[Rules] = [_national]


def rules_from(rules: Rules) -> None:
    """Where an area's rules and the calendar come from, which is above this room. For `config/wiring.py` only."""
    _rules_of[:] = [rules]


def latest_review(icb_code: str, today: date) -> Decision:
    """The last day on which a plan shared today is looked at again: value is that day."""
    ruleset, calendar = _rules_of[0](icb_code)
    return latest_plan_review(today, ruleset, calendar)
