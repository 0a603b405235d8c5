"""Forms about who is who."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from alongside.features.people.addresses import Reference
from alongside.features.people.identity import text
from alongside.features.people.identity.kinds import Kind
from alongside.features.people.models import FormerNumber, PossibleDuplicate
from alongside.features.people.operations.people import check_nhs_number
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.forms import OnceForm, RadiosField, TextareaField, TextField, TickField


class PairForm(OnceForm):
    """Are two records one person? Which is kept is said with the answer."""

    answer = RadiosField("Are they the same person?", choices=(), missing="Select whether they are the same person")
    because = TextareaField(
        "How do you know?", most=400, rows=3, missing="Say how you know", hint="Like: same mother, same school"
    )

    def __init__(self, *args: Any, pair: PossibleDuplicate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer: Any = self.fields["answer"]
        answer.choices = [
            ("first", f"Yes. Keep {pair.first.reference}"),
            ("second", f"Yes. Keep {pair.second.reference}"),
            (text.DIFFERENT, "No, they are two people"),
        ]
        answer.hints = {
            "first": f"{pair.second.reference} then leads to it. Nothing is lost, and it can be undone",
            "second": f"{pair.first.reference} then leads to it. Nothing is lost, and it can be undone",
            text.DIFFERENT: "They will not be put forward again",
        }


class ReasonForm(OnceForm):
    """Undoing something that was said about who somebody is."""

    because = TextareaField("Why?", most=300, rows=3, missing="Say why")


class OtherForm(OnceForm):
    """The reference of the other record."""

    other = TextField("Reference of the other record", hint="Like: KM-1234-5678. It stands on their page", width="20")

    def clean_other(self) -> str:
        return Reference().to_python(self.cleaned_data["other"].strip())


class NumberForm(OnceForm):
    """Another NHS number, and why the one before is not right."""

    nhs_number = TextField(
        "NHS number now",
        hint="10 digits, like 999 123 4567. Leave it empty if the right one is not known",
        width="10",
        inputmode="numeric",
        code=True,
        required=False,
    )
    why = RadiosField(
        "Why does the number change?",
        choices=FormerNumber.Why.choices,
        hints={
            "superseded": "Whoever looks for the old number still finds them",
            "mistaken": "The old number finds nobody here",
        },
        missing="Select why the number changes",
    )
    restricted = TickField("The national record is marked as restricted: hold this record closely too", required=False)

    def clean_nhs_number(self) -> str | None:
        try:
            return check_nhs_number(self.cleaned_data["nhs_number"])
        except NotNow as problem:
            raise forms.ValidationError(problem.sentence) from problem


class WrongForm(OnceForm):
    """What is wrong about something recorded. The questions of the right value stand beside it (see `wrong_form`)."""

    wrong = RadiosField("What is wrong?", choices=(), missing="Select what is wrong", reveals={"other": "other"})
    because = TextareaField("How did it come about?", most=300, rows=3, missing="Say how it came about")
    other = TextField(
        "Reference of the person it is about",
        hint="Like: KM-1234-5678. Leave it empty if you don't know, or ask the register team",
        width="20",
        required=False,
    )
    field_order = ("wrong", "other", "because")

    def clean_other(self) -> str:
        return Reference().to_python(self.cleaned_data["other"].strip())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("wrong") != "right":
            own = {*WrongForm.base_fields, NON_FIELD_ERRORS}
            for name in [name for name in self.errors if name not in own]:
                del self.errors[name]
        return given


def wrong_form(kind: Kind) -> type[OnceForm]:
    """The form for one kind of fact: what is wrong, and the right value where there can be one."""
    made: type[OnceForm] = type("WrongFormOfKind", (WrongForm, kind.form or OnceForm), {})
    choices = [
        ("nothing", "It should not stand here at all"),
        ("other", "It is about somebody else"),
    ]
    wrong: Any = made.base_fields["wrong"]
    wrong.choices = [("right", "Something else is right"), *choices] if kind.form else choices
    wrong.hints = {"other": "It is taken off this record. Who had opened the record is told to information governance"}
    return made


class LookedAtForm(OnceForm):
    """What information governance says of something that stood on the wrong record."""

    words = TextareaField(
        "What follows?",
        hint="Who was told, whether it was reported and to whom, or why not",
        most=1000,
        missing="Say what follows",
    )
