"""Forms of a request for one's own record."""

from collections.abc import Sequence
from typing import Any

from alongside.foundation.nhsuk.forms import DateField, OnceForm, RadiosField, TextareaField, TextField
from alongside.overview.colleagues import FindingForm
from alongside.overview.subject_access.models import AccessRequest
from alongside.overview.subject_access.pack import Part

A_DATE = "For example, 31 3 2026"


class RequestForm(FindingForm):
    chosen = "second"
    reference = TextField(
        "Reference", hint="As on the person's page, like AB-1234-5678", most=14, width="10", code=True
    )
    received_on = DateField("When did the request come in?", subject="The day", hint=A_DATE, not_after_today=True)
    asked_as = RadiosField("Who asks?", choices=AccessRequest.AskedAs.choices)
    asked_by = TextField("Their name", most=120)
    proof = TextField(
        "How do you know who they are, and that they may ask?",
        subject="How you know",
        hint="For example: passport seen on 3 May; known to their keyworker; letter of authority",
        most=300,
    )
    second = RadiosField(
        "Who looks at the pack before it goes out?",
        subject="Who looks at the pack",
        choices=(),
        missing="Find and select who looks at the pack",
    )
    field_order = ("reference", "received_on", "asked_as", "asked_by", "proof", "look_for", "second")


class LongerForm(OnceForm):
    because = TextareaField("Why is it complex?", subject="Why", missing="Say why it is complex", most=400, rows=3)
    told_on = DateField(
        "When was whoever asked told?", subject="The day they were told", hint=A_DATE, not_after_today=True
    )


class CheckForm(OnceForm):
    """One question for each part on the page: left in, or taken out and why."""

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = list(parts)
        for part in self.parts:
            name = field_name(part)
            self.fields[name] = RadiosField(
                "May this part be given out?",
                subject=f"Whether this part of '{part.section}' may be given out",
                choices=(("leave", "Leave it in"), ("out", "Take it out")),
                reveals={"out": f"{name}-because"},
                inline=False,
                small=True,
            )
            self.fields[f"{name}-because"] = TextField("Why is it taken out?", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for part in self.parts:
            name = field_name(part)
            if given.get(name) == "out" and not given.get(f"{name}-because"):
                self.add_error(f"{name}-because", "Say why it is taken out")
        return given

    def decisions(self) -> dict[tuple[str, int], tuple[bool, str]]:
        """By part: whether it is left in, and why not."""
        given = self.cleaned_data
        return {
            part.key: (given[field_name(part)] == "leave", given[f"{field_name(part)}-because"]) for part in self.parts
        }


def field_name(part: Part) -> str:
    return f"{part.table}-{part.row_id}"


class ApproveForm(OnceForm):
    """Nothing is asked."""


class CloseForm(OnceForm):
    how = RadiosField("How was it answered?", choices=AccessRequest.Closed.choices)
    words = TextareaField(
        "To whom, how and when?",
        subject="To whom, how and when",
        hint="For example: handed to Dawn Moss in person on 3 May; or why it was refused or withdrawn",
        missing="Say to whom, how and when",
        most=400,
        rows=3,
    )
