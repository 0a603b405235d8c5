"""What is asked about a contact: three answers and a sentence; everything else may be left out."""

from datetime import date, datetime, time
from typing import Any

from alongside.features.keyworking.models import PromiseStep, Way, With
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
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
from alongside.policy.activities import ACTIVITIES, NOT_DONE

A_DATE = "For example, 31 3 2026"
PURPOSES = [(one.code, f"{one.stage}: {one.label}") for one in ACTIVITIES] + [
    (one.code, f"Not a keyworker's: {one.label}") for one in NOT_DONE
]
#: Questions that stand folded away.
MORE = ("next_step", "next_by", "purpose", "minutes")
#: When it was: folded away by itself, because it is about the contact and not about what comes next.
WHEN = ("on", "at")
PROMISED = ("promise_what", "promise_who", "promise_organisation", "promise_by")


class ContactForm(OnceForm):
    """A contact. `tried`: it was sent with the button 'No answer', which needs no sentence."""

    way = RadiosField("How?", choices=Way.choices, missing="Select how you were in touch", inline=True, small=True)
    with_whom = CheckboxesField("With whom?", choices=With.choices, missing="Tick with whom", small=True)
    outcome = TextareaField(
        "What happened?", most=2000, rows=3, count=False, missing="Write in a sentence what happened"
    )
    next_step = TextField("What next?", most=400, required=False)
    next_by = DateField(
        "By when?",
        subject="The day of what is next",
        hint=f"With a day it becomes due for the keyworker. {A_DATE}",
        required=False,
        not_before_today=True,
    )
    on = DateField(
        "Which day, if not today?", subject="The day of the contact", hint=A_DATE, required=False, not_after_today=True
    )
    at = TimeField("What time?", required=False)
    purpose = SelectField(
        "What was it for?",
        hint="Left empty, it is guessed from what you wrote.",
        choices=PURPOSES,
        empty="Guess it for me",
        required=False,
    )
    minutes = NumberField("How many minutes?", least=1, most=1440, required=False)
    promise_what = TextField("What did somebody promise?", most=300, required=False)
    promise_who = TextField("Who promised it?", most=120, required=False)
    promise_organisation = TextField("Which organisation?", most=200, required=False)
    promise_by = DateField(
        "By when?", subject="The day of the promise", hint=A_DATE, required=False, not_before_today=True
    )

    def __init__(self, *args: Any, tried: bool = False, now: datetime, promises: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, today=now.astimezone(LONDON).date(), **kwargs)
        self.tried, self.now = tried, now
        self.fields["outcome"].required = not tried
        if not promises:
            for name in ("next_by", *PROMISED):
                del self.fields[name]

    @property
    def opens_more(self) -> bool:
        return any(self[name].errors or (self.initial.get(name) and not self.is_bound) for name in MORE)

    @property
    def opens_when(self) -> bool:
        return any(self[name].errors or (self.initial.get(name) and not self.is_bound) for name in WHEN)

    @property
    def opens_promise(self) -> bool:
        return any(name in self.fields and (self[name].errors or self.initial.get(name)) for name in PROMISED)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if any(given.get(name) for name in PROMISED):
            for name, sentence in (
                ("promise_what", "Enter what was promised"),
                ("promise_who", "Enter who promised it"),
                ("promise_by", "Enter by when it was promised"),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        if given.get("next_by"):
            if not given.get("next_step") and "next_step" not in self.errors:
                self.add_error("next_step", "Enter what is next, or leave its day empty")
            elif len(given.get("next_step") or "") > 300:
                self.add_error("next_step", "What is next must be 300 characters or fewer when it has a day")
        if self.happened_at and self.happened_at > self.now:
            self.add_error("at", "The time can't be in the future")
        return given

    @property
    def happened_at(self) -> datetime | None:
        """When it was; None for now. A day alone is its midday, and today alone is now."""
        given = self.cleaned_data
        on, at = given.get("on"), given.get("at")
        if at is None and (on is None or on == self.today):
            return None
        return datetime.combine(on or self.today or date.min, at or time(12), LONDON)


class PromiseForm(OnceForm):
    """What somebody said they would do."""

    what = TextField("What did they say they would do?", subject="What they said", most=300)
    who = TextField("Who said so?", subject="Who said so", most=120)
    organisation_name = TextField("Which organisation?", most=200, required=False)
    by_date = DateField("By when?", subject="The day", hint=A_DATE, not_before_today=True)


class StepForm(OnceForm):
    """What became of a promise."""

    kind = RadiosField(
        "What happened?",
        choices=PromiseStep.Kind.choices,
        reveals={PromiseStep.Kind.MOVED: "by_date"},
        missing="Select what happened",
    )
    by_date = DateField("Which new day?", subject="The new day", hint=A_DATE, required=False, not_before_today=True)
    said = TextField("What was said?", most=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == PromiseStep.Kind.MOVED and not given.get("by_date") and "by_date" not in self.errors:
            self.add_error("by_date", "Enter the new day that was promised")
        return given


class AppointmentForm(OnceForm):
    """A planned contact or meeting."""

    way = RadiosField("How?", choices=Way.choices, missing="Select how", inline=True, small=True)
    on = DateField("Which day?", subject="The day", hint=A_DATE, not_before_today=True)
    at = TimeField("What time?")
    with_whom = TextareaField(
        "With whom?",
        hint="For a meeting everybody who comes: one on each line, with what they do",
        most=600,
        rows=3,
        count=False,
        required=False,
    )
    where = TextField("Where?", most=200, required=False)
    minutes = NumberField("How many minutes?", least=5, most=1440, initial=60)
    told = TickField(
        "The family sees this on their pages",
        hint="When, how, with whom and where. A parent who may not know where they live does not see it.",
        required=False,
    )

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], LONDON)


