"""Naming a keyworker."""

from typing import Any

from alongside.features.keyworking.models import Allocation
from alongside.foundation.nhsuk.forms import DateField, OnceForm, RadiosField, SelectField, TextField


class AllocationForm(OnceForm):
    """Who, in which part, from when. A new keyworker ends the time of the one before."""

    worker = SelectField("Who?", choices=(), missing="Select who it is")
    part = RadiosField("As what?", choices=Allocation.Part.choices, initial=Allocation.Part.DESIGNATED)
    from_date = DateField("From when?", subject="The first day", hint="For example, 31 3 2026", not_after_today=True)
    because = TextField("Why them?", most=300, required=False)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["worker"]
        asked.choices = [("", "Select"), *workers]
