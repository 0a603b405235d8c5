"""A time of day in one box, read however people write it."""

import re
from datetime import time
from typing import Any

from django import forms

from .fields import TextField

A_TIME = "For example, 9:30 or 2pm"
WRONG = "Enter a time like 9:30 or 2pm"
_WRITTEN = re.compile(r"(\d{1,2})(?:[:.]?(\d\d))?\s*(?:([ap])\.?\s?m\.?)?", re.ASCII)
_NAMED = {"midnight": time(0), "noon": time(12), "midday": time(12)}


def read_time(typed: str) -> time | None:
    """'9:30', '14.05', '2030', '9am', '12.15 am', 'midnight' as a time of day; None for anything else."""
    text = typed.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    hours, minutes, half = int(found[1]), int(found[2] or 0), found[3]
    if half and hours == 12:
        hours = 0
    if half == "p" and hours < 12:
        hours += 12
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


class TimeField(TextField):
    """A time of day in England. Gives a `time`, or None where it may be left empty and is."""

    def __init__(self, label: str, *, hint: str = A_TIME, **kwargs: Any) -> None:
        super().__init__(label, hint=hint, width="5", most=10, **{"subject": "The time", "missing": WRONG} | kwargs)

    def sentences(self) -> dict[str, str]:
        return {"max_length": WRONG}

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = read_time(typed)
        if typed and found is None:
            raise forms.ValidationError(WRONG)
        return found
