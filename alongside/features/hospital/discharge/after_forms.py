"""What is asked after a discharge, and about how an admission came about."""

from typing import Any

from django import forms

from alongside.features.hospital.discharge.text import CLOSURES, KNOWN_TO, NO_REVIEW
from alongside.features.hospital.models import Known, RootCause
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    OnceForm,
    PhoneField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)

A_DATE = "For example, 31 3 2026"
FAMILY_READS = "The family reads this."


class LeavingForm(OnceForm):
    """Where they went, who supports them, whom the family rings, what happens when."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    closure = SelectField("Where did they go?", choices=list(CLOSURES.items()), missing="Select where they went")
    where_to = TextField("In a few words", hint=f"Like: home to his parents. {FAMILY_READS}", most=300, required=False)
    support_by = TextField(
        "Who gives the extra support?", hint=f"Like: the crisis team. {FAMILY_READS}", most=200, required=False
    )
    support_until = DateField("Until when, at least?", subject="The last day", hint=A_DATE, required=False)
    ring = TextField("Whom does the family ring?", hint="A person or a team, by name", most=200, required=False)
    ring_phone = PhoneField("On which number?", required=False)
    week_1 = TextareaField("What happens in week 1?", hint=FAMILY_READS, most=500, rows=2, required=False)
    week_2 = TextareaField("What happens in week 2?", hint=FAMILY_READS, most=500, rows=2, required=False)
    week_4 = TextareaField("What happens in week 4?", hint=FAMILY_READS, most=500, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("ring") and not given.get("ring_phone"):
            self.add_error("ring_phone", "Write the number on which they are reached")
        if given.get("ring_phone") and not given.get("ring"):
            self.add_error("ring", "Write who answers on this number")
        return given


class LookBackForm(OnceForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    helped = TextareaField("What of the last plan helped?", most=1000, rows=3, required=False)
    lacked = TextareaField("What was missing, or did not happen?", subject="What was missing", most=1000, rows=3)
    different = TextareaField(
        "What has to be different this time?", subject="What has to be different", most=1000, rows=3
    )


class RootCauseForm(OnceForm):
    """How the admission came about, in codes that can be counted, and what changes by it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on_register = RadiosField(
        "Were they on the register before?",
        choices=Known.choices,
        inline=True,
        missing="Select whether they were on the register",
    )
    review_possible = RadiosField(
        "Would a community review have been possible?",
        choices=Known.choices,
        inline=True,
        missing="Select whether a review would have been possible",
    )
    no_review = SelectField("Why was there none?", choices=list(NO_REVIEW.items()), missing="Select why there was none")
    known_to = CheckboxesField(
        "Who knew them before?", choices=list(KNOWN_TO.items()), missing="Select who knew them, or 'No service'"
    )
    found = TextareaField("What was found?", subject="What was found", most=2000)
    done_by = TextField("Who looked into it?", subject="Who looked into it", most=120)
    change = TextareaField(
        "What has to change, so that it doesn’t happen again?",
        hint="In the system, not for this young person. Leave it empty if nothing has to.",
        most=500,
        rows=3,
        required=False,
    )
    change_part = RadiosField(
        "What kind of change is it?",
        choices=RootCause.Part.choices,
        required=False,
        small=True,
    )
    change_lead = TextField("Who leads the change?", hint="A person, by name", most=120, required=False)
    change_organisation = TextField("Which organisation?", most=200, required=False)
    change_due_on = DateField("By when?", subject="The day", hint=A_DATE, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "nobody" in (given.get("known_to") or []) and len(given["known_to"]) > 1:
            self.add_error("known_to", "Select 'No service' alone, or the services that knew them")
        needs = {
            "change_part": "Select what kind of change it is",
            "change_lead": "Write who leads the change",
            "change_organisation": "Write which organisation makes the change",
            "change_due_on": "Enter the day by which it changes",
        }
        for name, sentence in needs.items():
            if name in self.errors:
                continue
            if given.get("change") and not given.get(name):
                self.add_error(name, sentence)
            if not given.get("change") and given.get(name):
                self.add_error("change", "Write what has to change, or empty the questions after it")
                break
        return given


class ChangeMadeForm(OnceForm):
    on = DateField("When was it made?", subject="The day", hint=A_DATE, not_after_today=True)
    result = TextareaField("What is different now?", subject="What is different", most=500, rows=3)
