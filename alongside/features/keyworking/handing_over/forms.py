"""What a hand-over asks."""

from typing import Any

from alongside.features.keyworking import text as team_text
from alongside.features.keyworking.models import HandOver, HandOverLine
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)

NOBODY = "nobody"


class BeginForm(OnceForm):
    """Why, and from which day others do it."""

    reason = RadiosField("Why?", choices=HandOver.Reason.choices, missing="Select why")
    from_date = DateField(
        "On which day do others take over?",
        subject="The day",
        hint="The first day away, or the day after the last working day. For example, 31 3 2026",
        not_before_today=True,
    )
    to_date = DateField(
        "Last day away", hint="Only for a time away. Leave it empty if nobody knows yet", required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("from_date"), given.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", "The last day away can't be before the first")
        return given


class TakerForm(OnceForm):
    """Who takes one person."""

    worker = SelectField("Who takes over?", choices=(), missing="Select who takes over")
    because = TextField("Why them?", hint="Needed if nobody follows", most=300, required=False)
    beside_until = DateField(
        "Until when does the one before stay beside them?",
        hint="Leave it empty if they stop on the day",
        required=False,
    )
    over_limit_because = TextField("Why beyond their limit?", hint=team_text.OVER_HINT, most=300, required=False)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], may_end: bool, asks_beside: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["worker"]
        nobody = [(NOBODY, "Nobody: it is not needed any more")] if may_end else []
        asked.choices = [("", "Select"), *workers, *nobody]
        if not asks_beside:
            del self.fields["beside_until"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("worker") == NOBODY and not given.get("because"):
            self.add_error("because", "Say why nobody has to follow")
        return given


class TellForm(OnceForm):
    """How a family came to know."""

    how = RadiosField("How is the family told?", choices=HandOverLine.Told.choices, missing="Select how")
    words = TextareaField(
        "Who told whom, and when? Or why were they not told?",
        hint="For in person, by phone, or not told",
        most=300,
        rows=3,
        required=False,
    )
    name = TextField("Whom is the letter for?", hint="Only for a letter", most=120, required=False)
    address = TextareaField("Where does it go?", hint="Only for a letter", most=300, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        how = given.get("how")
        if how in (HandOverLine.Told.SPOKEN, HandOverLine.Told.NOT_TOLD) and not given.get("words"):
            self.add_error("words", "Say who told whom and when, or why nobody was told")
        if how == HandOverLine.Told.LETTER:
            for name, sentence in (("name", "Say whom the letter is for"), ("address", "Say where the letter goes")):
                if not given.get(name):
                    self.add_error(name, sentence)
        return given


class RestForm(OnceForm):
    """Who takes the other work."""

    worker = SelectField("Who takes the other work?", choices=(), missing="Select who takes it")

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["worker"]
        asked.choices = [("", "Select"), *workers]


class AgreeForm(OnceForm):
    """Nothing but the mark that it is sent once: agree, do, propose, tell all, close an account."""


class CallOffForm(OnceForm):
    because = TextField("Why does it not happen?", subject="The reason", most=300)
