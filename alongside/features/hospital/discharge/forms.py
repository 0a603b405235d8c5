"""What is asked about leaving hospital, until they leave."""

from typing import Any

from django import forms

from alongside.features.actions.forms import OwnerForm
from alongside.features.hospital.discharge.text import BODIES, CLOSURES, DELAY_REASONS, HEADINGS
from alongside.features.hospital.models import HeadingMark, LeftUndone
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)

A_DATE = "For example, 31 3 2026"
YES_NO = [("yes", "Yes"), ("no", "No")]
HEADING_CHOICES = list(HEADINGS.items())


class PlanForm(OnceForm):
    """Who leads the discharge, and where they are to go."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    lead_name = TextField(
        "Who leads the discharge?", hint="A person, by name", subject="The name of whoever leads", most=120
    )
    lead_post = TextField("What is their post?", most=120, required=False)
    lead_organisation = TextField("Which organisation?", subject="The organisation", most=200)
    lead_reach = TextField(
        "How does the family reach them?", hint="A phone number or an e-mail", most=120, required=False
    )
    where_to = TextField(
        "Where are they to go?", hint="As far as it is known. The family reads this.", most=300, required=False
    )
    they_say = TextareaField("What do the young person and family say about it?", most=1000, rows=3, required=False)


class HeadingForm(OnceForm):
    """What is known under one heading."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    heading = SelectField("Which part of the plan?", choices=HEADING_CHOICES, missing="Select the part of the plan")
    standing = RadiosField(
        "Where does it stand?", choices=HeadingMark.Standing.choices, missing="Select where it stands"
    )
    known = TextareaField("What is known?", subject="What is known", most=500, rows=3)


class ExpectedForm(OnceForm):
    """The expected day, or why there is none."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    expected_on = DateField(
        "When are they expected to leave hospital?",
        subject="The day",
        hint=f"{A_DATE}. Leave it empty if nobody can say.",
        required=False,
        not_before_today=True,
    )
    because = TextareaField(
        "Why has it moved, or why can nobody say?",
        hint="The family reads this. Needed when the day moves, and when there is none.",
        subject="Why",
        most=500,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("expected_on") and not given.get("because", "").strip():
            self.add_error("expected_on", "Enter the day, or write why nobody can say")
        return given


class ConditionForm(OwnerForm):
    """What has to be so before they leave, and who sees to it."""

    heading = SelectField("Which part of the plan?", choices=HEADING_CHOICES, missing="Select the part of the plan")
    what = TextareaField(
        "What has to be so before they leave?",
        hint="In plain words: the family and whoever sees to it read this.",
        subject="What has to be so",
        missing="Write what has to be so before they leave",
        most=500,
        rows=3,
    )
    how_known = TextField("How will we know that it is done?", most=300, required=False)
    due_on = DateField("By when?", subject="The day", hint=A_DATE, not_before_today=True)
    folds = {**OwnerForm.folds, "More": ("how_known",)}
    field_order = ["heading", "what", "due_on", "owner"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["how_known"] = self.fields.pop("how_known")


class ReadyForm(OnceForm):
    """Ready and still there: since when, why, and whose that is."""

    from_date = DateField(
        "Since when?",
        subject="The day",
        hint="The first night that counts begins on this day. If the cause changes: the day of the change.",
        not_after_today=True,
    )
    reason = SelectField(
        "Why are they still there?",
        choices=list(DELAY_REASONS.items()),
        empty="Not written down yet",
        hint="The current national list",
        required=False,
    )
    body = SelectField(
        "Whose is the delay?", choices=list(BODIES.items()), empty="Not written down yet", required=False
    )
    detail = TextField("In your own words", hint="Like: the ramp is not built yet", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("reason") and not given.get("body"):
            self.add_error("body", "Select whose the delay is")
        if given.get("body") and not given.get("reason"):
            self.add_error("reason", "Select why they are still there")
        return given


class EndReadyForm(OnceForm):
    on = DateField(
        "Since when are they not ready any more?",
        subject="The day",
        hint="The night that begins on this day no longer counts. A discharge ends it by itself.",
        not_after_today=True,
    )


class WithdrawForm(OnceForm):
    because = TextField("Why was it wrong?", subject="The reason", most=300)


class MeetingForm(OnceForm):
    """A meeting about the discharge."""

    held_on = DateField("When was the meeting?", subject="The day of the meeting", hint=A_DATE, not_after_today=True)
    who_came = TextField("Who came?", subject="Who came", most=300)
    young_person_came = RadiosField(
        "Was the young person there?", choices=YES_NO, inline=True, missing="Select whether the young person was there"
    )
    family_came = RadiosField(
        "Was the family there?", choices=YES_NO, inline=True, missing="Select whether the family was there"
    )
    agreed = TextareaField(
        "What was agreed?",
        hint="What somebody is to do goes into the conditions.",
        subject="What was agreed",
        most=1000,
    )
    next_on = DateField("When is the next one?", subject="The day of the next one", required=False)


class LeavingQuestions(OnceForm):
    """The questions of a discharge about conditions that are not met: one set for each, added to a form.

    conditions: pairs of the condition's number and what has to be so.
    """

    def ask_about(self, conditions: list[tuple[int, str]]) -> None:
        self.unmet = conditions
        for number, (pk, what) in enumerate(conditions, start=1):
            self.fields[f"how_{pk}"] = RadiosField(
                f"{number}. Not met yet: {what}",
                choices=LeftUndone.How.choices,
                missing=f"Select what happens with {number}",
            )
            self.fields[f"because_{pk}"] = TextField(f"Why? (condition {number})", subject=f"Why ({number})", most=300)
            self.fields[f"to_{pk}"] = DateField(
                f"If it is done afterwards: by when? (condition {number})",
                subject=f"The day ({number})",
                required=False,
            )
        if conditions:
            self.fields["decided_by"] = TextField(
                "Who decided that they leave all the same?",
                hint="A person, by name and post",
                subject="Who decided",
                most=120,
            )

    def check_conditions(self, given: dict[str, Any]) -> None:
        for number, (pk, _) in enumerate(self.unmet, start=1):
            if given.get(f"how_{pk}") == LeftUndone.How.MOVED and not given.get(f"to_{pk}"):
                self.add_error(f"to_{pk}", f"Enter the day by which condition {number} is met")


CLOSURE_CHOICES = list(CLOSURES.items())
