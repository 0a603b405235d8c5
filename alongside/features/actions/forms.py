"""The forms of actions: agreeing one, each step, and what an owner answers by a link."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.features.actions import text
from alongside.features.actions.models import Action, ActionStep
from alongside.foundation.nhsuk.forms import (
    DateField,
    EmailField,
    NumberField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic

A_DATE = "For example, 31 3 2026"
OTHER = "other"
UNKNOWN = "No organisation has this name. Write the beginning of its name; if it is right as it is, tick the box below"
_K = ActionStep.Kind


def find_organisation(typed: str) -> tuple[Organisation | None, str]:
    """(the open organisation that is meant, '') or (none, a sentence of what to write)."""
    named = Organisation.objects.filter(closed_on=None).exclude(kind=Organisation.Kind.REGION)
    exact = named.filter(name__iexact=typed).order_by("pk").first()
    if exact:
        return exact, ""
    like = list(named.filter(name__icontains=typed).order_by("name")[:6])
    if len(like) == 1:
        return like[0], ""
    if not like:
        return None, UNKNOWN
    names = "; ".join(one.name for one in like[:5])
    return None, f"Several have this in their name. Write one of them in full: {names}{' …' if len(like) > 5 else ''}"


def reach_problem(reach: str) -> str:
    """What is wrong with an e-mail address or phone number; '' for nothing."""
    if "@" in reach:
        try:
            EmailField("E-mail").clean(reach)
        except forms.ValidationError:
            return "Write the whole e-mail address, like name@example.com"
        return ""
    digits = [c for c in reach if c.isdigit()]
    return "" if 10 <= len(digits) <= 13 else "Write a whole phone number, like 07700 900123, or an e-mail address"


class OwnerForm(OnceForm):
    """Whose it is: somebody known here, or somebody else by name and organisation."""

    folds = {
        "Somebody else does it: who they are": ("name", "post", "around", "organisation", "as_typed", "reach"),
    }
    owner = SelectField("Who does it?", choices=(), missing="Select who does it, or that it is somebody else")
    name = TextField(
        "Somebody else: their name",
        hint="Needed for somebody else",
        most=120,
        required=False,
        marked=False,
    )
    post = TextField("Their role", hint="Like: SENCO", most=120, required=False)
    around = SelectField("Where do they work?", choices=(), required=False, marked=False)
    organisation = TextField(
        "Their organisation",
        hint="Its name, or the beginning of it. Needed for somebody else, if it is in no list above",
        most=200,
        required=False,
        marked=False,
    )
    as_typed = TickField("The name is right: write it down as I typed it", required=False)
    reach = TextField(
        "Their e-mail or mobile number",
        hint="They answer by a link and need no account. Leave it empty if you ask them yourself.",
        most=120,
        required=False,
    )

    def __init__(
        self, *args: Any, owners: Sequence[tuple[str, str]], places: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        near: Any = self.fields["around"]
        near.choices = [("", "Somewhere else: I write it below"), *places]
        if not places:
            del self.fields["around"]
        asked: Any = self.fields["owner"]
        asked.choices = [("", "Select"), *owners, (OTHER, "Somebody else: say below who they are")]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (reach := given.get("reach", "").strip()) and (problem := reach_problem(reach)):
            self.add_error("reach", problem)
        if given.get("owner") == OTHER:
            if not given.get("name", "").strip():
                self.add_error("name", "Write the name of whoever does it")
            given["found"] = None if given.get("around") else self._find(given)
        given.setdefault("around", "")
        return given

    def _find(self, given: dict[str, Any]) -> Organisation | None:
        typed = given.get("organisation", "").strip()
        found, problem = find_organisation(typed) if typed else (None, "Write their organisation")
        if problem and not (problem == UNKNOWN and given.get("as_typed")):
            self.add_error("organisation", problem)
        return found


class AgreeForm(OwnerForm):
    """What was agreed."""

    what = TextareaField(
        "What was agreed?",
        hint="Say what somebody does. The owner and the family read this: write no more than they need.",
        most=500,
        rows=3,
        missing="Write what was agreed",
    )
    how_known = TextField(
        "How will we know that it is done?",
        hint="Like: he has been to the new room twice",
        most=300,
        missing="Write how we will know that it is done",
    )
    topic = SelectField(
        "What is it about?",
        hint="Only who may know about this sees it.",
        choices=(),
        missing="Select what it is about",
    )
    due_on = DateField("By when?", subject="The day", hint=A_DATE, not_before_today=True)
    origin = RadiosField(
        "Where was it agreed?",
        choices=[(one.value, one.label) for one in text.ORIGIN_OF_FORM],
        initial=Action.Origin.CONTACT,
    )
    starts_on = DateField(
        "If it is support: when does it start?",
        subject="The first day",
        hint="The family is asked whether it has started. Leave it empty for anything else.",
        required=False,
    )
    field_order = [
        "what", "how_known", "topic", "due_on", "owner", "name", "post", "around", "organisation", "as_typed", "reach",
        "origin",
    ]  # fmt: skip

    def __init__(self, *args: Any, topics: Sequence[int], of_plan: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_plan:
            del self.fields["origin"]
        asked: Any = self.fields["topic"]
        asked.choices = [("", "Select"), *((str(topic), Topic(topic).label) for topic in topics)]


class StepForm(OnceForm):
    """A step, with the version of the action that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    because = TextareaField("Anything to add?", most=500, rows=3, required=False)


