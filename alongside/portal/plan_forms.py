"""What a family says to the plan and about goals: few words, nothing typed is lost."""

from typing import Any

from alongside.features.plans.models import PlanAnswer
from alongside.foundation.nhsuk.forms import NumberField, OnceForm, RadiosField, TextareaField, TextField

ANSWERS = [
    (PlanAnswer.Answer.AGREE, "Yes"),
    (PlanAnswer.Answer.PARTLY, "Some of it"),
    (PlanAnswer.Answer.DISAGREE, "No"),
]


class AgreeForm(OnceForm):
    answer = RadiosField("Do you agree with the plan?", choices=ANSWERS, missing="Choose what you think")
    said = TextareaField(
        "What do you want to say about it?",
        most=2000,
        rows=4,
        required=False,
        hint="Tell us what is wrong or what is not in it. We talk with you about it.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") not in (None, PlanAnswer.Answer.AGREE) and not given.get("said"):
            self.add_error("said", "Tell us a little about what you do not agree with")
        return given


class OwnGoalForm(OnceForm):
    what = TextField("What do you want to reach?", most=300, missing="Write down what you want")


class OwnScoreForm(OnceForm):
    score = NumberField(
        "How near is it?",
        least=0,
        most=10,
        hint="0 is not near at all. 10 is done.",
        missing="Write a number from 0 to 10",
    )
    said = TextField("What do you want to say about it?", most=500, required=False)
