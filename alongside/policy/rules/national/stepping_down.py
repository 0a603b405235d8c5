"""Stepping down, ending and turning 18. No national figure was found: all are local defaults (policy reference 4.7)."""

from .making import rule

_GREEN = "with a keyworker, rated green"
_ENDED = "whose keyworking has ended"

STEPPING_DOWN = (
    rule(
        None,
        "step_down_considered",
        "Green so long: it is looked at whether contact can become less",
        "6 weeks",
        "within",
        "PROPOSAL",
        "P",
        "default",
        _GREEN,
        note="Counted from the first day of green; a no with a reason is looked at again after as long.",
    ),
    rule(
        None,
        "step_down_contact",
        "Contact while stepping down, as it was planned",
        "",
        "at_once",
        "PROPOSAL",
        "P",
        "default",
        _GREEN,
        note="Each plan says how often. It counts while they are green; then the area's own lengths count again.",
    ),
    rule(
        None,
        "step_down_ends",
        "The last day of stepping down: keyworking ends, or goes on with a reason",
        "",
        "at_once",
        "PROPOSAL",
        "P",
        "default",
        "stepping down",
    ),
    rule(
        None,
        "ending_told",
        "Who stays is named, and the ending explained, where a keyworker ended and nobody follows",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _ENDED,
    ),
    rule(
        None,
        "off_register_decided",
        "Keyworking of somebody who left the register ends, or they come back to it",
        "2 weeks",
        "within",
        "PROPOSAL",
        "P",
        "default",
        "with a keyworker and on no register",
    ),
    *(
        rule(
            None,
            f"after_question_{number}",
            "One question after keyworking ended",
            months,
            "within",
            "PROPOSAL",
            "P",
            "default",
            _ENDED + ", who agreed to be asked",
            part=part,
            note="By a link that takes one answer. No casework: a worry goes to the register.",
        )
        for number, part, months in ((1, "first", "3 months"), (2, "second", "6 months"))
    ),
    rule(
        None,
        "adult_lead_named",
        "A named lead in adult services",
        "6 months",
        "before",
        "PROPOSAL",
        "P",
        "default",
        "turning 18",
        note="It is due from so long before the 18th birthday, and broken from the birthday on.",
    ),
)
