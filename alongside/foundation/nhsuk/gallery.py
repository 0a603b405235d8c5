"""Every component on one page, with invented people: for building pages, and for checking the look.

Served in development only. `gallery_context` is all the page needs besides its frame.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from .forms import (
    CheckboxesField,
    DateField,
    FileField,
    NumberField,
    OnceForm,
    PasswordField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)


class SampleForm(OnceForm):
    """One question of each kind."""

    name = TextField("Name", hint="As they want it written", autocomplete="off")
    nhs_number = TextField("NHS number", width="10", inputmode="numeric", code=True, required=False)
    born = DateField("Date of birth", hint="For example, 31 3 2012", not_after_today=True)
    listing = SelectField("Register", choices=[("child", "Children and young people"), ("adult", "Adults")])
    outcome = RadiosField(
        "What was decided?",
        subject="What was decided",
        choices=[("keep", "Keep the rating"), ("change", "Change the rating")],
        hints={"keep": "The date of the next review moves on"},
        reveals={"change": "why"},
    )
    why = TextareaField("Why is it changing?", most=500, required=False)
    told = CheckboxesField(
        "Who has been told?", choices=[("young_person", "The young person"), ("family", "Their family")]
    )
    days = NumberField("Days until the next review", least=1, most=90, suffix="days")
    letter = FileField("Letter", accept=".pdf,.docx", required=False)
    secret = PasswordField("Password", required=False)
    sure = TickField("I have checked this with the panel")


def gallery_context(today: date) -> dict[str, Any]:
    """Sample forms (empty, and sent with mistakes) and sample facts, as if today were `today`."""
    wrong = {"born-day": "31", "born-month": "2", "born-year": "2012", "name": "", "days": "many", "outcome": "change"}
    return {
        "today": today,
        "blank_form": SampleForm(today=today, prefix="blank"),
        "form": SampleForm(wrong, today=today),
        "happened": _happened(today),
        "late": today - timedelta(days=3),
        "soon": today + timedelta(days=4),
        "born": today.replace(year=today.year - 14, day=1),
    }


def _happened(today: date) -> list[dict[str, Any]]:
    noon = datetime(today.year, today.month, today.day, 14, 5, tzinfo=UTC)
    return [
        {"what": "Rating changed to red", "at": noon - timedelta(days=2), "by": "Sam Okoro", "text": "School ended."},
        {"what": "Agreement given", "at": today - timedelta(days=40), "by": "Grace Hale (mother)"},
    ]
