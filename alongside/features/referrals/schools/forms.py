"""Forms of the register team and managers about the question to schools, and of what is told by a link."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from alongside.features.people.models import PostedChange
from alongside.features.referrals.forms_asking import NhsNumberField, PhoneField, birth_field
from alongside.features.referrals.schools.models import SchoolCall, SchoolWorry
from alongside.features.referrals.schools.operations.listing import Listed
from alongside.foundation.nhsuk.forms import EmailField, OnceForm, RadiosField, TextareaField, TextField, TickField

MOST_SCHOOLS = 500
_NAME, _PHONE = 200, 40


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class StartForm(OnceForm):
    """One button: nothing to fill in."""


class ListForm(OnceForm):
    schools = TextareaField(
        "Schools and colleges",
        hint="One on each line: its name, an email address, a phone number, with commas between. "
        "Only the name is needed. Write a name that has a comma in it without the comma",
        most=60_000,
        rows=8,
        count=False,
        missing="Enter at least one school",
    )

    def clean_schools(self) -> list[Listed]:
        lines = [line.strip() for line in self.cleaned_data["schools"].splitlines() if line.strip()]
        if len(lines) > MOST_SCHOOLS:
            raise ValidationError(f"Enter {MOST_SCHOOLS} schools or fewer at a time")
        return [_listed(number, line) for number, line in enumerate(lines, 1)]


def _listed(number: int, line: str) -> Listed:
    """One line as it was meant: what has an @ is the address, what is mostly figures the number."""
    parts = [part.strip() for part in line.replace(";", ",").replace("\t", ",").split(",")]
    name, rest = parts[0], [part for part in parts[1:] if part]
    email = next((part for part in rest if "@" in part), "")
    phone = next((part for part in rest if part != email), "")
    if not name or "@" in name or len(name) > _NAME:
        raise ValidationError(f"Line {number}: begin with the name of the school")
    if len([part for part in rest if part not in (email, phone)]) or len(phone) > _PHONE:
        raise ValidationError(f"Line {number}: write the name, an email address and a phone number only")
    if phone and not any(letter.isdigit() for letter in phone):
        raise ValidationError(f"Line {number}: '{phone}' is neither an email address nor a phone number")
    if email:
        try:
            validate_email(email)
        except ValidationError as wrong:
            sentence = f"Line {number}: '{email[:60]}' is not an email address, like name@example.com"
            raise ValidationError(sentence) from wrong
    return Listed(name, email[:254].lower(), phone)


class SchoolForm(OnceForm):
    contact_name = TextField("Who answers there?", hint="For example, the SENCO", most=120, required=False)
    email = EmailField("Email address", hint="Without one the school is asked in a call", required=False)
    phone = PhoneField("Phone number", required=False)
    ended = TickField("It is not asked any more", hint="For example, because it has closed", required=False)


class CallForm(OnceForm):
    version = _version()
    outcome = RadiosField(
        "What came of the call?",
        subject="what came of the call",
        choices=SchoolCall.Outcome.choices,
        reveals={"link": "email"},
        hints={"nobody": "Whom they worry about is told by the link, so that it is told word for word"},
        missing="Select what came of the call",
    )
    email = EmailField("Email address for the new link", required=False)
    words = TextareaField("With whom did you talk, and what was said?", most=1000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("outcome") == "link" and not given.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the email address for the new link")
        return given


class CloseForm(OnceForm):
    version = _version()
    because = TextareaField(
        "Why is this school left for this term?",
        hint="Say also what was tried, and who else was asked about its young people",
        most=500,
        rows=4,
        missing="Write why this school is left for this term",
    )


class SettleForm(OnceForm):
    how = RadiosField(
        "What came of talking with the school?",
        subject="what came of it",
        choices=[choice for choice in SchoolWorry.Settled.choices if choice[0] != "referred"],
        hints={"said_no": "Nobody is added without agreeing. The school goes on with its own support"},
        missing="Select what came of it",
    )
    words = TextareaField("In a few words, without a name", most=1000, rows=3, missing="Write what came of it")


#: What a school or ward can say has happened; each moves or proposes a rating on the record it belongs to.
EVENTS = {
    "exclusion": "Excluded from school or college",
    "placement_notice": "Notice was given on where they live",
    "ae_crisis": "A&E in crisis",
    "police": "The police were called",
}
KINDS = [
    (PostedChange.Kind.SCHOOL.value, "School or college"),
    (PostedChange.Kind.HOME.value, "Where they live"),
    (PostedChange.Kind.HEALTH.value, "Health"),
    (PostedChange.Kind.FAMILY.value, "Family"),
    (PostedChange.Kind.CONTACT.value, "How to reach them"),
    (PostedChange.Kind.OTHER.value, "Something else"),
]


class TellForm(OnceForm):
    """What has changed, from a partner who signed in and has the record open."""

    kind = RadiosField("What is it about?", choices=KINDS, missing="Select what it is about")
    told = TextareaField("What has changed?", most=2000, rows=5, missing="Write what has changed")
    urgent = TickField("It can't wait", required=False)


class ToldForm(TellForm):
    """The same by a link, with who tells and about whom."""

    given_name = TextField("Their first name", most=80, missing="Enter their first name")
    family_name = TextField("Their family name", most=80, missing="Enter their family name")
    birth_date = birth_field("Their date of birth")
    nhs_number = NhsNumberField("Their NHS number")
    event = RadiosField(
        "Has one of these happened?",
        subject="whether one of these has happened",
        choices=[*EVENTS.items(), ("none", "None of these")],
        missing="Select what has happened, or 'None of these'",
    )
    by_name = TextField("Your name", most=120, autocomplete="name", missing="Enter your name")
    by_role = TextField("Your role", most=120, missing="Enter your role")
    call_back = PhoneField("Phone number, if we need to talk", required=False)

    field_order = (
        *("given_name", "family_name", "birth_date", "nhs_number"),
        *("kind", "event", "told", "urgent", "by_name", "by_role", "call_back"),
    )


class AsideForm(OnceForm):
    words = TextareaField(
        "What was done about it?",
        hint="For example: called the school, who will ask the family about a referral",
        most=1000,
        rows=3,
        missing="Write what was done about it",
    )


class MatchForm(OnceForm):
    """One button for one record."""

    person = forms.CharField(max_length=20, widget=forms.HiddenInput)


class OtherForm(OnceForm):
    """Somebody who isn't offered, since a name or a birth date was told wrongly."""

    reference = TextField(
        "Reference of their record",
        hint="Like KM-1234-5678. Find them first: it stands on their page",
        most=14,
        width="20",
        missing="Write the reference",
    )
