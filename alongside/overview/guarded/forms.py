"""Short forms of guarded records."""

from typing import Any

from django import forms

from alongside.features.people.operations.people import check_nhs_number
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)
from alongside.overview.guarded import text
from alongside.overview.guarded.emergencies import Asked
from alongside.overview.guarded.models import Opening


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


class ReviewForm(OnceForm):
    """What somebody found who looked at an opening."""

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
    told = RadiosField(
        "Was the family told that the record was opened?",
        subject="Whether the family was told",
        choices=Opening.Told.choices,
        hints={"later": "This stays on your list until they are told"},
        reveals={"unsafe": "told_words"},
    )
    told_words = TextField("Why would it not be safe?", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("told") == Opening.Told.UNSAFE and not given.get("told_words"):
            self.add_error("told_words", "Say why telling them would not be safe")
        return given


class RestrictForm(OnceForm):
    """Why, who can find the record from now on, and when somebody looks again."""

    reference = TextField(
        "Reference", hint="As on the person's page, like AB-1234-5678", most=14, width="10", code=True
    )
    because = TextareaField(
        "Why must only named people find this record?", subject="Why", most=400, rows=3, missing="Say why"
    )
    named = CheckboxesField(
        "Who is named?",
        subject="Who is named",
        hint="Everybody else stops seeing the record at once, keyworkers too",
        choices=(),
        small=True,
        missing="Select who can find this record",
    )
    review_on = DateField(
        "When is it looked at again?", subject="The day", hint="For example, 31 3 2027", not_before_today=True
    )

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["named"]
        asked.choices = colleagues


class NameForm(OnceForm):
    """One more person who can find the record."""

    who = SelectField("Who else?", subject="Who it is", choices=(), missing="Select who it is")

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["who"]
        asked.choices = [("", "Select"), *colleagues]


class UnnameForm(OnceForm):
    """Nothing is asked."""


class LookAgainForm(OnceForm):
    """The record stays restricted until another day."""

    review_on = DateField("Until when?", subject="The day", hint="For example, 31 3 2027", not_before_today=True)


class LiftForm(OnceForm):
    because = TextareaField(
        "Why can everybody whose work it is find it again?", subject="Why", most=400, rows=3, missing="Say why"
    )
