"""Short forms about a person. They keep what was typed and answer in sentences."""

import re
from typing import Any

from django import forms

from alongside.features.people import text
from alongside.features.people.models import Address, Belonging, Circumstance, Consent, Diagnosis, LifeEvent
from alongside.features.people.operations.people import check_nhs_number
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.forms import (
    DateField,
    EmailField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)

A_DATE = "For example, 31 3 2026"
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")


class WhoForm(OnceForm):
    """Who somebody is. The NHS number may be left out; one that can't be right is asked for again."""

    given_name = TextField("First name", most=80, required=False)
    family_name = TextField("Family name", most=80)
    preferred_name = TextField("Name they go by", most=80, required=False)
    birth_date = DateField("Date of birth", hint="For example, 31 3 2012", not_after_today=True, required=False)
    nhs_number = TextField(
        "NHS number", hint="10 digits, like 999 123 4567", width="10", inputmode="numeric", code=True, required=False
    )

    def clean_nhs_number(self) -> str | None:
        try:
            return check_nhs_number(self.cleaned_data["nhs_number"])
        except NotNow as problem:
            raise forms.ValidationError(problem.sentence) from problem


class AddForm(WhoForm):
    """Somebody new, put on the register in the same act."""

    listing = RadiosField(
        "Which register?", choices=(("child", "Children and young people"), ("adult", "Adults")), initial="child"
    )
    entered_on = DateField("Day of entry", hint=A_DATE, not_after_today=True)
    reason = TextareaField("Why now?", most=500, rows=3, missing="Say why they come on the register")
    answer = RadiosField(
        "Did they agree to be on the register?",
        subject="Whether they agreed",
        choices=(("given", "Yes"), ("unknown", "Not asked yet, or not known")),
        hints={"unknown": "Only the register team sees them until the agreement is confirmed"},
        reveals={"given": "basis"},
        missing="Select whether they agreed. If they said no, they are not put on the register",
    )
    basis = SelectField("Who decided?", choices=Consent.Basis.choices, required=False)
    decided_by = TextField("Name of who decided", most=120, required=False)
    different = TickField("It is none of the people shown: add somebody new", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "given" and not given.get("basis"):
            self.add_error("basis", "Select who decided")
        return given


class ChangeForm(WhoForm):
    """Correcting who somebody is. What stood there before is kept."""

    pronouns = TextField("Pronouns", most=40, required=False)
    first_language = TextField("First language", most=60, required=False)
    interpreter = TickField("Needs an interpreter", required=False)
    died_on = DateField(
        "Day they died, if they have died",
        subject="The day they died",
        hint=A_DATE,
        not_after_today=True,
        required=False,
    )


class CommunicationForm(OnceForm):
    """How to talk with somebody: shown wherever anybody is about to make contact."""

    best_way = TextareaField("What is the best way to talk with them?", most=300, rows=2, required=False)
    what_helps = TextareaField("What helps?", most=300, rows=2, required=False)
    avoid = TextareaField("What should people avoid?", most=300, rows=2, required=False)
    adjustments = TextareaField(
        "Which adjustments do they need?",
        hint="Light, noise, time, place, somebody with them",
        most=500,
        required=False,
    )
    contact_by = TextField("How do they like to be reached?", hint="Like: text message", most=60, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.get(name) for name in self.fields if name != "submission"):
            self.add_error("best_way", "Write down at least one thing that helps people talk with them")
        return given


class OwnWordsForm(OnceForm):
    words = TextareaField("What did they say, in their own words?", most=2000, missing="Write down what they said")
    said_how = TextField(
        "How did they say it?", hint="Like: by text, drawn, with their sister", most=60, required=False
    )


class CircumstanceForm(OnceForm):
    kind = SelectField("What is so now?", choices=Circumstance.Kind.choices, missing="Select what is so now")
    from_date = DateField("Since when, if known?", hint=A_DATE, not_after_today=True, required=False)
    detail = TextareaField("Anything to add?", most=300, rows=2, required=False)


class EndForm(OnceForm):
    to_date = DateField("What was the last day on which it was so?", hint=A_DATE, not_after_today=True)


class LifeEventForm(OnceForm):
    kind = SelectField("What happened?", choices=LifeEvent.Kind.choices, missing="Select what happened")
    on = DateField("When?", subject="The day it happened", hint=A_DATE, not_after_today=True)
    severity = RadiosField("How bad was it?", choices=text.SEVERITY, required=False, inline=True)
    source = TextField("Who told you?", most=120, required=False)
    detail = TextareaField("What should people know?", most=500, rows=3, required=False)


class RelationForm(OnceForm):
    name = TextField("Name", most=120)
    relationship = TextField("Who are they to the young person?", hint="Like: mother, foster carer", most=60)
    parental_responsibility = RadiosField(
        "Do they have parental responsibility?",
        choices=(("yes", "Yes"), ("no", "No"), ("", "Not known")),
        required=False,
        inline=True,
    )
    phone = TextField("Telephone", most=40, required=False)
    email = EmailField("E-mail", required=False)
    safe_contact = TextField("Safe way to get in touch", most=300, required=False)
    legal_limits = TextField("Legal limits, such as a court order", most=300, required=False)
    carries_main_contact = TickField("They are the main contact", required=False)


class ProfessionalForm(OnceForm):
    name = TextField("Name", most=120)
    post = TextField("What do they do?", hint="Like: social worker", most=120, required=False)
    organisation_name = TextField("Where do they work?", most=200, required=False)
    contact = TextField("How to reach them", most=200, required=False)


class AddressForm(OnceForm):
    kind = RadiosField("Which address?", choices=Address.Kind.choices, initial="home", missing="Select which address")
    lines = TextareaField("Address", most=300, rows=3, required=False)
    postcode = TextField("Postcode", width="10", most=8, required=False)
    from_date = DateField("Since when, if known?", hint=A_DATE, not_after_today=True, required=False)

    def clean_postcode(self) -> str:
        plain = self.cleaned_data["postcode"].upper().strip()
        if plain and not POSTCODE.fullmatch(plain):
            raise forms.ValidationError("Enter a full postcode, like SW1A 1AA")
        return plain

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("lines") and not given.get("postcode"):
            self.add_error("lines", "Enter an address or a postcode")
        return given


class BelongingForm(OnceForm):
    kind = RadiosField("What has changed?", choices=Belonging.Kind.choices, missing="Select what has changed")
    name = TextField("Name of the practice, school, college or council", most=200, subject="Its name")
    from_date = DateField("Since when, if known?", hint=A_DATE, not_after_today=True, required=False)


class DiagnosisForm(OnceForm):
    kind = RadiosField("Which?", choices=Diagnosis.Kind.choices, missing="Select autism or learning disability")
    basis = RadiosField("How is it known?", choices=Diagnosis.Basis.choices, missing="Select how it is known")
    diagnosed_on = DateField("When, if known?", hint=A_DATE, not_after_today=True, required=False)


FormClass = type[OnceForm]
