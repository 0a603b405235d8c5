"""Short forms about telling others."""

from datetime import date
from typing import Any

from django import forms

from alongside.features.people.models import LawfulBasis
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.fields import DocumentField
from alongside.foundation.documents.keeping import kept_file, set_aside
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)
from alongside.overview.colleagues import FindingForm
from alongside.overview.sharing import text
from alongside.overview.sharing.told_forms import A_DATE, NO, LookAgainForm, ToldOrNotForm

Choices = list[tuple[str, str]]


class ShareForm(LookAgainForm):
    """What was told to whom. The lawful basis is asked apart from what was agreed."""

    on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    told_to = TextField("Who was told?", subject="Who was told", hint="Like: Hillcrest School, Ms Brown", most=200)
    what = TextareaField("What were they told?", subject="What they were told", most=400, rows=3)
    topics = CheckboxesField(
        "What was it about?", subject="What it was about", choices=text.TOPICS, small=True, required=False
    )
    purpose = TextField("What for?", subject="What it was for", most=300)
    lawful_basis = RadiosField(
        "Why does the law let you tell them?", subject="The lawful basis", choices=LawfulBasis.choices
    )
    why = TextareaField(
        "Why was it needed?", subject="Why it was needed", hint="A sentence that the family can read", most=400, rows=2
    )
    known = RadiosField(
        "May the family know?",
        subject="Whether the family may know",
        choices=(("yes", "Yes"), ("no", "No, it would not be safe")),
        hints={"yes": "They read it on their own page", "no": "You look again on a day that you choose"},
        reveals={"no": "unsafe"},
        initial="yes",
    )
    unsafe = TextField("Why would it not be safe?", subject="Why it would not be safe", most=400, required=False)
    field_order = ("on", "told_to", "what", "topics", "purpose", "lawful_basis", "why", "known", "unsafe")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("known") != "no":
            given["unsafe"] = ""
        elif not given.get("unsafe"):
            self.add_error("unsafe", "Say why it would not be safe if the family knew")
        self.look_again(given.get("known") == "no")
        return given


class OverrideForm(FindingForm, ToldOrNotForm, LookAgainForm):
    """Told against an agreement: whom, what, until when, because of which danger, and which senior decided."""

    chosen = "actor"
    actor = RadiosField(
        "Who has to know?", subject="Who has to know", choices=(), missing="Find and select who has to know"
    )
    topics = CheckboxesField(
        "What do they have to know?",
        subject="What they have to know",
        hint="Who the young person is stands open with it. Tick no more than keeps them safe",
        choices=text.TOPICS,
        small=True,
        missing="Tick at least one thing that they have to know",
    )
    reason = TextareaField(
        "What danger makes it necessary?", subject="What danger makes it necessary", most=400, rows=3
    )
    lawful_basis = RadiosField(
        "Why does the law let you?",
        subject="The lawful basis",
        choices=text.WITHOUT_CONSENT,
        hints={"public_task": "Safeguarding is most often this one"},
    )
    senior_name = TextField("Which senior decided it?", subject="The senior's name", hint="Name and post", most=120)
    until = DateField(
        "Until when may they read it?",
        subject="The last day",
        hint="28 days at the most. It can be asked for again",
        not_before_today=True,
    )
    field_order = (
        "look_for", "actor", "topics", "reason", "lawful_basis", "senior_name", "until", "told", "told_how", "unsafe",
    )  # fmt: skip
    unsafe_hint = "Nothing of it stands on their own page. Somebody looks again on the day you choose"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.look_again(given.get("told") == NO)
        return given


class ToldNowForm(OnceForm):
    told_how = TextField("How were they told?", subject="How they were told", most=400)


class LaterForm(OnceForm):
    unsafe = TextField("Why is it still not safe?", subject="Why it is still not safe", most=400)
    look_again_on = DateField("When is it looked at again?", subject="The day", hint=A_DATE, not_before_today=True)


class NothingAsked(OnceForm):
    """Nothing is asked."""


class AgreementWithForm(OnceForm):
    """An agreement between organisations."""

    party = SelectField(
        "Who is it with?",
        subject="Who it is with",
        hint="One organisation, or every organisation of a kind",
        choices=(),
        missing="Select who it is with",
    )
    purpose = TextareaField(
        "What is shared for?",
        subject="The purpose",
        hint="Like: planning school support for children on the register",
        most=300,
        rows=2,
    )
    signed_on = DateField("When was it signed?", subject="The day it was signed", hint=A_DATE, not_after_today=True)
    signed_by = TextField("Who signed it?", subject="Who signed it", hint="Names and posts", most=200)
    ends_on = DateField("What is its last day, if it has one?", subject="The last day", hint=A_DATE, required=False)
    paper = DocumentField("The signed paper, if you have it", required=False)
    set_aside = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, parties: Choices, owner: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        asked: Any = self.fields["party"]
        asked.choices = [("", "Select"), *text.KINDS, *parties]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("signed_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day can't be before the day it was signed")
        paper = given.get("paper") or kept_file(given.get("set_aside", ""), self.owner)
        given["paper"] = paper
        if self.errors and isinstance(paper, Checked):
            # It need not be chosen again.
            self.data = {**self.data.dict(), "set_aside": set_aside(paper, self.owner)}  # type: ignore[attr-defined]
            self["paper"].help_text = f"{paper.file_name} is kept. Choose another one only to take its place."
        return given


class EndAgreementForm(OnceForm):
    on = DateField("What is its last day?", subject="The last day", hint=A_DATE)

    def __init__(self, *args: Any, signed_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signed_on = signed_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.signed_on:
            raise forms.ValidationError("The last day can't be before the day it was signed")
        return on


class LimitsForm(OnceForm):
    limits = TextField(
        "What does it say?",
        subject="What it says",
        hint="Like: no contact, family court order of 3 March 2026",
        most=300,
    )
