"""What the pages of training and of what is given to partners ask."""

import re
from typing import Any

from django import forms

from alongside.features.keyworking.forms import A_DATE
from alongside.features.keyworking.models import AwarenessGiven, CompetencySeen, Course
from alongside.foundation.nhsuk.forms import DateField, FileField, OnceForm, RadiosField, SelectField, TextField
from alongside.policy.competencies import COMPETENCIES


class UploadForm(OnceForm):
    """The file with completions; sent a second time with the mark of what was read."""

    marks_optional = False

    file = FileField(
        "Choose the CSV file",
        hint="Its first row names the columns: keyworker, course, completed; and if known expires, evidence.",
        most_mb=2,
        required=False,
    )
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("mark") and "file" not in self.errors:
            self.add_error("file", "Choose the file")
        return given


class CourseForm(OnceForm):
    """A course of the area's own, or how long one of ours counts here."""

    title = TextField("What is the course called?", subject="The name", most=80)
    kind = RadiosField("What kind is it?", choices=Course.Kind.choices, missing="Select what kind it is")
    months = TextField(
        "For how many months does it count?", hint="Leave it empty if it does not expire", most=3, width="3",
        required=False,
    )  # fmt: skip
    source = TextField("Who decided it?", hint="For example, keyworking board, 3 March 2026", most=200)

    def clean_months(self) -> int | None:
        text = str(self.cleaned_data["months"]).strip()
        if text and not (re.fullmatch(r"\d{1,3}", text) and int(text)):
            raise forms.ValidationError("Write the months as a number, like 24")
        return int(text) if text else None


class CompetencyForm(OnceForm):
    """What somebody was seen to be able to do."""

    competency = SelectField(
        "Which?", choices=[("", "Select"), *((one.key, one.title) for one in COMPETENCIES)], missing="Select which"
    )
    level = RadiosField("How far are they?", choices=CompetencySeen.Level.choices, missing="Select how far they are")
    seen_on = DateField("When was it seen?", subject="The day", hint=A_DATE, not_after_today=True)
    how = TextField("How was it seen?", subject="How it was seen", hint="For example, joint visit", most=300)


class AwarenessForm(OnceForm):
    """What was given to a partner. No young person is named here."""

    kind = RadiosField("What was it?", choices=AwarenessGiven.Kind.choices, missing="Select what it was")
    organisation = TextField("To which organisation?", subject="The organisation", most=160)
    given_on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    what = TextField("What was it about?", subject="What it was about", hint="Name no young person", most=300)
    how_many = TextField("How many people took part?", subject="The number", most=4, width="4")

    def clean_how_many(self) -> int:
        text = str(self.cleaned_data["how_many"]).strip()
        if not re.fullmatch(r"\d{1,4}", text) or not int(text):
            raise forms.ValidationError("Write how many people took part as a number, like 12")
        return int(text)
