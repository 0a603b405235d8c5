"""The forms of a meeting: its time, whom to ask, who came, one more person, and its few buttons."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from alongside.features.register.models import Listing, MeetingAttendance
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NumberField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TimeField,
)

A_DATE = "For example, 31 3 2026"


class PlanForm(OnceForm):
    """One meeting."""

    listing = RadiosField("Which register?", choices=Listing.choices, initial=Listing.CHILD)
    on = DateField("On which day?", subject="The day", hint=A_DATE, not_before_today=True)
    at = TimeField("At what time?")
    minutes = NumberField("How long?", least=10, most=480, suffix="minutes", initial=90)
    place = TextField("Where, or the link to join", most=200, required=False)
    chair = SelectField("Who chairs it?", choices=(), missing="Select who chairs it")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["chair"]
        asked.choices = [("", "Select"), *((str(number), name) for number, name in people)]

    @property
    def starts_at(self) -> datetime:
        given: time = self.cleaned_data["at"]
        return datetime.combine(self.cleaned_data["on"], given, LONDON)


class ChangeForm(PlanForm):
    """Another time, place or chair of a meeting that is planned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["listing"]


class CycleForm(PlanForm):
    """How often an area meets."""

    every_weeks = NumberField(
        "How many weeks from one meeting to the next?",
        hint="Lincolnshire meets every 2 weeks about those at highest risk; West Sussex goes through all each month.",
        least=1,
        most=26,
        suffix="weeks",
    )
    field_order = ["listing", "every_weeks", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "Day of the first one"


class AskForm(OnceForm):
    """Somebody who works in the area, for one side."""

    actor = SelectField("Who?", choices=(), missing="Select whom to ask")
    side = RadiosField("They speak for", choices=MeetingAttendance.Side.choices, missing="Select whom they speak for")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["actor"]
        asked.choices = [("", "Select"), *((str(number), name) for number, name in people)]


class CameForm(OnceForm):
    """Who is here."""

    there = CheckboxesField("Who is here?", choices=[], required=False, small=True)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["there"]
        asked.choices = [(str(number), name) for number, name in people]


class AddForm(OnceForm):
    """One more person, by their reference."""

    reference = TextField(
        "Their reference", hint="It stands on their page, like AS-123456", most=14, missing="Write their reference"
    )
    because = TextField("Why now?", most=200, missing="Say why they come on the agenda")


class BecauseForm(OnceForm):
    because = TextField("Why?", most=200, missing="Say why")


class SayForm(OnceForm):
    said = TextareaField("What was wrong or missing?", most=1000, rows=4, missing="Write what was wrong or missing")


class ButtonForm(OnceForm):
    """One button."""
