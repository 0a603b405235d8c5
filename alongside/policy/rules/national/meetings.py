"""Rules about the register meeting itself. No national figure was found for any of them."""

from .making import rule

_WHOM = "register meetings"

MEETINGS = (
    rule(
        None, "meeting_agenda_sent", "The agenda of a register meeting is sent before it", "5 days", "before",
        "PROPOSAL", "P", "default", _WHOM,
        note="So that people can look at their own notes, and so that whoever is missing can be found.",
    ),
    rule(
        None, "meeting_held", "A register meeting is held on its day, moved or called off", "", "at_once",
        "PROPOSAL", "P", "default", _WHOM,
    ),
    rule(
        None, "meeting_minutes_sent", "Minutes of a register meeting are sent", "5 working days", "working_days",
        "PROPOSAL", "P", "default", _WHOM,
    ),
    rule(
        None, "meeting_next_planned", "After a register meeting the next one is planned", "7 days", "within",
        "PROPOSAL", "P", "default", _WHOM,
    ),
    rule(
        None, "meeting_quorum", "Health, education and social care are there", "", "at_once",
        "PROPOSAL", "P", "default", _WHOM,
        note="A decision without one of them is kept and marked 'not quorate'; nobody waits for a quorum.",
    ),
)  # fmt: skip
