"""The forms of the register. They keep what was typed and answer in sentences."""

from typing import Any

from django import forms

from alongside.features.people.forms import AddForm
from alongside.features.register import text
from alongside.features.register.models import Colour, EntryAnswers, Listing
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    Form,
    NumberField,
    OnceForm,
    RadiosField,
    TextareaField,
    TextField,
    TickField,
)
from alongside.policy.ratings import Tool

THEN_ASKED = "Then answer four questions that may open keyworking without a red or amber rating"
YES_NO = (("yes", "Yes"), ("no", "No"), ("", "Not known"))


class SaveViewForm(Form):
    """A name for the filters of the list."""

    name = TextField("Name of this view", most=80, missing="Enter a name for this view")
    shared = TickField("Share it with everybody in the area", required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    area = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)


class ToolForm(OnceForm):
    """A form in which the questions of a tool come first, if one was chosen."""

    chosen_tool: Tool | None = None

    def ask(self, tool: Tool) -> None:
        self.chosen_tool = tool
        asked = {f"item_{item.key}": _question(item) for item in tool.items}
        self.fields = asked | self.fields

    @property
    def item_names(self) -> list[str]:
        """The questions of the tool, to draw before the decision."""
        return [f"item_{item.key}" for item in self.chosen_tool.items] if self.chosen_tool else []

    def answers(self) -> dict[str, Any]:
        """What was answered to the tool, as `policy.ratings.suggest` reads it. Not answered is not 'no'."""
        found: dict[str, Any] = {}
        for item in self.chosen_tool.items if self.chosen_tool else ():
            given = self.cleaned_data.get(f"item_{item.key}")
            if item.kind == "yes_no":
                given = {"yes": True, "no": False}.get(given or "")
            if given not in (None, ""):
                found[item.key] = given
        return found


class RatingForm(ToolForm):
    """A named person decides a colour. The questions of a tool, if one was chosen, come first."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    proposal = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)
    tool = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    again = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    colour = RadiosField(
        "What is the risk of admission now?",
        subject="A rating",
        choices=Colour.choices,
        hints=text.DEFINITIONS,
        missing="Select a rating",
    )
    reasons = CheckboxesField(
        "Why? Tick all that count", choices=list(text.REASONS.items()), required=False, small=True
    )
    because = TextareaField(
        "What decided it?",
        hint="A sentence or two that the family could read",
        most=1000,
        rows=4,
        missing="Say what decided the rating",
    )
    override_because = TextareaField(
        "Why does your decision differ from the tool?",
        hint="Only if it does",
        most=500,
        rows=3,
        required=False,
    )
    review_on = DateField(
        "When will you look again?",
        subject="The day you look again",
        hint="Red needs a day. For any other colour leave it empty and the rules say when. For example, 31 3 2026",
        not_before_today=True,
        required=False,
    )

    def __init__(self, *args: Any, chosen_tool: Tool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if chosen_tool is None:
            del self.fields["override_because"]
        else:
            self.ask(chosen_tool)


def _question(item: Any) -> Any:
    if item.kind == "choice":
        return RadiosField(item.question, choices=item.options, required=False)
    if item.kind == "hours":
        return NumberField(item.question, least=0, most=10_000, suffix="hours", required=False)
    return RadiosField(item.question, choices=YES_NO, required=False, inline=True)


class EntryQuestionsForm(ToolForm):
    """The questions of a tool that opens keyworking, and what a named person decides."""

    newest = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)
    opens = RadiosField(
        "Do they come into keyworking by these questions?",
        subject="Yes or no",
        choices=(("yes", "Yes"), ("no", "No")),
        missing="Select whether they come into keyworking",
    )
    because = TextareaField(
        "Why does your decision differ from the answers?", hint="Only if it does", most=500, rows=3, required=False
    )

    def __init__(self, *args: Any, tool: Tool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(tool)

    @staticmethod
    def begun(newest: EntryAnswers | None) -> dict[str, Any]:
        """What was answered last time stands until it is changed; the decision is made anew."""
        if newest is None:
            return {}
        said = {True: "yes", False: "no"}
        return {"newest": newest.pk} | {f"item_{key}": said.get(value, "") for key, value in newest.answers.items()}


class DeclineForm(OnceForm):
    """Why a proposed rating is not taken up."""

    proposal = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    declined_because = TextareaField(
        "Why is the proposed rating not right?", most=1000, rows=3, missing="Say why the proposed rating is not right"
    )


class PlanReviewForm(OnceForm):
    """The day on which somebody looks at an entry again."""

    on = DateField(
        "When will you look again?",
        subject="The day you look again",
        hint="For example, 31 3 2026",
        not_before_today=True,
    )


class EntryForm(OnceForm):
    """Putting somebody on the register."""

    listing = RadiosField("Which register?", choices=Listing.choices, missing="Select a register")
    entered_on = DateField("Day of entry", hint="For example, 31 3 2026", not_after_today=True)
    reason = TextareaField("Why now?", most=500, rows=3, missing="Say why they come on the register")
    provisional = TickField("Provisional: it still has to be confirmed", required=False)
    then_asked = TickField(THEN_ASKED, required=False)


class AddToRegisterForm(AddForm):
    """Somebody new on the register."""

    then_asked = TickField(THEN_ASKED, required=False)


class RemovalForm(OnceForm):
    """Taking somebody off the register."""

    removed_on = DateField("Last day on the register", hint="For example, 31 3 2026", not_after_today=True)
    because = RadiosField(
        "Why?",
        subject="A reason",
        choices=list(text.REMOVALS.items()),
        hints=text.REMOVAL_HINTS,
        missing="Select a reason",
    )
    detail = TextareaField("What was agreed, and who stays in touch?", most=300, rows=3, required=False)
