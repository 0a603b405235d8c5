"""Rules about agreed actions. No national document sets a time for any of them; row 65 stands with the service's."""

from ..rule import Rule
from .making import rule

_ALL = "all actions"


def _ours(key: str, title: str, long: str, counting: str, note: str = "") -> Rule:
    return rule(None, key, title, long, counting, "PROPOSAL", "P", "default", _ALL, note=note)


ACTIONS = (
    _ours(
        "action_done",
        "What was agreed is done by the day that was agreed",
        "",
        "at_once",
        "Due on the day that was agreed with the owner.",
    ),
    _ours(
        "action_chased",
        "Whoever does not answer, or is late, is chased",
        "5 working days",
        "working_days",
        "Counted anew from each time of chasing.",
    ),
    _ours("action_handed_on", "What an owner refused gets another owner", "5 working days", "working_days"),
    _ours(
        "action_blocked_look",
        "What is blocked is looked at again",
        "10 working days",
        "working_days",
        "Each time somebody writes down what it waits for, the time begins again.",
    ),
    _ours(
        "action_confirmed",
        "What is said to be done is confirmed by the keyworker or the family",
        "10 days",
        "within",
    ),
    _ours("action_dispute_settled", "A dispute about what was done is settled", "10 working days", "working_days"),
    _ours(
        "support_started",
        "The family is asked whether support has started",
        "5 working days",
        "working_days",
        "Counted from the day on which it was to start; after each 'not yet', from that day.",
    ),
)
