"""The forms of the comparison."""

from collections.abc import Mapping
from typing import Any

from alongside.exchange.forms import FILES
from alongside.exchange.inpatients.models import InpatientLine
from alongside.foundation.nhsuk.forms import DateField, FileField, OnceForm, RadiosField, SelectField, TextareaField


class FileForm(OnceForm):
    """A file, whose it is, and the day it speaks of."""

    area = SelectField("Whose file is it?", choices=(), empty="")
    as_at = DateField(
        "Which day does it speak of?",
        hint="Mostly the last Sunday, or the last day of a month",
        subject="The day of the file",
        not_after_today=True,
    )
    sheet = FileField(
        "The commissioner’s inpatient file",
        hint="Excel or CSV, with one row of headings. Name or NHS number, hospital and day of admission are compared",
        accept=FILES,
        most_mb=10,
        missing="Choose the file",
        max_length=200,
    )

    def __init__(self, *args: Any, areas: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(str(number), name) for number, name in areas.items()]  # type: ignore[attr-defined]
        if len(areas) == 1:
            del self.fields["area"]
        self.areas = areas

    def area_id(self) -> int:
        """The ICB chosen, or the only one there is."""
        return int(self.cleaned_data["area"]) if "area" in self.fields else next(iter(self.areas))


class DecideForm(OnceForm):
    decision = RadiosField("What is right?", choices=InpatientLine.Decision.choices, missing="Select what is right")
    because = TextareaField(
        "How do you know, and who was told?", subject="How you know", most=300, rows=3, missing="Write how you know"
    )
