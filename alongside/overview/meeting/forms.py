"""The forms of a meeting that need what other rooms know: whom to ask, one person's decision."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.features.actions.forms import AgreeForm
from alongside.features.register import text as register_text
from alongside.features.register.forms import RatingForm
from alongside.features.register.models import Colour
from alongside.foundation.nhsuk.forms import CheckboxesField, RadiosField, TextareaField
from alongside.policy.ratings import Tool

STAYS = ""


class DecisionForm(RatingForm):
    """What is decided about one person, typed once: the decision is also the reason of a new rating."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
    present = CheckboxesField(
        "Who is in the room for this person?", choices=[], required=False, small=True,
        hint="Whoever may not be told about them can’t be ticked.",
    )  # fmt: skip
    decided = TextareaField(
        "What is decided?",
        hint="Short and plain. It is kept in the minutes, and is the reason of the rating if there is a new one.",
        most=1000,
        rows=4,
        missing="Write what is decided, or 'No change'",
    )
    dissent = TextareaField("Who sees it differently, and why?", most=1000, rows=2, required=False)

    def __init__(
        self, *args: Any, attendees: Sequence[Any] = (), chosen_tool: Tool | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, chosen_tool=chosen_tool, **kwargs)
        del self.fields["because"]
        asked: Any = self.fields["present"]
        asked.choices = [(str(one.id), one.label) for one in attendees]
        self.fields["colour"] = RadiosField(
            "Risk of admission",
            subject="A rating",
            choices=[(STAYS, "The rating stays as it is"), *Colour.choices],
            hints=register_text.DEFINITIONS,
            required=False,
            initial=STAYS,
        )

    @property
    def opens_more(self) -> bool:
        """Whether what is folded away was filled in, or something in it is wrong."""
        given = any(self.data.get(f"review_on-{part}") for part in ("day", "month", "year"))
        return self.is_bound and (given or bool({"reasons", "review_on"}.intersection(self.errors)))

    @property
    def rates(self) -> bool:
        return bool(self.cleaned_data.get("colour"))


class MeetingActionForm(AgreeForm):
    """An action agreed in the meeting, on the same page as the decision."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, of_plan=True, prefix="action", **kwargs)
        # The page has one mark for both forms.
        del self.fields["submission"]

    @property
    def is_typed(self) -> bool:
        """Whether somebody began to write an action."""
        return bool(self.is_bound and str(self.data.get("action-what", "")).strip())
