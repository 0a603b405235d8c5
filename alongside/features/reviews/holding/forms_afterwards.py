"""What is asked after the report: who got it, what they do with it, how it was, how good it was, the panel."""

from collections.abc import Sequence
from typing import Any

from alongside.features.actions.forms import A_DATE, find_organisation
from alongside.features.reviews.models import OversightCase, Recipient, ReviewFeedback
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from alongside.policy.enquiry import ASKED, MET, PERSONAL, SAID


class SentForm(OnceForm):
    kind = SelectField("Who got it?", choices=Recipient.Kind.choices, missing="Select who got it")
    name = TextField("Name of the organisation, or of the person", subject="Who got it", most=200)
    sent_on = DateField("Sent on which day?", subject="The day", hint=A_DATE, not_after_today=True)
    sent_how = TextField("How?", hint="Like: secure e-mail", subject="How it was sent", most=200)
    answers = TickField(
        "They say what they do with what was recommended",
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["organisation"] = find_organisation(given["name"])[0] if given.get("name") else None
        return given


class RegardForm(OnceForm):
    regard = RadiosField("What do they say?", choices=Recipient.Regard.choices, missing="Select what they say")
    because = TextareaField(
        "Why?", hint="Needed unless they accept all of it.", most=1000, rows=3, required=False, marked=False
    )
    on = DateField("On which day?", subject="The day", hint=A_DATE, not_after_today=True)
    said_by = TextField("Who said so?", most=120, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("regard") in ("partly", "declined") and not given.get("because"):
            self.add_error("because", "Write the reason that they gave")
        return given


class AskedForm(OnceForm):
    on = DateField("On which day were they asked?", subject="The day", hint=A_DATE, not_after_today=True)
    how = TextField("Who was asked, and how?", subject="Who was asked", most=300)


class FiveForm(OnceForm):
    """The five questions, by one voice."""

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, (to_self, to_family) in ASKED.items():
            self.fields[key] = RadiosField(
                to_self if own else to_family, choices=list(SAID.items()), required=False, small=True, marked=False
            )
        label = "What do you want to say?" if own else "What else did they say?"
        self.fields["said"] = TextareaField(label, most=1000, rows=4, required=False, marked=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in (*ASKED, "said")):
            self.add_error(next(iter(ASKED)), "Answer a question, or write something")
        return given


class FeedbackForm(FiveForm):
    """The same, written down by staff."""

    voice = RadiosField("Who says it?", choices=ReviewFeedback.Voice.choices, missing="Select who says it")
    name = TextField("Who of the family?", most=120, required=False, hint="Only for somebody of the family.")
    field_order = ["voice", "name"]


class QualityForm(OnceForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, (title, asks) in PERSONAL.items():
            self.fields[f"met_{key}"] = RadiosField(
                title, hint=asks, choices=list(MET.items()), inline=True, small=True, missing=f"Select for: {title}"
            )
            self.fields[f"why_{key}"] = TextField(f"What shows it? ({title})", most=300, required=False, marked=False)
        self.fields["said"] = TextareaField("What should be done better next time?", most=1000, rows=3, required=False)

    @property
    def items(self) -> dict[str, tuple[str, str]]:
        given = self.cleaned_data
        return {key: (given.get(f"met_{key}", ""), given.get(f"why_{key}", "")) for key in PERSONAL}


class RaiseForm(OnceForm):
    because = TextareaField("Why should the panel look at it?", most=1000, rows=4, missing="Write why")


class PanelForm(OnceForm):
    held_on = DateField("On which day did the panel meet?", subject="The day", hint=A_DATE, not_after_today=True)
    who_came = TextareaField("Who came?", hint="Names and organisations", most=500, rows=3, missing="Write who came")


class DecideForm(OnceForm):
    panel = SelectField("At which panel?", choices=(), missing="Select the panel")
    safe = RadiosField(
        "Are they safe?", choices=OversightCase.Finding.choices, inline=True, missing="Select whether they are safe"
    )
    well = RadiosField(
        "Are they well?", choices=OversightCase.Finding.choices, inline=True, missing="Select whether they are well"
    )
    checked = TextField(
        "Who has seen them, and when?", hint="Like: the commissioner, on 3 March", most=500, required=False
    )
    decision = TextareaField("What did the panel decide?", most=1000, rows=4, missing="Write what the panel decided")

    def __init__(self, *args: Any, panels: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["panel"]
        asked.choices = [("", "Select"), *panels]
