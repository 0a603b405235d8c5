"""Naming a keyworker, and what the team's pages ask."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from alongside.features.keyworking import text
from alongside.features.keyworking.models import Allocation
from alongside.foundation.accounts.invitations import plain_phone
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)
from alongside.policy.allocation import SKILLS, in_points
from alongside.policy.allocation.caseload import MOST

A_DATE = "For example, 31 3 2026"
#: Hand-over is done on its own page, which moves the work too.
PARTS = [(part.value, part.label) for part in Allocation.Part if part.value in ("designated", "co_worker", "cover")]


class AllocationForm(OnceForm):
    """Who, in which part, from when. A new keyworker ends the time of the one before."""

    worker = SelectField("Who?", choices=(), missing="Select who it is")
    part = RadiosField("As what?", choices=PARTS, initial=Allocation.Part.DESIGNATED)
    from_date = DateField("From when?", subject="The first day", hint=A_DATE, not_after_today=True)
    because = TextField("Why them?", most=300, required=False)
    over_limit_because = TextField("Why beyond their limit?", hint=text.OVER_HINT, most=300, required=False)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["worker"]
        asked.choices = [("", "Select"), *workers]


def split_words(words: str) -> list[str]:
    """'music, Lego ; trains' as three; each once, in the order typed."""
    found = (word.strip()[:40] for word in words.replace(";", ",").split(","))
    return list(dict.fromkeys(word for word in found if word))


class WishForm(OnceForm):
    """What the young person and family wish of a keyworker."""

    said = TextareaField("What did they say about who would suit them?", most=500, rows=3, required=False)
    needs = CheckboxesField(
        "Should the keyworker have experience with any of these?",
        hint="What the record says already is counted without being ticked.",
        choices=list(SKILLS.items()),
        required=False,
        small=True,
    )
    interests = TextField("What do they like?", hint="With commas between: music, trains", most=200, required=False)
    wanted = SelectField("Did they ask for somebody?", choices=(), empty="", required=False)
    unwanted = SelectField("Did they ask not to have somebody?", choices=(), empty="", required=False)

    def __init__(self, *args: Any, workers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", "Nobody in particular"), *workers]
        for name in ("wanted", "unwanted"):
            asked: Any = self.fields[name]
            asked.choices = named

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("wanted") and given.get("wanted") == given.get("unwanted"):
            self.add_error("unwanted", "This is who they asked for. Choose somebody else, or nobody")
        return given


class ProfileForm(OnceForm):
    """What the matching and the family know of a keyworker."""

    base = TextField("Where are they based?", hint="For example, Mill Lane Clinic", most=120, required=False)
    phone = TextField(
        "Their phone at work", hint="It stands on the crisis card of everybody they walk with. Not a private number",
        most=30, required=False, autocomplete="off",
    )  # fmt: skip
    district = TextField("First part of the postcode there", hint="For example, NM1", most=4, width="4", required=False)
    councils = TextField("Which councils' areas do they work in?", hint="With commas between", most=300, required=False)
    skills = CheckboxesField("Experience with", choices=list(SKILLS.items()), required=False, small=True)
    interests = TextField("What do they like?", hint="With commas between: music, trains", most=200, required=False)
    languages = TextField("Languages besides English", hint="With commas between", most=200, required=False)
    about_me = TextareaField("What may a family read about them before they meet?", most=300, rows=3, required=False)
    takes_on = RadiosField(
        "Do they take new people at present?", choices=[("yes", "Yes"), ("no", "No")], initial="yes", inline=True
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"]).strip()
        if typed and not plain_phone(typed):
            raise forms.ValidationError("Enter a phone number, like 07700 900123")
        return typed

    def clean_district(self) -> str:
        return str(self.cleaned_data["district"]).upper().strip()

    def clean_councils(self) -> list[str]:
        return split_words(self.cleaned_data["councils"])

    def clean_interests(self) -> list[str]:
        return split_words(self.cleaned_data["interests"])

    def clean_languages(self) -> list[str]:
        return split_words(self.cleaned_data["languages"])

    def clean_takes_on(self) -> bool:
        return bool(self.cleaned_data["takes_on"] == "yes")


SHARES = [(str(Decimal(number) / 10), f"{number * 10}% of full time") for number in range(9, 0, -1)]


class WorkTimeForm(OnceForm):
    share = SelectField("How much do they work?", choices=[("1", "Full time"), *SHARES], empty="", initial="1")
    from_date = DateField("From when?", subject="The first day", hint=A_DATE)


class LeaveForm(OnceForm):
    """A stretch away. Why is not asked."""

    from_date = DateField("First day away", hint=A_DATE)
    to_date = DateField("Last day away", hint="Leave it empty if nobody knows yet", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("from_date"), given.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", "The last day away can't be before the first")
        return given


class TrainingForm(OnceForm):
    course = SelectField("Which training?", choices=(), missing="Select which training it was")
    completed_on = DateField("When was it completed?", subject="The day", hint=A_DATE, not_after_today=True)
    expires_on = DateField("Until when does it count?", hint="Leave it empty if it does not expire", required=False)
    evidence = TextField("How do you know?", hint="For example, certificate seen", most=200, required=False)

    def __init__(self, *args: Any, courses: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["course"]
        asked.choices = [("", "Select"), *courses.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        done, until = given.get("completed_on"), given.get("expires_on")
        if done and until and until <= done:
            self.add_error("expires_on", "It must count beyond the day it was completed")
        return given


#: Points that a rule may be set to, as halves and in words.
POINTS = [(str(halves), in_points(halves)) for halves in (*range(1, 21), *range(22, MOST + 1, 2))]


class PointsForm(OnceForm):
    """An area's own value of a rule in points."""

    value = SelectField("How many points?", choices=POINTS, missing="Select how many points")
    starts_on = DateField("From which day?", subject="The first day", hint=A_DATE, not_before_today=True)
    source = TextField("Who decided it?", hint="For example, keyworking board, 3 March 2026", most=200)


class CoursesForm(OnceForm):
    """Which training the area requires."""

    value = CheckboxesField(
        "Which training must be in date before somebody is given people?",
        hint="Tick none to require none.",
        choices=(),
        required=False,
    )
    starts_on = DateField("From which day?", subject="The first day", hint=A_DATE, not_before_today=True)
    source = TextField("Who decided it?", hint="For example, keyworking board, 3 March 2026", most=200)

    def __init__(self, *args: Any, courses: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["value"]
        asked.choices = list(courses.items())


class AskPlanForm(OnceForm):
    """Asks for a joint plan: nothing but the mark that it is asked once."""


class DecideForm(OnceForm):
    """Which lines of a plan are taken up."""

    places = CheckboxesField("Whom do you confirm?", choices=(), missing="Tick whom you confirm")

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["places"]
        asked.choices = places


class OverruleForm(OnceForm):
    """Somebody else than the plan says, or nobody yet."""

    worker = SelectField("Who instead?", choices=(), missing="Select who instead")
    because = TextField("Why?", subject="The reason", most=300)
    over_limit_because = TextField("Why beyond their limit?", hint=text.OVER_HINT, most=300, required=False)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["worker"]
        asked.choices = [("", "Select"), ("nobody", "Nobody yet: they stay on the waiting list"), *workers]
