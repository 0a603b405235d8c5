"""Forms of admission and discharge."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms

from alongside.features.hospital.models import Stay
from alongside.features.hospital.text import LEGAL_STATUS
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import DateField, NumberField, OnceForm, SelectField, TextField, TickField

A_DATE = "For example, 31 3 2026"
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class TimeOfDay(TextField):
    """A time as typed on the 24-hour clock, or nothing. Gives a `time` or None."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        if not found:
            raise forms.ValidationError(f"{self.subject} must be a time like 9:30 or 16:05")
        return time(int(found[1]), int(found[2]))


def moment_of(on: date, at: time | None, now: datetime) -> datetime:
    """A day without a time is taken as midday, or as now when that is not over yet."""
    if at is None:
        return min(datetime.combine(on, time(12), LONDON).astimezone(UTC), now)
    return datetime.combine(on, at, LONDON).astimezone(UTC)


class AdmissionForm(OnceForm):
    """A stay begins. In a mental health hospital the rating becomes blue at once."""

    kind = SelectField("What kind of place?", choices=Stay.Kind.choices, missing="Select what kind of place")
    place_name = TextField("Name of the place", most=200)
    ward_type = TextField("Ward", hint="Like: CAMHS general, eating disorder", most=60, required=False)
    on = DateField("Day of admission", hint=A_DATE, not_after_today=True)
    at = TimeOfDay("Time, if known", hint="Like 16:05", subject="The time", width="5", most=5, required=False)
    legal_status = SelectField(
        "Under which section?", choices=list(LEGAL_STATUS.items()), empty="Not known", required=False
    )
    security = SelectField(
        "Security level", choices=[c for c in Stay.Security.choices if c[0]], empty="Not known", required=False
    )
    adult_ward = TickField("It is an adult ward", required=False)
    intended_days = NumberField("How long is it meant to be?", least=1, most=3650, suffix="days", required=False)
    reason = TextField("Why?", most=300, required=False)


class DischargeForm(OnceForm):
    """A stay ends. After a mental health hospital the rating becomes red at once."""

    on = DateField("Day of discharge", hint=A_DATE, not_after_today=True)
    at = TimeOfDay("Time, if known", hint="Like 16:05", subject="The time", width="5", most=5, required=False)
    destination = TextField("Where did they go?", most=200, required=False)
