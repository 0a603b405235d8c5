"""The forms of links."""

from datetime import date
from typing import Any

from alongside.features.hospital.forms import A_DATE
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.foundation.nhsuk.forms import DateField, OnceForm, RadiosField, TextField
from alongside.policy.counting import months_after

#: Links that are made one at a time by hand. Those of schools are made with each round.
BY_HAND = (
    OrganisationLink.WhatFor.NOTICE,
    OrganisationLink.WhatFor.ALERT,
    OrganisationLink.WhatFor.CHANGE,
)


#: Local default: a link is made anew after two years at the latest.
MOST_MONTHS = 24


def latest_day(today: date) -> date:
    return months_after(today, MOST_MONTHS)


class MakeForm(OnceForm):
    what_for = RadiosField(
        "What may they do with it?",
        choices=[(one.value, one.label) for one in BY_HAND],
        missing="Select what they may do with it",
    )
    look_for = TextField("Find an organisation", hint="A part of its name", most=80, required=False)
    organisation = RadiosField(
        "Which organisation?", choices=(), small=True, missing="Find and select the organisation"
    )
    unit = TextField("Ward or department", hint="Like: Willow Ward", most=120, required=False)
    expires_on = DateField("Last day", hint=A_DATE, not_before_today=True)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["organisation"]
        asked.choices = organisations
        if not organisations:
            asked.help_text = "Find it by name first"
        if self.today:
            self.fields["expires_on"].latest = latest_day(self.today)  # type: ignore[attr-defined]


class EndForm(OnceForm):
    """One button."""
