"""The six fields of a notice and of an alert, and the register team's forms. They answer in sentences."""

from datetime import datetime
from typing import Any

from django import forms

from alongside.features.hospital.forms import A_DATE, moment_of
from alongside.features.referrals.notices.models import Notice
from alongside.features.referrals.notices.receiving import Said
from alongside.features.referrals.notices.rota import latest_day
from alongside.foundation.accounts.invitations import plain_phone
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TimeField,
)

#: A number that can be rung from outside has so many figures; an extension or a bleep may follow.
FIGURES = 10


class TellForm(OnceForm):
    """What both have in common. What isn't known may stay empty, but a name and whom to ring back."""

    #: What is asked only of somebody who writes down afterwards what they were told.
    left_out: tuple[str, ...] = ()

    given_name = TextField("First name", hint="At least one of the two names", most=80, required=False)
    family_name = TextField("Family name", most=80, required=False)
    birth_date = DateField("Date of birth", hint=A_DATE, not_after_today=True, required=False)
    nhs_number = TextField("NHS number", most=40, width="20", inputmode="numeric", required=False)
    where_now = TextField("Where are they now?", most=200, missing="Write where they are now")
    on = DateField("On which day did they come?", subject="The day they came", hint=A_DATE, not_after_today=True)
    at = TimeField("At what time?", required=False)
    happened = TextareaField("What happened?", most=2000, rows=4, missing="Write what happened, in a few words")
    ring_name = TextField("Who should we ring back?", hint="Name and post", most=120, missing="Write who to ring back")
    ring_phone = TextField(
        "On which number?",
        hint="With the area code. An extension may follow",
        most=40,
        inputmode="tel",
        width="20",
        missing="Write the number to ring",
    )
    sender = TextField(
        "Who told you?", hint="Like: Willow Ward, Northmoor Hospital", most=200, missing="Write who told you"
    )

    def __init__(self, *args: Any, by_phone: bool = False, where: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"where_now": where, "on": kwargs.get("today")} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not by_phone:
            del self.fields["sender"]
            for name in self.left_out:
                del self.fields[name]

    def clean_ring_phone(self) -> str:
        typed = str(self.cleaned_data["ring_phone"])
        if sum(letter.isdecimal() for letter in typed) < FIGURES:
            raise forms.ValidationError("Write the whole number with its area code, like 01632 960111")
        return typed

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not (given.get("given_name", "").strip() or given.get("family_name", "").strip()):
            self.add_error("given_name", "Write at least one of the names, or a description like 'unknown girl'")
        born, came = given.get("birth_date"), given.get("on")
        if born and came and born > came:
            self.add_error("birth_date", "The date of birth is after the day they came. Check the year")
        return given

    def said(self, now: datetime) -> Said:
        """What was filled in, as it is kept. A day without a time is taken as midday."""
        given = self.cleaned_data
        names = ("given_name", "family_name", "birth_date", "nhs_number", "where_now", "happened")
        return Said(
            **{name: given[name] for name in names},
            happened_at=moment_of(given["on"], given["at"], now) if "on" in given else now,
            ring_name=given["ring_name"],
            ring_phone=given["ring_phone"],
            place=given.get("place", ""),
        )


class AdmissionNoticeForm(TellForm):
    place = RadiosField(
        "What kind of ward?",
        subject="The kind of ward",
        choices=Notice.Place.choices,
        missing="Select the kind of ward",
    )
    field_order = (
        "given_name",
        "family_name",
        "birth_date",
        "nhs_number",
        "where_now",
        "place",
        "on",
        "at",
        "happened",
        "ring_name",
        "ring_phone",
        "sender",
    )


class AlertForm(TellForm):
    """A&E: the six and no more, told while it happens."""

    left_out = ("on", "at")


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class TakeForm(OnceForm):
    """One button."""

    version = _version()


class SameForm(OnceForm):
    version = _version()
    reference = TextField(
        "Reference of their record", hint="Like KM-1234-5678", most=14, width="20", missing="Write the reference"
    )
    because = TextField(
        "How do you know?", hint="Only the register team reads this", most=500, missing="Write how you know"
    )


class BecauseForm(OnceForm):
    version = _version()
    because = TextField(
        "How do you know?", hint="Only the register team reads this", most=500, missing="Write how you know"
    )


class SettleForm(OnceForm):
    version = _version()
    words = TextareaField(
        "Whom did you ring back, and what came of it?",
        hint="Only the register team reads this",
        most=2000,
        missing="Write whom you rang back and what came of it",
    )


class CalledForm(OnceForm):
    """What somebody on call did; the register team settles it afterwards."""

    version = _version()
    words = TextareaField(
        "Whom did you ring, and what came of it?",
        hint="The register team reads this, and settles it",
        most=2000,
        missing="Write whom you rang and what came of it",
    )


class OnCallForm(OnceForm):
    """Somebody of the area's staff, from a day to a day."""

    actor = SelectField("Who?", choices=(), missing="Select who is on call")
    phone = TextField(
        "Number to ring",
        hint="A text message about an alert goes to a mobile number",
        most=40,
        inputmode="tel",
        width="20",
        missing="Write the number to ring",
    )
    from_date = DateField("First day", hint=A_DATE, not_before_today=True)
    to_date = DateField("Last day", hint=A_DATE, not_before_today=True)

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].choices = [("", "Select"), *staff]  # type: ignore[attr-defined]
        if self.today:
            for name in ("from_date", "to_date"):
                self.fields[name].latest = latest_day(self.today)  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"])
        if not plain_phone(typed):
            raise forms.ValidationError("Write a whole phone number, like 07700 900 982")
        return typed

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("from_date"), given.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", "The last day can't be before the first day")
        return given


class RemoveForm(OnceForm):
    """One button."""
