"""Short forms of guarded records."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.features.people.operations.people import check_nhs_number
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    OnceForm,
    RadiosField,
    TextareaField,
    TextField,
)
from alongside.overview.colleagues import FindingForm
from alongside.overview.guarded import text
from alongside.overview.guarded.emergencies import Asked
from alongside.overview.guarded.models import Opening
from alongside.overview.sharing.told_forms import LATER, NO, YES, ToldOrNotForm


class BreakGlassForm(OnceForm):
    """Whom, and why it can't wait. Only what is exactly right finds anybody."""

    marks_optional = False
    nhs_number = TextField(
        "NHS number", hint="10 digits, like 999 123 4567", width="10", inputmode="numeric", code=True, required=False
    )
    given_name = TextField("Or first name", hint="As it is written in records", most=80, required=False)
    family_name = TextField("Family name", most=80, required=False)
    birth_date = DateField("Date of birth", hint="For example, 31 3 2012", not_after_today=True, required=False)
    reason = RadiosField("Why can't it wait?", subject="Why it can't wait", choices=Opening.Reason.choices)
    words = TextareaField(
        "What is happening?",
        subject="What is happening",
        hint="A sentence is enough. It is shown to whoever looks at this afterwards, and to the family",
        missing="Say in a sentence what is happening",
        most=500,
        rows=3,
    )

    def clean_nhs_number(self) -> str:
        try:
            return check_nhs_number(self.cleaned_data["nhs_number"]) or ""
        except NotNow as problem:
            raise forms.ValidationError(problem.sentence) from problem

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        named = all(given.get(name) for name in ("given_name", "family_name", "birth_date"))
        if not self.errors and not (given.get("nhs_number") or named):
            self.add_error("nhs_number", text.GIVE_WHO)
        return given

    def asked(self) -> Asked:
        """Whom this form looks for. The number alone decides where there is one."""
        given = self.cleaned_data
        return Asked(given["nhs_number"], given["given_name"], given["family_name"], given["birth_date"])


class FinishedForm(OnceForm):
    """Nothing is asked."""


class ReviewForm(ToldOrNotForm):
    """What somebody found who looked at an opening, and whether the family was told that the record was opened."""

    justified = RadiosField(
        "Was it justified?", choices=(("yes", "Yes"), ("no", "No")), missing="Select whether it was justified"
    )
    finding = TextareaField(
        "What did you find?",
        subject="What you found",
        missing="Say what you found",
        most=500,
        rows=3,
    )
    field_order = ("justified", "finding", "told", "told_how", "unsafe")
    may_wait = True

    @property
    def told_or_not(self) -> Opening.Told:
        by = {YES: Opening.Told.TOLD, LATER: Opening.Told.LATER, NO: Opening.Told.UNSAFE}
        return by[self.cleaned_data["told"]]


class RestrictForm(OnceForm):
    """Why, who can find the record from now on, and when somebody looks again."""

    reference = TextField(
        "Whose record?",
        subject="Whose record it is",
        hint="Reference like AB-1234-5678, NHS number or name",
        most=80,
        missing="Say whose record it is",
    )
    which = RadiosField("Which of them?", choices=(), required=False)
    because = TextareaField(
        "Why must only named people find this record?", subject="Why", most=400, rows=3, missing="Say why"
    )
    look_for = TextField("Find a colleague", hint="A part of their name or post", most=80, required=False)
    named = CheckboxesField(
        "Who is named?",
        subject="Who is named",
        hint="Everybody else stops seeing the record at once, keyworkers too",
        choices=(),
        small=True,
        missing="Find and select who can find this record",
    )
    review_on = DateField(
        "When is it looked at again?", subject="The day", hint="For example, 31 3 2027", not_before_today=True
    )

    def __init__(
        self,
        *args: Any,
        colleagues: list[tuple[str, str]],
        people: Sequence[tuple[str, str]] = (),
        many: bool = False,
        by_reference: bool = False,
        **kwargs: Any,
    ) -> None:
        """`colleagues` and `people`: those found, to choose among. many: too many colleagues to show all at once.

        by_reference: for whom no name and no number finds anybody.
        """
        super().__init__(*args, **kwargs)
        asked: Any = self.fields
        asked["named"].choices = colleagues
        asked["which"].choices = people
        if not people:
            del self.fields["which"]
        if by_reference:
            asked["reference"].help_text = "The reference on the person's page, like AB-1234-5678"
        if not many:
            del self.fields["look_for"]
        if not colleagues:
            asked["named"].help_text = "Find them by name first. Everybody you don't name stops seeing the record"


class NameForm(FindingForm):
    """One more person who can find the record."""

    chosen = "who"
    who = RadiosField("Who else?", subject="Who it is", choices=(), missing="Find and select who it is")


class UnnameForm(OnceForm):
    """Nothing is asked."""


class LookAgainForm(OnceForm):
    """The record stays restricted until another day."""

    review_on = DateField("Until when?", subject="The day", hint="For example, 31 3 2027", not_before_today=True)


class LiftForm(OnceForm):
    because = TextareaField(
        "Why can everybody whose work it is find it again?", subject="Why", most=400, rows=3, missing="Say why"
    )