class ReasonForm(StepForm):
    because = TextareaField("Why?", most=500, rows=3, missing="Write why")


class DoneForm(StepForm):
    evidence = TextareaField(
        "How do we know?",
        hint="What you saw, who told you, or where it is written.",
        most=500,
        rows=3,
        missing="Write how we know that it is done",
    )
    because = None  # type: ignore[assignment]


class BlockedForm(StepForm):
    waits_for = RadiosField(
        "What does it wait for?", choices=Action.WaitsFor.choices, missing="Select what it waits for"
    )
    amount = NumberField("If money: how much, in whole pounds?", least=1, most=10_000_000, required=False)
    who_decides = TextField("Who decides?", hint="Needed for money", most=120, required=False, marked=False)
    because = TextareaField("Why is it blocked?", most=300, rows=3, missing="Write why it is blocked")
    field_order = ["waits_for", "amount", "who_decides", "because"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("amount") and given.get("waits_for") != Action.WaitsFor.MONEY:
            self.add_error("amount", "An amount belongs to 'Money'. Select money, or leave the amount empty")
        if given.get("waits_for") == Action.WaitsFor.MONEY and not given.get("who_decides", "").strip():
            self.add_error("who_decides", "Write who decides about the money")
        return given


class BetterForm(StepForm):
    because = TextareaField(
        "Who is better, and how are they reached?",
        most=500,
        rows=3,
        missing="Write who is better, and their organisation",
    )


class MovedForm(ReasonForm):
    due_on = DateField("The new day", hint=A_DATE, not_before_today=True)
    field_order = ["due_on", "because"]


class StartedForm(StepForm):
    on = DateField("Since when?", subject="The day", hint=A_DATE, not_after_today=True)
    field_order = ["on", "because"]


class HandForm(OwnerForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    because = TextareaField("Why somebody else?", most=500, rows=2, required=False)
    due_on = DateField("By when?", subject="The day", hint=A_DATE, not_before_today=True)


class CorrectForm(OnceForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = TextareaField("What was agreed?", most=500, rows=3, missing="Write what was agreed")
    how_known = TextField("How will we know that it is done?", most=300, required=False)


class WordingForm(OnceForm):
    topic = SelectField("What is it about?", choices=Topic.choices)
    what = TextareaField("The wording", most=500, rows=3, missing="Write the wording")
    how_known = TextField("How will we know that it is done?", most=300, required=False)


class EndForm(OnceForm):
    """One button."""


class LinkForm(OnceForm):
    """An owner's one answer by a link."""

    answer = RadiosField("Your answer", choices=(), missing="Select your answer")
    evidence = TextField("How do we know that it is done?", most=500, required=False, marked=False)
    better = TextField("Who is better, and how are they reached?", most=300, required=False, marked=False)
    waits_for = SelectField("What does it wait for?", choices=Action.WaitsFor.choices, required=False, marked=False)
    because = TextareaField(
        "Anything to add?",
        hint="Needed if you say no, or it is stuck: write why.",
        most=300,
        rows=3,
        required=False,
        marked=False,
    )

    def __init__(self, *args: Any, answers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["answer"]
        asked.choices = [(kind, text.BY_LINK[kind]) for kind in answers]
        shown = {_K.SAID_DONE: "evidence", _K.SOMEBODY: "better", _K.BLOCKED: "waits_for"}
        asked.reveals = {kind: name for kind, name in shown.items() if kind in answers}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        wanted = {
            _K.SAID_DONE: ("evidence", "Write how we know that it is done"),
            _K.SOMEBODY: ("better", "Write who is better"),
            _K.BLOCKED: ("waits_for", "Select what it waits for"),
        }
        name, sentence = wanted.get(given.get("answer", ""), ("", ""))
        if name and not given.get(name, "").strip():
            self.add_error(name, sentence)
        if given.get("answer") in (_K.REFUSED, _K.BLOCKED) and not given.get("because", "").strip():
            self.add_error("because", "Write why")
        return given


FORMS: dict[str, type[OnceForm]] = {
    _K.ACCEPTED: StepForm,
    _K.SAID_DONE: DoneForm,
    _K.CONFIRMED: StepForm,
    _K.NOT_YET: StepForm,
    _K.STARTED: StartedForm,
    _K.NOT_STARTED: StepForm,
    _K.BLOCKED: BlockedForm,
    _K.UNBLOCKED: StepForm,
    _K.REFUSED: ReasonForm,
    _K.SOMEBODY: BetterForm,
    _K.HANDED: HandForm,
    _K.CHASED: StepForm,
    _K.ASKED: StepForm,
    _K.MOVED: MovedForm,
    _K.DISPUTED: ReasonForm,
    _K.WENT_ON: StepForm,
    _K.GIVEN_UP: ReasonForm,
}
