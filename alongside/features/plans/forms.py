"""The forms of a plan."""

from datetime import date
from typing import Any

from django import forms

from alongside.features.plans import text
from alongside.features.plans.drafting import Face
from alongside.features.plans.models import Goal, PlanAnswer
from alongside.foundation.nhsuk.forms import (
    DateField,
    NumberField,
    OnceForm,
    PasswordField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)

#: Lines of easy read that one page of the form has room for.
MOST_LINES = 8
#: Local default: letters and numbers of a passphrase that a card is locked with.
SHORTEST_PASSPHRASE = 12


class PartForm(OnceForm):
    """One part in its three faces. `seen` is the version that the page was drawn from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    words = TextareaField("In full", most=6000, rows=8, required=False)
    plain = TextareaField(
        "In plain words",
        most=4000,
        rows=5,
        required=False,
        hint="For the young person and family. Short sentences, everyday words. Nobody but you makes it plainer.",
    )

    def __init__(self, *args: Any, lines: int = 2, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = min(lines, MOST_LINES)
        for number in range(self.lines):
            self.fields[f"picture_{number}"] = SelectField(
                f"Picture {number + 1}", choices=list(text.PICTURES.items()), empty="No picture", required=False
            )
            self.fields[f"line_{number}"] = TextField(f"Sentence {number + 1}", most=160, required=False)

    @property
    def face(self) -> Face:
        """As it is kept."""
        return face_of(self.cleaned_data, self.lines)

    @property
    def easy_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"picture_{number}"], self[f"line_{number}"]) for number in range(self.lines)]


def face_of(given: dict[str, Any], lines: int) -> Face:
    """What was typed as a part is kept: text trimmed, empty lines left out."""
    easy = [
        [picture, line]
        for number in range(lines)
        if (line := str(given.get(f"line_{number}") or "").strip())
        and (picture := str(given.get(f"picture_{number}") or "")) is not None
    ]
    return {
        "words": str(given.get("words") or "").strip(),
        "plain": str(given.get("plain") or "").strip(),
        "easy": easy,
    }


def initial_of(face: Face, seen: int) -> dict[str, Any]:
    """The other way: a part as the form shows it."""
    found: dict[str, Any] = {"words": face.get("words", ""), "plain": face.get("plain", ""), "seen": seen}
    for number, (picture, line) in enumerate(face.get("easy", [])):
        found |= {f"picture_{number}": picture, f"line_{number}": line}
    return found


class SendForm(OnceForm):
    review_on = DateField("When is the plan looked at again?", not_before_today=True)
    changed_words = TextareaField(
        "What should the family know about this version?",
        most=500,
        rows=3,
        required=False,
        hint="It stands first on their page, above the list of parts that changed.",
    )

    def __init__(self, *args: Any, latest: date, because: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        self.fields["review_on"].help_text = because

    def clean_review_on(self) -> date:
        chosen: date = self.cleaned_data["review_on"]
        if chosen > self.latest:
            raise forms.ValidationError(
                f"Choose {self.latest.day} {self.latest:%B %Y} or earlier: a plan is looked at again by then"
            )
        return chosen


class DecideForm(OnceForm):
    decision = RadiosField(
        "What do you decide?",
        choices=[("share", "Share it: it is read by the young person and family, and never changes")]
        + [("return", "Send it back to be changed")],
        reveals={"return": "because"},
        missing="Choose whether it is shared or sent back",
    )
    because = TextareaField("What should change?", most=500, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("decision") == "return" and not given.get("because"):
            self.add_error("because", "Say what should change")
        return given


class TakeBackForm(OnceForm):
    """Nothing to fill in."""


ANSWERS = [
    (PlanAnswer.Answer.AGREE, "They agree"),
    (PlanAnswer.Answer.PARTLY, "They agree with some of it"),
    (PlanAnswer.Answer.DISAGREE, "They do not agree"),
    (PlanAnswer.Answer.UNASKED, "They were not asked, or did not want to say"),
]


class AnswerForm(OnceForm):
    """What somebody of the family said, written down by the keyworker."""

    whose = RadiosField("Whose answer is it?", choices=[], missing="Choose whose answer it is")
    answer = RadiosField("What did they say?", choices=ANSWERS, missing="Choose what they said")
    said = TextareaField("In their own words", hint="If they were not asked: why.", most=2000, rows=3, required=False)
    how = RadiosField(
        "How did they say it?",
        choices=[(PlanAnswer.How.PAPER, "On paper"), (PlanAnswer.How.TOLD, "They told somebody")],
        required=False,
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        answer = given.get("answer")
        if answer == PlanAnswer.Answer.UNASKED:
            given["how"] = ""
            if not given.get("said"):
                self.add_error("said", "Write down why they were not asked")
        elif answer and not given.get("how"):
            self.add_error("how", "Choose how they said it")
        if answer in (PlanAnswer.Answer.PARTLY, PlanAnswer.Answer.DISAGREE) and not given.get("said"):
            self.add_error("said", "Write down what they do not agree with, in their words")
        return given


class GoalForm(OnceForm):
    voice = RadiosField(
        "Whose goal is it?",
        choices=[("young_person", "The young person’s"), ("family", "The family’s")],
        missing="Choose whose goal it is",
    )
    name = TextField("Who of the family?", most=120, required=False, hint="Only for a goal of the family.")
    what = TextField("What do they want to reach?", most=300, hint="In their words.", missing="Write the goal")


class ScoreForm(OnceForm):
    voice = RadiosField(
        "Who scores it?",
        choices=[("young_person", "The young person"), ("family", "Somebody of the family"), ("keyworker", "Me")],
        missing="Choose who scores it",
    )
    name = TextField("Who of the family?", most=120, required=False)
    score = NumberField("How near is it, from 0 to 10?", least=0, most=10, missing="Enter a number from 0 to 10")
    said = TextField("What did they say about it?", most=500, required=False)


class EndGoalForm(OnceForm):
    how = RadiosField("Why does it end?", choices=Goal.Ended.choices, missing="Choose why it ends")


class OfflineForm(OnceForm):
    """A passphrase that is not kept, typed twice."""

    passphrase = PasswordField(
        "Passphrase",
        autocomplete="new-password",
        hint=f"At least {SHORTEST_PASSPHRASE} characters: four words that have nothing to do with each other. "
        "It is not kept here, and nobody can open the file without it.",
        missing="Enter a passphrase",
    )
    again = PasswordField(
        "The same passphrase again", autocomplete="new-password", missing="Enter the passphrase a second time"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, second = given.get("passphrase"), given.get("again")
        if first and len(first) < SHORTEST_PASSPHRASE:
            self.add_error("passphrase", f"The passphrase must have at least {SHORTEST_PASSPHRASE} characters")
        elif first and second and first != second:
            self.add_error("again", "The two passphrases differ. Enter the same one twice")
        return given
