"""Rules about what was found or answered and is asked again."""

from .making import rule

AGREEMENT = (
    rule(
        None,
        "capacity_review",
        "What was found of somebody's capacity is looked at again",
        "",
        "at_once",
        "PROPOSAL",
        "P",
        "default",
        "on the register",
        note="On the day that whoever found it chose. Capacity is about one decision at one time.",
    ),
    rule(
        None,
        "keyworker_offered_again",
        "A keyworker is offered again after a no",
        "6 months",
        "within",
        "PROPOSAL",
        "P",
        "default",
        "on the register",
        note="Where they said when they may be asked again, that day counts.",
    ),
)
