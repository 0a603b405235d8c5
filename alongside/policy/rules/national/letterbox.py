"""Rules about messages. Nothing national gives a time: all are local defaults."""

from .making import rule

LETTERBOX = (
    rule(
        None,
        "message_answered",
        "A message to a team is answered",
        "2 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        note="Or somebody of the team says that it needs no answer.",
    ),
    rule(
        None,
        "delivery_repaired",
        "What could not be delivered is sent another way",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
    ),
    rule(
        None,
        "letter_posted",
        "A letter that people print is in the post",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        note="Where no carrier prints and posts letters.",
    ),
)
