"""What is asked about money for one person."""

from typing import Any

from alongside.features.concerns.funding.operations import NOT_HUNDRED, Share
from alongside.features.concerns.models import Funding, FundingPart
from alongside.features.concerns.pages import A_DATE, SeenForm
from alongside.foundation.nhsuk.forms import (
    DateField,
    NumberField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)

BODIES = FundingPart.Body.values
ANSWERS = [one for one in FundingPart.Answer.choices if one[0]]
_ASKED = {
    "icb": "What share is the ICB asked for?",
    "care": "What share is children’s social care asked for?",
    "education": "What share is education (the council) asked for?",
    "other": "What share is it asked for?",
}
_PANEL = {
    "icb": "When does the ICB’s panel meet?",
    "care": "When does the panel of children’s social care meet?",
    "education": "When does the panel of education meet?",
    "other": "When does its panel meet?",
}


class AskForm(OnceForm):
    """What for, how much, of whom, and what waits for it."""

    folds = {
        "Another body": ("name_other", "share_other", "panel_other"),
        "More: when panels meet, and what waits for it": ("panel_icb", "panel_care", "panel_education", "action"),
    }
    what_for = TextField("What is the money for?", subject="What it is for", most=300)
    why_not_existing = TextareaField(
        "Why can’t a service that exists do it?", subject="Why existing services can’t", most=1000, rows=3
    )
    cost = NumberField("How much is it, in whole pounds?", least=1, most=9_999_999, subject="How much it is")
    per = SelectField("For which time?", choices=Funding.Per.choices, missing="Select for which time")
    asked_on = DateField("When was it asked for?", subject="The day", hint=A_DATE, not_after_today=True)
    needed_from = DateField("From when is it needed?", hint=A_DATE, subject="The first day", required=False)
    action = SelectField(
        "Which agreed action waits for it?", choices=(), empty="None", required=False,
        hint="It goes on by itself when the money is agreed",
    )  # fmt: skip

    def __init__(self, *args: Any, actions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting: Any = self.fields["action"]
        waiting.choices = [("", "None"), *actions]
        if not actions:
            del self.fields["action"]
        for body in BODIES:
            if body == "other":
                self.fields["name_other"] = TextField("Another body: its name", most=200, required=False)
            self.fields[f"share_{body}"] = NumberField(
                _ASKED[body], least=0, most=100, suffix="%", required=False, subject="The share", marked=False
            )
            self.fields[f"panel_{body}"] = DateField(
                _PANEL[body], hint="If it is known", subject="The panel’s day", required=False
            )
        folded = {name for names in self.folds.values() for name in names}
        self.order_fields([*(name for name in self.fields if name not in folded), "name_other"])

    @property
    def shares(self) -> list[Share]:
        given = self.cleaned_data
        return [
            Share(
                body,
                given[f"share_{body}"],
                name=given.get(f"name_{body}", ""),
                panel_on=given.get(f"panel_{body}"),
            )
            for body in BODIES
            if given.get(f"share_{body}")
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            total = sum(one.share for one in self.shares)
            if total != 100:
                self.add_error("share_icb", NOT_HUNDRED.format(total=total).rstrip("."))
            if given.get("share_other") and not given.get("name_other", "").strip():
                self.add_error("name_other", "Write the name of the other body")
        return given


class BodyForm(SeenForm):
    """A body's answer; or that it was asked again."""

    answer = RadiosField(
        "What does it say?",
        choices=[*ANSWERS, ("ask", "No answer yet: it was asked again")],
        missing="Select what it says",
    )
    on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    who = TextField("Who said it?", hint="A name, or the panel", subject="Who said it", most=120)
    because = TextareaField("The reason they gave, or what was said", most=500, rows=3, required=False)
    panel_on = DateField("When does its panel meet?", hint="If it has no answer yet", subject="The day", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") in ("no", "part") and not given.get("because", "").strip():
            self.add_error("because", "Write the reason they gave")
        return given


class ToldForm(SeenForm):
    """What the family reads, and from when."""

    family_words = TextareaField(
        "What was decided, in plain words",
        hint="The family reads this on their page. Talk with them first.",
        subject="What was decided",
        most=1000,
        rows=4,
    )
    starts_on = DateField("From which day does it start?", hint="If it was agreed", subject="The day", required=False)


class StartedForm(SeenForm):
    on = DateField("Since when is it there?", subject="The day", hint=A_DATE, not_after_today=True)
    words = TextField("Who says so?", most=300, required=False)


class LaterForm(SeenForm):
    starts_on = DateField("On which day does it start now?", subject="The day", hint=A_DATE)
    words = TextField("Why later?", subject="The reason", most=300)


class WithdrawForm(SeenForm):
    words = TextareaField("Why is it not asked for any more?", subject="The reason", most=1000, rows=3)
