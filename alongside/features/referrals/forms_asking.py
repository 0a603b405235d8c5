"""What the questions of all three ways of asking have in common."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from nhs_number import is_valid

from alongside.foundation.nhsuk.forms import (
    DateField,
    Form,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from alongside.policy.counting import age_on
from alongside.policy.eligibility import ENTRY_ROWS

#: No diary of anybody who can be asked for begins before this.
EARLIEST_BIRTH_YEARS = 120
#: Beyond the oldest age of any register for children and young people, and some years: asked about. Local default.
DOUBTFUL_FROM = int(str(ENTRY_ROWS["age_to"].value)) + 5
PICTURES = "asking/{}.svg"
_TELEPHONE = re.compile(r"\+?[0-9() -]{7,24}")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
_WIDE = re.compile(r"[^0-9]")

Areas = Sequence[tuple[str, str]]


def pictures(**names: str) -> dict[str, str]:
    """Value of an answer -> the picture beside it."""
    return {value: PICTURES.format(name) for value, name in names.items()}


class Asking(Form):
    """One page of questions. `areas` are the (id, name) pairs of services that can be asked; `born` is the date of
    birth where an earlier page gave it."""

    def __init__(self, *args: Any, areas: Areas = (), born: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born
        if "area" in self.fields:
            if len(areas) < 2:
                del self.fields["area"]
            else:
                self.fields["area"].choices = [("", "Select"), *areas]  # type: ignore[attr-defined]
        if "birth_date" in self.fields and self.today:
            earliest = self.today.replace(year=self.today.year - EARLIEST_BIRTH_YEARS, day=1)
            self.fields["birth_date"].earliest = earliest  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        born = given.get("birth_date")
        if born and self.today and (age := age_on(born, self.today)) > DOUBTFUL_FROM:
            self._ask_whether_right(age)
        return given

    def _ask_whether_right(self, age: int) -> None:
        """A question and no block: who is older may be referred all the same."""
        self.fields["birth_date_is_right"] = TickField("Yes, the date is right", required=False)
        names = list(self.fields)
        names.insert(names.index("birth_date") + 1, names.pop())
        self.order_fields(names)
        if self.add_prefix("birth_date_is_right") not in self.data:
            self.add_error(
                "birth_date", f"This date means an age of {age}. Is it right? Change it, or tick the box below"
            )


class PhoneField(TextField):
    """A telephone number, kept as typed."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, most=30, inputmode="tel", autocomplete="tel", width="20", **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _TELEPHONE.fullmatch(value):
            raise forms.ValidationError("Enter a phone number, like 07700 900 982")


class PostcodeField(TextField):
    """A whole postcode, in capitals and with its space. May be left out."""

    def __init__(self, label: str = "Postcode", **kwargs: Any) -> None:
        super().__init__(label, most=12, width="10", autocomplete="postal-code", required=False, **kwargs)

    def clean(self, value: Any) -> str:
        typed = " ".join(super().clean(value).upper().split())
        if typed and not _POSTCODE.fullmatch(typed):
            raise forms.ValidationError("Enter a whole postcode, like NM1 4AB, or leave it out")
        bare = typed.replace(" ", "")
        return f"{bare[:-3]} {bare[-3:]}" if bare else ""


class NhsNumberField(TextField):
    """An NHS number with its check digit right, as 10 digits. May always be left out."""

    def __init__(self, label: str = "NHS number", **kwargs: Any) -> None:
        kwargs.setdefault("hint", "10 numbers, like 999 123 4567. Leave it out if you do not have it")
        super().__init__(label, most=20, width="10", inputmode="numeric", code=True, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        digits = _WIDE.sub("", typed) if typed.isascii() else typed
        if typed and not (len(digits) == 10 and is_valid(digits)):
            raise forms.ValidationError("This is not a whole NHS number. Check it, or leave it out")
        return digits


def shared_field(label: str, **kwargs: Any) -> RadiosField:
    """Whether a phone or e-mail is read by others too. Who is not sure is kept as safe as who says yes."""
    choices = [("no", "No"), ("yes", "Yes, or they could"), ("not_sure", "I am not sure")]
    return RadiosField(label, choices=choices, required=False, **kwargs)


def area_field(label: str, **kwargs: Any) -> SelectField:
    """Which service to ask. Left out of the page where there is one only."""
    return SelectField(label, choices=[], missing="Select an area", **kwargs)


def birth_field(label: str) -> DateField:
    return DateField(label, hint="For example, 31 3 2012", not_after_today=True, subject="Date of birth")


class _BornForm(Form):
    birth_date = birth_field("Date of birth")


def born_in(page: QueryDict, today: date) -> date | None:
    """The date of birth on a page as it was typed, where it is one."""
    form = _BornForm(page, today=today)
    return form.cleaned_data["birth_date"] if form.is_valid() else None


class ReachForm(Asking):
    """How somebody may be reached. What is asked next stands under the answer that calls for it."""

    marks_optional = False
    ASKS = {"sms": "text_to", "phone": "phone", "email": "email", "letter": "post_to", "through": "through"}
    MISSING = {
        "text_to": "Enter a phone number for texts",
        "phone": "Enter a phone number",
        "email": "Enter an email address",
        "post_to": "Enter an address",
        "through": "Tell us who they are and how we reach them",
    }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        asked = self.ASKS.get(given.get("reach_by", ""), "")
        if asked in self.fields and not given.get(asked) and asked not in self.errors:
            self.add_error(asked, self.MISSING[asked])
        return given
