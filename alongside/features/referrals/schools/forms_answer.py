"""What a school is asked, page by page. Few questions; who was not asked stays without a name."""

import re
from typing import Any

from django import forms

from alongside.features.referrals.forms_asking import Asking, PhoneField, PostcodeField, birth_field
from alongside.features.referrals.forms_professional import AgreeForm
from alongside.features.referrals.models import Reason
from alongside.features.referrals.schools.models import SchoolWorry
from alongside.foundation.nhsuk.forms import CheckboxesField, RadiosField, SelectField, TextareaField, TextField

_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d{1,2})?\s*%?")
_MISSED = re.compile(r"(\d{1,4})\s*(?:of|out of|/)\s*(\d{1,4})(?:\s+(?:sessions?|days?))?(?:\s+missed)?", re.I)
SCHOOL_YEARS = ("Nursery or Reception", *(f"Year {number}" for number in range(1, 14)), "Older")
#: The reasons of a referral that a school can see, in the order of their weight.
SEEN = {
    Reason.SELF_HARM: "May hurt themselves or somebody else",
    Reason.HOSPITAL_RISK: "May need to go into a mental health hospital",
    Reason.AE_CRISIS: "Has been to A&E, or the police were called",
    Reason.MENTAL_HEALTH: "Mental health is getting worse",
    Reason.DISTRESS: "Distress that is hard to support",
    Reason.EDUCATION: "Hardly comes, is excluded, or the place may end",
    Reason.HOME: "Home or the placement may break down",
    Reason.CHANGE: "A big change or loss",
}


class WhoForm(Asking):
    by_name = TextField("Your name", most=120, autocomplete="name", missing="Enter your name")
    by_role = TextField("Your role", most=120, hint="For example, SENCO", missing="Enter your role")
    phone = PhoneField("Phone number, if we need to talk", required=False)
    worried = RadiosField(
        "Is there anybody you worry about this term?",
        subject="whether there is anybody",
        choices=[("no", "Nobody this term"), ("yes", "Yes")],
        hints={"yes": "You tell us of each in turn, autistic young people who get no help yet first"},
        missing="Select 'Nobody this term' or 'Yes'",
    )


class AskedForm(AgreeForm):
    """Whether they were asked. It comes first, because it decides what the next page may ask."""

    agreed = RadiosField(
        "Have you asked them, and do they agree that you tell us who they are?",
        subject="whether you asked them",
        choices=[
            ("given", "Yes, and they agree"),
            ("not_asked", "Not asked yet"),
            ("refused", "They were asked and said no"),
        ],
        hints={
            "not_asked": "You tell us of the worry without who they are, and we help you to ask",
            "refused": "We take nothing about them. If somebody is not safe, follow your safeguarding procedure",
        },
        reveals={"given": "agreed_basis"},
        missing="Select whether you asked them",
    )
    agreed_by = TextField("Name of who agreed, if they did", most=120, required=False)
    agreed_on = None  # type: ignore[assignment]
    parents = RadiosField(
        "Have their parents or carers been asked?",
        subject="whether parents or carers were asked",
        choices=[
            ("yes", "Yes"),
            ("no", "Not yet"),
            ("not_want", "The young person does not want it"),
        ],
        missing="Select whether their parents or carers were asked",
    )
    # The number of the same young person as the school told of them before; set by the page's address.
    before = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=999)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("before") and given.get("agreed") == "not_asked":
            self.add_error("agreed", "You told us of them before. Come back when they have been asked")
        return given


class ThemForm(Asking):
    """Who they are: asked only where they agreed."""

    given_name = TextField("First name", most=80, missing="Enter their first name")
    family_name = TextField("Family name", most=80, missing="Enter their family name")
    birth_date = birth_field("Date of birth")
    postcode = PostcodeField("Postcode where they live")
    contact = TextareaField(
        "How do we reach them or their family safely?",
        hint="A number or email, and who must not be told",
        most=400,
        rows=2,
        count=False,
        required=False,
    )


class YearForm(Asking):
    """All that is asked about who they are where nobody asked them yet."""

    school_year = SelectField(
        "School year", choices=[(year, year) for year in SCHOOL_YEARS], missing="Select the school year"
    )


class AttendanceField(TextField):
    """Attendance in percent, from a percentage or from sessions missed. None when left out."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        hint = "In percent, like 47%, or sessions missed, like 32 of 60. Leave it out if you do not know"
        super().__init__(label, most=40, width="10", hint=hint, required=False, **kwargs)

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        if missed := _MISSED.fullmatch(typed):
            gone, possible = int(missed[1]), int(missed[2])
            if 0 < possible >= gone:
                return 100 * (possible - gone) // possible
        elif (percent := _PERCENT.fullmatch(typed)) and int(percent[1]) <= 100:
            return int(percent[1])
        raise forms.ValidationError("Enter attendance like 47%, or sessions missed like 32 of 60")


class WorryForm(Asking):
    known = RadiosField(
        "Are they known to any service outside school?",
        subject="whether they are known to services",
        hint="For example, a mental health team or a social worker",
        choices=SchoolWorry.Known.choices,
        missing="Select whether they are known to services",
    )
    autism = RadiosField(
        "Are they autistic?",
        subject="whether they are autistic",
        choices=SchoolWorry.Sign.choices,
        missing="Select whether they are autistic",
    )
    learning_disability = RadiosField(
        "Do they have a learning disability?",
        subject="whether they have a learning disability",
        choices=SchoolWorry.Sign.choices,
        missing="Select whether they have a learning disability",
    )
    attendance = AttendanceField("Attendance this term")
    happening = CheckboxesField(
        "What do you see?", choices=[(reason.value, label) for reason, label in SEEN.items()], required=False
    )
    words = TextareaField("Why do you worry?", most=2000, rows=5, missing="Enter why you worry")


class WorryWithoutNameForm(WorryForm):
    """The same about somebody who was not asked."""

    words = TextareaField(
        "Why do you worry?",
        hint="Do not write a name, initials or anything else that says who they are",
        most=2000,
        rows=5,
        missing="Enter why you worry",
    )
