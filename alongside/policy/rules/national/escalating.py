"""Rules about escalation and refusals beside row 45. No national document sets a time for any of them."""

from ..rule import Rule
from .making import rule


def _ours(key: str, title: str, long: str, counting: str, applies_to: str = "escalations", note: str = "") -> Rule:
    return rule(None, key, title, long, counting, "PROPOSAL", "P", "default", applies_to, note=note)


ESCALATING = (
    _ours(
        "escalation_raised",
        "What the keyworker could not sort out is escalated, or it is written why not",
        "2 working days",
        "working_days",
        "agreed actions that are late, blocked or refused",
        "Counted from the end of the time of level 0 (row 45).",
    ),
    _ours(
        "escalation_days_left",
        "An action without a yes, or blocked, is escalated while there is still time",
        "7 days",
        "before",
        "agreed actions",
        "Counted back from the day that was agreed.",
    ),
    _ours(
        "escalation_review_action",
        "What a review recommended begins at level 2 once it is later than this",
        "10 working days",
        "working_days",
        "actions that a C(E)TR recommended",
        "Counted from the day by which it was to be done (policy reference, section 9).",
    ),
    _ours("escalation_told", "An officer without an account is rung", "1 working day", "working_days"),
    _ours("escalation_question", "What an officer asks back is answered", "2 working days", "working_days"),
    _ours("refusal_next_step", "The next step after a refusal", "", "at_once", "refusals", "Due on the day chosen."),
    _ours(
        "officers_named",
        "Health, education and social care each have a senior responsible officer",
        "10 working days",
        "working_days",
        "the ICB",
    ),
)