class CallOffForm(OnceForm):
    because = TextField("Why won't it happen?", subject="The reason", most=300)

    def __init__(self, *args: Any, told: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if told:
            self.fields["because"].help_text = "The family reads this on their pages."


class OutOfHoursForm(OnceForm):
    """Who to ring when the keyworker isn't there."""

    who = TextField("Who is there then?", hint="A person, a team or a line, by name", subject="Who is there", most=160)
    phone = TextField("Which number?", subject="The number", most=40, inputmode="tel")
    arrangement = TextareaField(
        "What was agreed for evenings and weekends?",
        hint="Keyworking is not routinely there out of hours. The family reads this.",
        most=500,
        rows=3,
        required=False,
    )
    agreed_with = TextField("With whom was it agreed?", most=160, required=False)


class FeedForm(OnceForm):
    """Nothing but the mark that it is asked once."""


class SupervisionForm(OnceForm):
    """What was agreed with a keyworker, and how they are."""

    held_on = DateField("When was it?", subject="The day", hint=A_DATE, not_after_today=True)
    people = CheckboxesField("Whom did you talk about?", choices=(), required=False, small=True)
    agreed = TextareaField("What did you agree?", most=4000, rows=5, subject="What you agreed")
    wellbeing_asked = RadiosField(
        "Did you ask how they are?",
        choices=[("yes", "Yes"), ("no", "No")],
        missing="Select whether you asked how they are",
        inline=True,
    )
    wellbeing = TextareaField(
        "How are they, and what would help?",
        hint="Only the two of you read this.",
        most=1000,
        rows=3,
        required=False,
    )
    next_on = DateField("When is the next one?", subject="The day of the next one", hint=A_DATE)

    def __init__(self, *args: Any, people: list[tuple[str, str]], because: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["people"]
        asked.choices = people
        if not people:
            del self.fields["people"]
        self.fields["next_on"].help_text = f"{because} (local default)"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given.setdefault("people", [])
        held, following = given.get("held_on"), given.get("next_on")
        if held and following and following <= held:
            self.add_error("next_on", "The next one must be on a later day")
        return given
