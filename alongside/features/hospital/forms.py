"""Forms of admission and discharge."""

from datetime import UTC, date, datetime, time
from typing import Any

from alongside.features.hospital import text
from alongside.features.hospital.discharge.forms import CLOSURE_CHOICES, LeavingQuestions
from alongside.features.hospital.models import Stay
from alongside.features.hospital.text import LEGAL_STATUS
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import (
    DateField,
    NumberField,
    OnceForm,
    SelectField,
    TextField,
    TickField,
    TimeField,
)
from alongside.policy.discharging import TRANSFER

A_DATE = "For example, 31 3 2026"


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
    at = TimeField("Time, if known", required=False)
    legal_status = SelectField(
        "Under which section?", choices=list(LEGAL_STATUS.items()), empty="Not known", required=False
    )
    security = SelectField(
        "Security level", choices=[c for c in Stay.Security.choices if c[0]], empty="Not known", required=False
    )
    adult_ward = TickField("It is an adult ward", required=False)
    intended_days = NumberField("How long is it meant to be?", least=1, most=3650, suffix="days", required=False)
    reason = TextField("Why?", most=300, required=False)


class DischargeForm(LeavingQuestions):
    """A stay ends. After a mental health hospital the rating becomes red at once.

    unmet: (number, words) of each condition of the discharge plan that is not met. From a hospital to another one is
    no discharge: once that is chosen, it is asked why the stay ends all the same.
    """

    on = DateField("Day of discharge", hint=A_DATE, not_after_today=True)
    at = TimeField("Time, if known", required=False)
    closure = SelectField(
        "Where did they go?",
        choices=CLOSURE_CHOICES,
        empty="Not known yet: it is due to be written down",
        required=False,
    )
    destination = TextField(
        "In a few words", hint="Like: home to his parents. The family reads this.", most=200, required=False
    )

    ends_because = TextField(
        "If the stay ends here all the same: why?",
        hint="Like: nobody knows yet which hospital, or it is outside England. Else write down the move.",
        most=200,
        required=False,
    )
    field_order = ("submission", "on", "at", "closure", "ends_because", "destination")

    def __init__(self, *args: Any, unmet: list[tuple[int, str]], from_hospital: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.from_hospital = from_hospital
        if not self.is_transfer:
            del self.fields["ends_because"]
        self.ask_about(unmet)

    @property
    def is_transfer(self) -> bool:
        """Whether they are said to have gone from one mental health hospital to another."""
        return self.from_hospital and self.is_bound and self.data.get("closure") == TRANSFER

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.check_conditions(given)
        if self.is_transfer and not given.get("ends_because", "ends_because" in self.errors):
            self.add_error("closure", text.IS_A_TRANSFER)
        return given
