"""Rules about who is who. Nothing national gives a time: all are local defaults."""

from .making import rule

IDENTITY = (
    rule(
        None,
        "possible_duplicate",
        "Two records that may be one person are looked at",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
    ),
    rule(
        None,
        "move_answered",
        "An area that is offered a person says yes or no",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        note="The area that offered stays responsible until the other has accepted.",
    ),
    rule(
        None,
        "wrong_person_looked_at",
        "Information governance looks at what stood on the wrong record",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        note="Whether it must be reported, and by when, is for information governance to say.",
    ),
)
