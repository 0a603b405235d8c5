"""The steps of an emergency meeting. Nothing is demanded between them: what is missing is said at the end."""

from collections.abc import Iterable, Sequence
from typing import Any

from alongside.features.emergency.models import EmergencyMeeting, LogEntry, MeetingSide
from alongside.features.emergency.text import CLOSED_AS
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    PhoneField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TimeField,
)

OTHER = "other"
YES_NO = (("yes", "Yes"), ("no", "No"))
#: So many people can disagree, so many numbers, so many things to do: what a night needs, on one small page each.
DISSENTS, NUMBERS, JOBS = 3, 4, 4
A_DATE = "For example, 31 3 2026"


class StepForm(OnceForm):
    """One step. Everything may be left empty."""

    key = ""
    title = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
        self.fields["submission"].required = True

    marks_optional = False


class ThereForm(StepForm):
    key, title = "there", "Who is there"

    on = DateField("Which day did it begin?", subject="The day", hint=A_DATE, not_after_today=True)
    at = TimeField("At what time?")
    how = RadiosField("How do you meet?", choices=EmergencyMeeting.How.choices, inline=True, small=True)
    chair = TextField("Who leads it?", hint="Name and role", most=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for agency, label in MeetingSide.Agency.choices:
            self.fields[f"who_{agency}"] = TextField(
                f"{label}: who is there?", hint="Names and roles", most=300, required=False
            )
            self.fields[f"not_{agency}"] = TextField(f"{label}: why nobody?", most=300, required=False)

    @property
    def agencies(self) -> list[tuple[Any, Any]]:
        return [(self[f"who_{agency}"], self[f"not_{agency}"]) for agency in MeetingSide.Agency.values]


class FamilyForm(StepForm):
    key, title = "family", "The young person and their family"

    young_person = RadiosField("Is the young person part of it?", choices=YES_NO, inline=True, small=True)
    young_person_words = TextField("If not: why not, and who speaks for them?", most=500)
    family = RadiosField("Is the family part of it?", choices=YES_NO, inline=True, small=True)
    family_words = TextField("Who of the family, or why not?", most=500)
    they_said = TextareaField("What do they say, and what do they want?", most=1000, rows=3, count=False)


class WhyForm(StepForm):
    key, title = "why", "What happened"

    trigger = TextareaField("What happened?", most=2000, rows=4, count=False)
    instead = RadiosField(
        "Why is there no review (C(E)TR) instead?", choices=EmergencyMeeting.NoReview.choices, small=True
    )
    instead_words = TextField("In your words", most=500)


class TriedForm(StepForm):
    key, title = "tried", "What was tried"

    tried = TextareaField(
        "What was tried or thought of to keep them out of hospital?",
        hint="One on each line: what, and why it works or doesn’t. Like: intensive support, a crisis house.",
        most=3000,
        rows=6,
        count=False,
    )


class DecisionForm(StepForm):
    key, title = "decision", "The decision"

    outcome = RadiosField("What was decided?", choices=EmergencyMeeting.Outcome.choices, small=True)
    decision = TextareaField("In a sentence or two", most=2000, rows=3, count=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, DISSENTS + 1):
            self.fields[f"dissent_{number}_name"] = TextField("Name and role", most=120, required=False)
            self.fields[f"dissent_{number}_because"] = TextField("Why they disagree", most=500, required=False)

    @property
    def dissents(self) -> list[tuple[Any, Any]]:
        return [(self[f"dissent_{n}_name"], self[f"dissent_{n}_because"]) for n in range(1, DISSENTS + 1)]


class SafetyForm(StepForm):
    key, title = "safety", "The safety plan"

    safety = TextareaField(
        "What keeps them safe until somebody looks again?",
        hint="The young person and the family read this on their pages. Use short sentences.",
        most=2000,
        rows=5,
        count=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, NUMBERS + 1):
            self.fields[f"ring_{number}_who"] = TextField("Who", most=160, required=False)
            self.fields[f"ring_{number}_phone"] = TextField("Number", most=40, required=False, inputmode="tel")

    @property
    def numbers(self) -> list[tuple[Any, Any]]:
        return [(self[f"ring_{n}_who"], self[f"ring_{n}_phone"]) for n in range(1, NUMBERS + 1)]


class JobsForm(StepForm):
    """Who does what by when. owners: (value, label) of those known here; moments: (ISO, words), the first is usual."""

    key, title = "jobs", "Who does what before 9am"

    watcher = SelectField(
        "Who sees in the morning that it was done?",
        hint="Somebody who can open the record then. They have it on their list, also on a Sunday.",
        choices=(),
        empty="Select",
    )

    def __init__(
        self,
        *args: Any,
        owners: Sequence[tuple[str, str]],
        moments: Sequence[tuple[str, str]],
        watchers: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["watcher"]
        asked.choices = [("", "Select"), *watchers]
        for number in range(1, JOBS + 1):
            self._add_job(f"job_{number}", owners, moments)

    def _add_job(self, job: str, owners: Iterable[tuple[str, str]], moments: Sequence[tuple[str, str]]) -> None:
        self.fields[f"{job}_what"] = TextField("What", most=300, required=False)
        self.fields[f"{job}_who"] = SelectField(
            "Who", choices=[*owners, (OTHER, "Somebody else")], empty="Select", required=False
        )
        self.fields[f"{job}_name"] = TextField("Somebody else: name and role", most=120, required=False)
        self.fields[f"{job}_place"] = TextField("Where they work", most=200, required=False)
        self.fields[f"{job}_reach"] = TextField(
            "Their mobile number or e-mail", hint="They answer by a link", most=120, required=False
        )
        (_, usual), *later = moments
        self.fields[f"{job}_by"] = SelectField("By when", choices=later, empty=usual, required=False)

    @property
    def jobs(self) -> list[dict[str, Any]]:
        names = ("what", "who", "name", "place", "reach", "by")
        return [{name: self[f"job_{n}_{name}"] for name in names} for n in range(1, JOBS + 1)]


#: The steps in their order; `check` comes after the last.
STEPS: dict[str, type[StepForm]] = {
    form.key: form for form in (ThereForm, FamilyForm, WhyForm, TriedForm, DecisionForm, SafetyForm, JobsForm)
}
CHECK = "check"


class OnlyOnce(OnceForm):
    """Nothing but the mark that it is asked once."""


class CheckedForm(OnceForm):
    words = TextareaField(
        "What did you find?",
        hint="What was done, what was not, and what you did about it",
        most=500,
        rows=3,
        missing="Write what you found",
    )


class NoReviewForm(OnceForm):
    because = TextareaField(
        "Why does no review follow?",
        hint="It stands with your name. A review is the usual way.",
        most=500,
        rows=3,
        missing="Write why no review follows",
    )


class NotAdmittedForm(OnceForm):
    because = TextareaField(
        "What happened instead?",
        hint="Where they are now, and who decided it. It stands with your name.",
        most=500,
        rows=3,
        missing="Write what happened instead",
    )


class DropForm(OnceForm):
    because = TextField("Why is it not needed?", subject="The reason", most=300)


class NextForm(OnceForm):
    """Who looks next, and by when."""

    next_writer = SelectField("Who writes the next entry?", choices=(), missing="Select who writes the next entry")
    next_on = DateField("On which day?", subject="The day", hint=A_DATE, not_before_today=True)
    next_at = TimeField("By what time?")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["next_writer"]
        asked.choices = [("", "Select"), *people]


class OpenLogForm(NextForm):
    because = TextareaField(
        "What is the crisis?", most=1000, rows=3, count=False, missing="Write in a sentence what the crisis is"
    )
    field_order = ("because", "next_writer", "next_on", "next_at")


class EntryForm(NextForm):
    going = RadiosField(
        "How does it go?", choices=LogEntry.Going.choices, missing="Select how it goes", inline=True, small=True
    )
    words = TextareaField("What did you find?", most=2000, rows=3, count=False, missing="Write what you found")
    field_order = ("going", "words", "next_writer", "next_on", "next_at")


class CloseForm(OnceForm):
    outcome = RadiosField(
        "How does it end?",
        choices=CLOSED_AS,
        missing="Select how it ends",
    )
    words = TextareaField(
        "What goes on from here, and who has it?", most=1000, rows=3, missing="Write what goes on from here"
    )


class LineForm(OnceForm):
    who = TextField("Who is it?", hint="The name of the line, as families know it", subject="Who it is", most=160)
    phone = PhoneField("Which number?")
    about = TextField("When, and for what?", hint="Like: day and night, for under 18s", most=200, required=False)
    council = TextField(
        "Only for one council?",
        hint="Its name as it stands in records. Left empty, all families of the area read it.",
        most=200,
        required=False,
    )
