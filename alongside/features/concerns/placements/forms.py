"""What is asked about a notice on a placement."""

from typing import Any

from alongside.features.concerns.models import PlacementNotice, PlacementSearch
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

OUTCOMES = [one for one in PlacementNotice.Outcome.choices if one[0] != PlacementNotice.Outcome.RECORD_ENDED]
ANSWERS = [one for one in PlacementSearch.Answer.choices if one[0]]
REASONS = [one for one in PlacementSearch.Because.choices if one[0]]


class FollowForm(OnceForm):
    """Until when they can stay, why, and what the family knows."""

    place = TextField("Where do they live now?", subject="The place", most=200)
    given_on = DateField("When was notice given?", subject="The day", hint=A_DATE, not_after_today=True)
    ends_on = DateField("What is the last day on which they can stay?", subject="The last day", hint=A_DATE)
    because = TextareaField("Why, in the words of the place?", subject="The reason", most=500, rows=3)
    lead = SelectField("Who leads the search?", choices=(), missing="Select who leads the search")
    last_day_plan = TextareaField(
        "What happens on the last day if no place is found?",
        hint="It can wait until two weeks before",
        most=1000,
        rows=3,
        required=False,
    )
    family_words = TextareaField(
        "What the family reads of it",
        hint="Plain words: until when, and who looks. Leave it empty if they were not told yet.",
        most=1000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, leads: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["lead"]
        asked.choices = leads


class PlaceForm(OnceForm):
    """A place that is asked, with its answer where there is one already."""

    place = TextField("Which place was asked?", subject="The place", most=200)
    asked_on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    miles = NumberField("How many miles from home is it?", least=0, most=999, required=False)
    cost = NumberField("What does it cost a week, in whole pounds?", least=0, most=99_999, required=False)
    answer = SelectField("Has it answered?", choices=ANSWERS, empty="Not yet", required=False)
    answered_on = DateField(
        "When did it answer?", subject="The day of the answer", required=False, not_after_today=True
    )
    because = SelectField("If it said no: why?", choices=REASONS, empty="Not said", required=False)
    said = TextField("In its words", most=500, required=False)

    def clean(self) -> dict[str, Any]:
        return _check(self, super().clean() or {})


class PlaceAnswerForm(SeenForm):
    """What a place answered."""

    answer = RadiosField("What did it answer?", choices=ANSWERS, missing="Select what it answered")
    answered_on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    because = SelectField("If it said no: why?", choices=REASONS, empty="Not said", required=False)
    said = TextField("In its words", most=500, required=False)
    cost = NumberField("What does it cost a week, in whole pounds?", least=0, most=99_999, required=False)

    def clean(self) -> dict[str, Any]:
        return _check(self, super().clean() or {})


def _check(form: Any, given: dict[str, Any]) -> dict[str, Any]:
    if given.get("answer") and not given.get("answered_on") and "answered_on" not in form.errors:
        form.add_error("answered_on", "Enter the day on which it answered")
    if given.get("answer") == "no" and not (given.get("because") or given.get("said")):
        form.add_error("because", "Select why it said no, or write it below")
    if given.get("answered_on") and not given.get("answer") and "answer" not in form.errors:
        form.add_error("answer", "Select what it answered, or leave the day empty")
    return given


class LastDayForm(SeenForm):
    ends_on = DateField("What is the last day on which they can stay?", subject="The last day", hint=A_DATE)
    last_day_plan = TextareaField(
        "What happens on the last day if no place is found?", subject="What happens on the last day", most=1000, rows=4
    )
    words = TextField("If the day moved: who agreed to it?", most=300, required=False)


class EndForm(SeenForm):
    """Where they live now."""

    outcome = RadiosField(
        "How did it end?", choices=OUTCOMES, reveals={"moved": "new_place"}, missing="Select how it ended"
    )
    new_place = TextField("Where do they live now?", most=200, required=False, marked=False)
    words = TextareaField("What happened?", subject="What happened", most=1000, rows=3)
    family_words = TextareaField("What the family reads of it", hint="Plain words", most=1000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("outcome") == "moved" and not given.get("new_place", "").strip():
            self.add_error("new_place", "Write where they live now")
        return given
