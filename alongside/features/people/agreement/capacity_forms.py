"""Whether somebody can decide something themselves: asked decision by decision."""

from datetime import date
from typing import Any

from alongside.features.people.agreement.models import CapacityRecord
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.nhsuk.forms import CheckboxesField, DateField, OnceForm, RadiosField, TextareaField, TextField
from alongside.policy.deciding import CAPACITY, COMPETENCE, which_test

A_DATE = "For example, 31 3 2026"


class CapacityForm(OnceForm):
    """Competence under 16, capacity from 16 on: by the age on the day. Asked for where the age is not known."""

    about = CheckboxesField(
        "Which decision?",
        subject="Which decision",
        hint="Each is a decision of its own. Choose more than one only if each was talked through.",
        choices=CapacityRecord.About.choices,
    )
    which = TextField("If it is a review: which one?", subject="Which review", most=120, required=False)
    decided_on = DateField("When was it found?", subject="The day it was found", hint=A_DATE, not_after_today=True)
    test = RadiosField(
        "How old are they?",
        subject="How old they are",
        choices=((COMPETENCE, "Under 16"), (CAPACITY, "16 or over")),
        required=False,
    )
    able = RadiosField(
        "What was found?",
        subject="What was found",
        choices=(("yes", "They can decide this themselves"), ("no", "They can’t decide this themselves at this time")),
        hints={
            "no": "Then somebody with parental responsibility decides (under 16), or their best interests (from 16)."
        },
    )
    assessor = TextField("Who found it?", subject="Who found it", hint="Name and what they do.", most=160)
    basis = TextareaField(
        "How was it found?",
        subject="How it was found",
        hint="Do they understand it, can they keep it in mind, weigh it up, and tell us?",
        most=1000,
        rows=4,
    )
    support_given = TextareaField(
        "What helped them to decide?",
        subject="What helped them",
        hint="Like: pictures, a quiet room, time, somebody they trust. All that can be done is done first.",
        most=1000,
        rows=3,
    )
    took_part = TextareaField(
        "If it is decided in their best interests: who takes part?",
        subject="Who takes part",
        hint="Family, people who know them, an advocate.",
        most=400,
        rows=2,
        required=False,
    )
    dispute = TextareaField(
        "Does anybody disagree?", subject="Who disagrees", hint="Who, and what they say.", most=600, rows=2,
        required=False,
    )  # fmt: skip
    review_date = DateField(
        "When is it looked at again?", subject="The day it is looked at again", hint=A_DATE, required=False
    )

    def __init__(self, *given: Any, born: date | None, **named: Any) -> None:
        super().__init__(*given, **named)
        self.born = born
        if born is not None:
            del self.fields["test"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        on = given.get("decided_on")
        if on and self.born and on < self.born:
            self.add_error("decided_on", f"They were born on {day(self.born)}. Check the date")
        if self.born is not None:
            given["test"] = which_test(self.born, on) if on else ""
        elif not given.get("test"):
            self.add_error("test", "Select how old they are")
        self._check_no(given)
        if CapacityRecord.About.REVIEW in given.get("about", ()) and not given.get("which"):
            self.add_error("which", "Say which review")
        if on and given.get("review_date") and given["review_date"] <= on:
            self.add_error("review_date", "Choose a day after the one on which it was found")
        return given

    def _check_no(self, given: dict[str, Any]) -> None:
        """A no has to say when it is looked at again, since it may change; from 16 also who takes part."""
        if given.get("able") != "no":
            return
        if given.get("test") == CAPACITY and not given.get("took_part") and "took_part" not in self.errors:
            self.add_error("took_part", "Write down who takes part in deciding in their best interests")
        if not given.get("review_date") and "review_date" not in self.errors:
            self.add_error("review_date", "Enter when it is looked at again: what somebody can decide may change")

    def values(self) -> dict[str, Any]:
        """The columns of a record, without which decision it is about."""
        names = ("decided_on", "test", "assessor", "basis", "support_given", "took_part", "dispute", "review_date")
        return {name: self.cleaned_data[name] for name in names} | {"able": self.cleaned_data["able"] == "yes"}
