"""Questions about a move. What the other side is asked is short: a name, a number, a day, a colour and why."""

from datetime import date
from typing import Any

from alongside.features.moving import text
from alongside.features.moving.accepting import BEGINS_WITHIN
from alongside.features.moving.agreeing import ALL, NONE, SOME
from alongside.features.moving.models import AreaMove, MoveAcceptance
from alongside.features.people.agreement.forms import A_DATE, TOPICS, WhoForm
from alongside.features.register.models import Colour
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)

#: The new area's own rating. Blue follows an admission by itself.
COLOURS = [choice for choice in Colour.choices if choice[0] != Colour.BLUE] + [("blue", "Blue: in hospital now")]


class WhereForm(OnceForm):
    """Where to, when and why."""

    marks_optional = False
    to_icb = SelectField("Which area?", choices=(), required=False, hint=text.ONLY_THOSE)
    to_place = TextField("Which country, or which area?", most=120, required=False)
    moves_on = DateField("When do they move?", subject="The day", hint=f"Leave it empty when nobody knows. {A_DATE}",
                         required=False)  # fmt: skip
    because = TextareaField("Why do they move?", most=400, rows=3, missing="Say why they move",
                            hint="The new area reads this")  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["to_icb"]
        chosen.choices = [("", "Select"), *areas]

    def check_where(self, given: dict[str, Any], kind: str) -> None:
        if kind == AreaMove.Kind.AREA and not given.get("to_icb") and "to_icb" not in self.errors:
            self.add_error("to_icb", "Select the area that they move to")
        if kind == AreaMove.Kind.OUTSIDE and not given.get("to_place"):
            self.add_error("to_place", "Enter where they move to")


class BeginForm(WhereForm):
    """Somebody told of a move."""

    kind = RadiosField("Where do they go?", choices=list(text.KINDS.items()), hints=text.KIND_HINTS,
                       reveals={AreaMove.Kind.AREA: "to_icb", AreaMove.Kind.OUTSIDE: "to_place"},
                       missing="Select where they go")  # fmt: skip
    told_by = RadiosField("Who told of it?", choices=AreaMove.ToldBy.choices, missing="Select who told of it")
    told_on = DateField("When did we hear of it?", subject="The day we heard of it", hint=A_DATE, not_after_today=True)
    field_order = ("kind", "to_icb", "to_place", "moves_on", "told_by", "told_on", "because")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.check_where(given, given.get("kind", ""))
        return given


class ChangeForm(WhereForm):
    """Another place or day."""

    field_order = ("to_icb", "to_place", "moves_on", "because")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["to_icb"].help_text = text.ONLY_THOSE_IN_A_MOVE
        for name, wanted in (("to_icb", AreaMove.Kind.AREA), ("to_place", AreaMove.Kind.OUTSIDE)):
            if kind != wanted:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.check_where(given, self.kind)
        return given


class OfferForm(OnceForm):
    """Offering somebody to the area of the move, with the pack."""

    told = RadiosField(
        "Do they or their family know?",
        choices=(("yes", "Yes"), ("no", "Not yet")),
        missing="Select whether they know",
        reveals={"no": "why_not"},
    )
    why_not = TextField("Why not yet?", most=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("told") == "no" and not given.get("why_not"):
            self.add_error("why_not", "Say why they don't know yet")
        return given

    def told_words(self) -> str:
        given = self.cleaned_data
        return "They know." if given["told"] == "yes" else f"They don't know yet: {given['why_not']}"


class DirectOfferForm(OfferForm):
    """Offering somebody of whom no move is written down yet: that is written down with it."""

    to_icb = SelectField("Which area?", choices=(), missing="Select the area that they move to",
                         hint=text.ONLY_THOSE_AT_ONCE)  # fmt: skip
    because = TextareaField("Why do they move?", most=300, rows=3, missing="Say why they move")
    field_order = ("to_icb", "because", "told", "why_not")

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["to_icb"]
        chosen.choices = [("", "Select"), *areas]


class TellForm(WhoForm, OnceForm):
    """What the young person or family says about telling the new area."""

    answer = RadiosField(
        "May the new area be told?",
        choices=((ALL, "Yes"), (SOME, "Yes, but not about everything"), (NONE, "No")),
        hints={NONE: "The new area then reads name, date of birth and whom to ring"},
        reveals={SOME: "without"},
        missing="Select whether the new area may be told",
    )
    without = CheckboxesField("What should they not know about?", choices=TOPICS[1:], required=False, small=True)
    field_order = ("basis", "decided_by", "decided_on", "evidence", "answer", "without", "valid_until")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") == SOME and not given.get("without"):
            self.add_error("without", "Tick what they should not know about")
        return given


class NamedForm(OnceForm):
    """Who has them from now on."""

    named = TextField(
        "Who has them from then on?", subject="The name", most=120, missing="Name the person who has them from then on"
    )
    post = TextField("What is their job?", most=120, required=False)
    reach = TextField("How does the family reach them?", subject="How they are reached", most=160,
                      hint="A telephone number, or an e-mail address",
                      missing="Enter a telephone number or an e-mail address")  # fmt: skip
    team = TextField("Which team?", subject="The team", most=160, missing="Enter the team")
    starts_on = DateField("From which day?", subject="The first day", hint=A_DATE)

    def named_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("named", "post", "reach", "team", "starts_on")}


class ElsewhereForm(NamedForm):
    """Somebody out of reach of this service has said yes."""

    said_by = TextField("Who said yes?", subject="Who said yes", most=160, hint="Name, post and organisation",
                        missing="Enter who said yes")  # fmt: skip
    said_on = DateField("When?", subject="The day they said yes", hint=A_DATE, not_after_today=True)
    how = RadiosField("How?", choices=MoveAcceptance.How.choices[1:], missing="Select how they said it", inline=True)
    field_order = ("said_by", "said_on", "how", "named", "post", "reach", "team", "starts_on")


class RatingQuestions(NamedForm):
    """One's own rating of somebody who comes."""

    colour = RadiosField("How do you rate them?", choices=COLOURS, subject="Your rating",
                         hint="Your own word. What the other side rated stays as it was.",
                         missing="Select how you rate them")  # fmt: skip
    why = TextareaField("Why?", most=800, rows=3, missing="Say why you rate them so")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        starts: Any = self.fields["starts_on"]
        starts.earliest, starts.latest = today, today + BEGINS_WITHIN


class AdultForm(RatingQuestions):
    """The adult register says yes."""


class AnswerForm(RatingQuestions):
    """Accepting somebody from another area, or saying why not."""

    marks_optional = False
    answer = RadiosField(
        "Do you accept them?",
        choices=(("yes", "Yes: this area is responsible from now on"), ("no", "No")),
        reveals={"no": "because"},
        missing="Select whether you accept them",
    )
    because = TextField("Why not?", most=300, required=False, hint="The area that offers reads this")
    field_order = ("answer", "because", "named", "post", "reach", "team", "starts_on", "colour", "why")
    FOR_YES = ("named", "reach", "team", "starts_on", "colour", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("answer") == "no":
            for name in self.FOR_YES:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "no" and not given.get("because"):
            self.add_error("because", "Say why not: the area that offers has to know")
        return given


class ReasonForm(OnceForm):
    because = TextareaField("Why?", most=300, rows=3, missing="Say why")


class StepForm(OnceForm):
    """Something that was done about the move. The question is the page's own."""

    words = TextareaField("What was done?", most=600, rows=4, missing="Say what was done")

    def __init__(self, *args: Any, question: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label, self.fields["words"].help_text = question, hint
