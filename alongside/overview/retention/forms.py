"""Short forms about how long records are kept."""

from alongside.foundation.nhsuk.forms import OnceForm, RadiosField, TextareaField, TextField
from alongside.overview.colleagues import FindingForm


class HoldForm(OnceForm):
    reference = TextField(
        "Reference", hint="As on the person's page, like AB-1234-5678", most=14, width="10", code=True
    )
    because = TextareaField(
        "Why must this record be kept?",
        subject="Why",
        hint="For example an inquest, an inquiry, a complaint or a claim",
        missing="Say why this record must be kept",
        most=400,
        rows=3,
    )


class LiftHoldForm(OnceForm):
    because = TextareaField("Why is the hold not needed any more?", subject="Why", missing="Say why", most=400, rows=3)


class ProposeForm(FindingForm):
    """Who else has to say yes."""

    chosen = "second"
    second = RadiosField(
        "Who says yes or no?", subject="Who says yes or no", choices=(), missing="Find and select who says yes or no"
    )


class DecideForm(OnceForm):
    approved = RadiosField(
        "May these records go?",
        subject="Whether these records may go",
        choices=(("yes", "Yes, dispose of them"), ("no", "No, keep them")),
        missing="Select whether these records may go",
    )
    because = TextareaField("If not, why?", most=400, rows=3, required=False)


class LetGoForm(OnceForm):
    """Nothing is asked."""
