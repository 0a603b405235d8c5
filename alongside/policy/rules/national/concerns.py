"""Concerns, visits, disputes, money, and notices on a placement. Row 72 stands with the service's own rules.

No national time was found besides 'at once' for safeguarding; the council's one working day is not checked.
"""

from ..rule import Rule
from .making import rule


def _ours(key: str, title: str, long: str, counting: str, applies_to: str, *, note: str = "") -> Rule:
    return rule(None, key, title, long, counting, "PROPOSAL", "P", "default", applies_to, note=note)


_CONCERNS, _MONEY, _NOTICE = "concerns", "requests for money", "notices on a placement"

CONCERNS = (
    rule(
        None,
        "safeguarding_council_told",
        "The council is told of a safeguarding concern",
        "",
        "at_once",
        "KCC",
        "V-L",
        "local",
        _CONCERNS,
        note="In immediate danger, 999 first. It never waits for an escalation.",
    ),
    rule(
        None,
        "safeguarding_council_answer",
        "The council says what it does about a safeguarding concern",
        "1 working day",
        "working_days",
        "GENERAL",
        "G",
        "default",
        _CONCERNS,
        detail="statutory guidance on working together to safeguard children",
    ),
    _ours("concern_serious_looked_at", "A serious concern is looked at", "1 working day", "working_days", _CONCERNS),
    _ours(
        "concern_looked_at",
        "A concern is looked at",
        "5 working days",
        "working_days",
        _CONCERNS,
        note="Counted anew from each look, unless somebody chose a day.",
    ),
    _ours("concern_told_back", "Whoever said it, and the family, hear what came of it", "5 working days",
          "working_days", _CONCERNS),
    _ours("dispute_looked_at", "A dispute is pressed for a decision", "5 working days", "working_days", "disputes"),
    _ours("funding_answered", "A body answers a request for money", "10 working days", "working_days", _MONEY,
          note="Or the day after its panel, where that is known."),
    _ours("funding_told", "The family hears what was decided about money", "2 working days", "working_days", _MONEY),
    _ours("funding_started", "What was agreed has started", "5 working days", "working_days", _MONEY),
    _ours("placement_notice_followed", "Who looks for another place is written down", "1 working day",
          "working_days", _NOTICE),
    _ours("placement_searched", "Another place is asked, or asked again", "5 working days", "working_days", _NOTICE),
    _ours("placement_last_day", "What happens on the last day is written down this long before", "14 days", "within",
          _NOTICE),
    _ours("placement_found", "Somewhere to live before the last day", "", "at_once", _NOTICE),
    _ours("quality_visit", "Somebody visits them where they live", "6 months", "within", "in a residential placement"),
)  # fmt: skip
