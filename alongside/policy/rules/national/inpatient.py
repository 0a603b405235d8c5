"""What a stay makes due besides the rows of the table of time limits."""

from .making import rule

_INPATIENT = "in a mental health hospital"

INPATIENT = (
    rule(
        None,
        "admission_known",
        "The keyworker knows of an admission",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _INPATIENT,
        note="Counted from the recording. An admission recorded more than 4 weeks after it is left out.",
    ),
    rule(
        None,
        "place_of_safety",
        "Time in a place of safety ends",
        "24 hours",
        "hours",
        "MHA1983",
        "G",
        "statute",
        "in a place of safety under section 135 or 136",
        detail="sections 135 and 136",
        note="Not checked against the text of the Act.",
    ),
    rule(
        None,
        "place_of_safety_longer",
        "Time in a place of safety ends, lengthened by a doctor",
        "36 hours",
        "hours",
        "MHA1983",
        "G",
        "statute",
        "in a place of safety, lengthened",
        detail="section 136B",
        note="24 hours and 12 more. Not checked against the text of the Act.",
    ),
    rule(
        None,
        "leave_back",
        "Somebody finds out whether they are back from leave",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "on leave from a hospital",
        note="Counted from when they were expected.",
    ),
    rule(
        None,
        "inpatient_file",
        "Each row of the commissioner’s inpatient file is decided",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _INPATIENT,
    ),
)
