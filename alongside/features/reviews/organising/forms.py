"""The forms of organising a review: asking for it, its day, and what happens with it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms

from alongside.features.reviews.models import PlannedReview, Review
from alongside.features.reviews.models.planned import KINDS
from alongside.features.reviews.organising import text
from alongside.features.reviews.organising.deciders import Decider, name_problem
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day as day_in_words
from alongside.foundation.nhsuk.forms import (
    DateField,
    NumberField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
    TimeField,
)

A_DATE = "For example, 31 3 2026"
#: The longest that any review may be away; a day after it is a slip of the keyboard.
LONGEST_AHEAD = timedelta(days=366)
HINTS: dict[str, str] = {
    Review.Kind.COMMUNITY: "Before an admission that can be avoided, or where somebody lives in a residential place.",
    Review.Kind.POST_ADMISSION: "In hospital, where no valid community review came before.",
    Review.Kind.INPATIENT: "In hospital, again.",
    Review.Kind.POST_DISCHARGE: "After leaving hospital, to follow up.",
    Review.Kind.INDEPENDENT: "For somebody kept apart from others for long; chaired independently.",
}


class SeenForm(OnceForm):
    """Anything done with a planned review; `seen` is how it stood when the page was drawn."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)


class AskForm(OnceForm):
    kind = RadiosField("Which review?", choices=[(kind.value, kind.label) for kind in KINDS], hints=HINTS)
    asked_by = SelectField(
        "Who asks for it?", choices=[("", "Select"), *PlannedReview.AskedBy.choices], missing="Select who asks for it"
    )
    asked_name = TextField("Their name", most=120, required=False)
    asked_on = DateField("When did they ask?", subject="The day", hint=A_DATE, not_after_today=True)
    why = TextareaField("Why now?", most=500, rows=3, missing="Say why a review is asked for")
    held = TickField("It is decided already that it will be held", required=False)

    def __init__(self, *given: Any, stays: Sequence[tuple[int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        if stays:
            self.fields["stay"] = SelectField(
                "In which time in hospital?",
                choices=[("", "None"), *((str(number), words) for number, words in stays)],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        inside = (Review.Kind.POST_ADMISSION, Review.Kind.INPATIENT)
        if given.get("kind") in inside and not given.get("stay"):
            self.add_error(
                "stay" if "stay" in self.fields else "kind",
                "This review is about a time in hospital. Select which, or record the admission first",
            )
        return given


class DayForm(SeenForm):
    on = DateField("On which day?", subject="The day", hint=A_DATE, not_before_today=True)
    at = TimeField("At what time does it begin?")
    minutes = NumberField("How long?", least=30, most=720, suffix="minutes", initial=360)
    place = TextField("Where?", most=200, hint="The room, or the link to join.")
    how = RadiosField(
        "How do people meet?",
        choices=[("face", "Face to face"), ("video", "By video")],
        reveals={"video": "video_because"},
        initial="face",
    )
    video_because = TextField("Why by video?", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("how") == "video" and not given.get("video_because"):
            self.add_error("video_because", "Face to face is the norm. Say why this one is by video")
        if self.today and given.get("on") and given["on"] > self.today + LONGEST_AHEAD:
            self.add_error("on", "The day must be within a year from now. Check the year")
        return given

    @property
    def starts_at(self) -> datetime:
        given: time = self.cleaned_data["at"]
        return datetime.combine(self.cleaned_data["on"], given, LONDON)


class BecauseForm(SeenForm):
    because = TextareaField("Why?", most=500, rows=3, missing="Say why")


def _for_family(form: SeenForm, *, asks_family: bool) -> None:
    """One sentence for whoever of the family asked for the review on their own page."""
    if asks_family:
        form.fields["family_words"] = TextField(
            "Why, in one sentence for the family",
            most=300,
            missing="Write in one sentence why, for the family",
            hint="They asked for this review, and read this on their page. Name nobody else in it.",
        )


class CancelForm(BecauseForm):
    def __init__(self, *given: Any, asks_family: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        _for_family(self, asks_family=asks_family)


class ButtonForm(SeenForm):
    """One button: nothing is asked."""


class PapersForm(SeenForm):
    """any_here: whether a paper is kept here; where none is, it is asked why."""

    none_because = TextareaField(
        "There are none here, because", most=400, rows=3, subject="Why there are none",
        hint="Like: the trust sent them by secure e-mail. Better: add them, so that only this panel opens them.",
        missing=text.NO_PAPERS.rstrip("."),
    )  # fmt: skip

    def __init__(self, *given: Any, any_here: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if any_here:
            del self.fields["none_because"]


class HeldForm(SeenForm):
    on = DateField("On which day was it held?", subject="The day", hint=A_DATE, not_after_today=True)
    at = TimeField("At what time did it begin?", required=False)
    chair = TextField("Who chaired it?", most=120)
    statutory = TickField("It was held under Part 8A of the Mental Health Act", required=False)
    late_reason = SelectField(
        "Why was it later than its limit?", choices=[("", "Select"), *PlannedReview.Reason.choices], required=False
    )
    late_words = TextField("What happened?", most=250, required=False)

    def __init__(self, *given: Any, limit: datetime | None, part_8a: bool, **named: Any) -> None:
        """limit: the last moment, where it is past. part_8a: whether that part of the Act has begun."""
        super().__init__(*given, **named)
        self.limit = limit
        if limit is None:
            del self.fields["late_reason"], self.fields["late_words"]
        else:
            asked: Any = self.fields["late_reason"]
            asked.help_text = f"Its limit was {day_in_words(limit)}. Leave this empty if it was held by then."
        if not part_8a:
            del self.fields["statutory"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        late = self.limit and given.get("on") and "at" in given and self.held_at > self.limit
        if late and not given.get("late_reason"):
            self.add_error("late_reason", "Select why it was later than its limit")
        return given

    @property
    def held_at(self) -> datetime:
        given: time = self.cleaned_data["at"] or time(12)
        return datetime.combine(self.cleaned_data["on"], given, LONDON)


class NotHeldForm(SeenForm):
    reason = SelectField(
        "Why was it not held?", choices=[("", "Select"), *PlannedReview.Reason.choices], missing="Select why"
    )
    because = TextareaField("What happened?", most=500, rows=3, required=False)

    def __init__(self, *given: Any, asks_family: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        _for_family(self, asks_family=asks_family)


class ReplaceForm(SeenForm):
    """commissioners: of the area, with an account here. Anybody else is typed, by full name and organisation."""

    OTHER = "other"
    folds = {"A commissioner who stands in no list: who they are": ("decided_by_name", "decided_by_place")}
    decider = SelectField(
        "Which commissioner decided this?", choices=(), missing="Select which commissioner decided this"
    )
    decided_by_name = TextField(
        "Their full name", most=120, required=False, marked=False, hint="First name and family name, like Jo Hart."
    )
    decided_by_place = TextField(
        "The organisation that they commission for", most=200, required=False, marked=False, hint="Like: Saltby ICB."
    )
    decided_on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    instead = TextField("What takes its place?", most=300)
    because = TextareaField("Why?", most=500, rows=3, missing="Say why")

    def __init__(self, *given: Any, commissioners: Sequence[Decider], **named: Any) -> None:
        super().__init__(*given, **named)
        self.known = {str(one.actor.pk): one for one in commissioners if one.actor}
        asked: Any = self.fields["decider"]
        listed = [(number, f"{one.name}, {one.place}") for number, one in self.known.items()]
        asked.choices = [("", "Select"), *listed, (self.OTHER, "Somebody without an account: say below who they are")]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decider") == self.OTHER:
            if problem := name_problem(given.get("decided_by_name", "")):
                self.add_error("decided_by_name", problem)
            if not given.get("decided_by_place", "").strip():
                self.add_error("decided_by_place", text.THEIR_PLACE)
        elif given.get("decider") and given.get("decided_by_name"):
            self.add_error("decider", "Choose one: somebody of the list, or somebody who is written below")
        return given

    @property
    def chosen(self) -> Decider:
        given = self.cleaned_data
        typed = Decider(given["decided_by_name"].strip(), given["decided_by_place"].strip())
        return self.known.get(given["decider"], typed)
