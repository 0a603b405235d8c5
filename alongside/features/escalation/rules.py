"""An area's rules and calendar, which are above this room."""

from collections.abc import Callable

from alongside.policy.counting import Calendar, default_calendar
from alongside.policy.rules import Ruleset

Rules = Callable[[str], tuple[Ruleset, Calendar]]


def _national(icb: str) -> tuple[Ruleset, Calendar]:
    return Ruleset.build(), default_calendar()


_rules_of: list[Rules] = [_national]


def rules_from(rules: Rules) -> None:
    """Where an area's rules and the calendar come from. For `config/wiring.py` only."""
    _rules_of[:] = [rules]


def rules_of(icb_code: str) -> tuple[Ruleset, Calendar]:
    return _rules_of[0](icb_code)
