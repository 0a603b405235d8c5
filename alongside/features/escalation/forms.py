"""The forms of escalations, refusals and officers, and what an officer answers by a link."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.features.actions.forms import A_DATE, UNKNOWN, find_organisation, reach_problem
from alongside.features.escalation import text
from alongside.features.escalation.models import Agency, Escalation, EscalationStep, Refusal
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.topics import Topic
from alongside.policy.escalating import LEVELS

_K = EscalationStep.Kind
RAISE, HOLD = "raise", "hold"
NOT_TOLD = "The family may not know of this: telling them would not be safe"


class RaiseForm(OnceForm):
    """Something stuck that goes up, or the reason why it doesn't."""

    choice = RadiosField(
        "Does it go up?",
        choices=[(RAISE, "Yes, escalate it"), (HOLD, "No, not now")],
        initial=RAISE,
        missing="Select whether it goes up",
    )
    what = TextareaField(
        "What is stuck?",
        hint="One sentence. The family reads it, and so does whoever decides.",
        most=300,
        rows=2,
        missing="Write what is stuck",
    )
    effect = TextareaField(
        "What does it mean for them?",
        hint="Whoever decides reads this, their initials and age, and nothing of their record.",
        most=500,
        rows=3,
        required=False,
        marked=False,
    )
    asks = TextField("What should be decided?", most=300, required=False, marked=False)
    topic = SelectField(
        "What is it about?", hint="Only who may know about this sees it.", choices=(), missing="Select what it is about"
    )
    agency = RadiosField(
        "Whose is it to decide?", choices=Agency.choices, missing="Select health, education or social care"
    )
    reason = SelectField("Why does it go up?", choices=Escalation.Reason.choices)
    level = SelectField("To whom?", choices=[(str(level), f"{level}: {LEVELS[level]}") for level in range(1, 6)])
    untold = TickField(NOT_TOLD, required=False)
    because = TextareaField("Anything to add for the team?", most=1000, rows=2, required=False)
    why_not = TextareaField("Why not now?", most=1000, rows=2, required=False, marked=False)
    until = DateField(
        "If it doesn’t go up: when is it looked at again?",
        subject="The day",
        hint=A_DATE,
        required=False,
        not_before_today=True,
    )

    def __init__(self, *args: Any, topics: Sequence[int], may_hold: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["topic"]
        asked.choices = [("", "Select"), *((str(topic), Topic(topic).label) for topic in topics)]
        begins: Any = self.fields["level"]
        begins.choices = [one for one in begins.choices if not one[0] or int(one[0]) >= self.initial.get("least", 1)]
        begins.help_text = self.initial.get("why_level", "")
        if not may_hold:
            for name in ("choice", "why_not", "until"):
                del self.fields[name]
        else:
            chosen: Any = self.fields["choice"]
            chosen.reveals = {HOLD: "why_not"}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("choice", RAISE) == HOLD:
            if not given.get("why_not", "").strip():
                self.add_error("why_not", "Write why it doesn't go up now")
            if not given.get("until") and "until" not in self.errors:
                self.add_error("until", "Enter the day on which it is looked at again")
            return given
        for name, missing in (("effect", "Write what it means for them"), ("asks", "Write what should be decided")):
            if not given.get(name, "").strip():
                self.add_error(name, missing)
        return given


class StepForm(OnceForm):
    """A step, with the version of the escalation that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    because = TextareaField("Anything to add?", most=1000, rows=3, required=False)


def _reasoned(label: str, kind: str) -> type[StepForm]:
    field = TextareaField(label, most=1000, rows=3, missing=text.NEEDS_REASON[EscalationStep.Kind(kind)].rstrip("."))
    return type(f"{kind.title().replace('_', '')}Form", (StepForm,), {"because": field, "__module__": __name__})


class PauseForm(StepForm):
    until = DateField(
        "The last day on which the clock stands still", subject="The day", hint=A_DATE, not_before_today=True
    )
    because = TextareaField("Why?", most=1000, rows=3, missing="Write why the clock is stopped")
    field_order = ["until", "because"]


class TellForm(StepForm):
    because = TextareaField(
        "Whom did you tell, when and how?", most=1000, rows=3, missing="Write whom you told, and how"
    )


class DecideForm(StepForm):
    outcome = RadiosField("What is decided?", choices=Escalation.Outcome.choices, missing="Select what is decided")
    plain = TextareaField(
        "What does the family read?",
        hint="Plain words: what happens now, by when, and who does it.",
        most=1000,
        rows=4,
        missing="Write what the family reads",
    )
    because = TextareaField(
        "Why?",
        hint="For staff. The family does not read this.",
        most=1000,
        rows=3,
        missing="Write why it was decided so",
    )
    new_day = DateField("By when is it done?", subject="The day", hint=A_DATE, required=False, not_before_today=True)
    theme = TextField("What should be learned from it?", most=120, required=False)
    field_order = ["outcome", "plain", "because", "new_day", "theme"]


FORMS: dict[str, type[StepForm]] = {
    _K.DECIDED: DecideForm,
    _K.RETURNED: _reasoned("What do you need to know?", _K.RETURNED),
    _K.ANSWERED: _reasoned("The answer", _K.ANSWERED),
    _K.ACKNOWLEDGED: StepForm,
    _K.TOLD: TellForm,
    _K.LINKED: StepForm,
    _K.PASSED_UP: _reasoned("Why can't this level decide?", _K.PASSED_UP),
    _K.PAUSED: PauseForm,
    _K.RESUMED: StepForm,
    _K.WITHDRAWN: _reasoned("Why is it taken back?", _K.WITHDRAWN),
}

DECIDE, ASK, HAVE_IT, PASS_UP = _K.DECIDED, _K.RETURNED, _K.ACKNOWLEDGED, _K.PASSED_UP


class LinkForm(OnceForm):
    """An officer's one answer by a link."""

    answer = RadiosField("Your answer", choices=(), missing="Select your answer")
    outcome = SelectField("What is decided?", choices=Escalation.Outcome.choices, required=False, marked=False)
    plain = TextareaField(
        "If you decide: what does the family read?",
        hint="Plain words: what happens now, by when, and who does it.",
        most=1000,
        rows=4,
        required=False,
        marked=False,
    )
    because = TextareaField(
        "Why? Or your question", hint="For staff. Needed unless you only say that you have it.", most=1000, rows=3,
        required=False, marked=False,
    )  # fmt: skip

    def __init__(self, *args: Any, answers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["answer"]
        asked.choices = [(kind, text.BY_LINK[kind]) for kind in answers]
        if DECIDE in answers:
            asked.reveals = {DECIDE: "outcome"}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        kind = given.get("answer", "")
        if kind == DECIDE and not given.get("plain", "").strip():
            self.add_error("plain", "Write what the family reads")
        if kind == DECIDE and not given.get("outcome"):
            self.add_error("outcome", "Select what is decided")
        if kind in text.NEEDS_REASON and not given.get("because", "").strip():
            self.add_error("because", text.NEEDS_REASON[EscalationStep.Kind(kind)].rstrip("."))
        return given


class RefusalForm(OnceForm):
    """An agency's no."""

    asked_for = TextareaField(
        "What was asked for?", hint="The family reads this.", most=300, rows=2, missing="Write what was asked for"
    )
    agency = RadiosField("Who said no?", choices=Agency.choices, missing="Select health, education or social care")
    organisation = TextField(
        "Which organisation?", hint="Its name, or the beginning of it", most=200, missing="Write their organisation"
    )
    as_typed = TickField("The name is right: write it down as I typed it", required=False)
    who = TextField("Who there?", hint="Name and role, if you know", most=160, required=False)
    said_on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    criterion = TextareaField(
        "Which reason or criterion did they give?",
        hint="In their own words. If they gave none, write that.",
        most=300,
        rows=2,
        missing="Write the reason they gave, or that they gave none",
    )
    seen = RadiosField(
        "Had they seen the young person before they said no?",
        choices=Refusal.Seen.choices,
        missing="Select whether they had seen them",
    )
    alternative = TextField("What did they offer instead?", hint="Leave it empty for nothing", most=300, required=False)
    topic = SelectField(
        "What is it about?", hint="Only who may know about this sees it.", choices=(), missing="Select what it is about"
    )
    then_what = TextField("What do we do next?", most=300, missing="Write the next step")
    then_on = DateField("By when?", subject="The day", hint=A_DATE, not_before_today=True)
    untold = TickField(NOT_TOLD, required=False)

    def __init__(self, *args: Any, topics: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["topic"]
        asked.choices = [("", "Select"), *((str(topic), Topic(topic).label) for topic in topics)]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if typed := given.get("organisation", "").strip():
            given["found"], problem = _organisation(typed, bool(given.get("as_typed")))
            if problem:
                self.add_error("organisation", problem)
        return given


def _organisation(typed: str, as_typed: bool) -> tuple[Organisation | None, str]:
    found, problem = find_organisation(typed)
    return found, "" if problem == UNKNOWN and as_typed else problem


class SettleForm(OnceForm):
    """What became of a no; or the next step by another day."""

    settled = RadiosField(
        "What became of it?",
        choices=[("", "It goes on: another step"), *Refusal.Settled.choices],
        required=False,
        marked=False,
    )
    words = TextareaField("What happened?", most=500, rows=3, missing="Write what happened")
    then_what = TextField("If it goes on: what do we do next?", most=300, required=False, marked=False)
    then_on = DateField("By when?", subject="The day", hint=A_DATE, required=False, not_before_today=True)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("settled"):
            if not given.get("then_what", "").strip():
                self.add_error("then_what", "Write the next step, or select what became of it")
            if not given.get("then_on") and "then_on" not in self.errors:
                self.add_error("then_on", "Enter the day by which the next step is taken")
        return given


OTHER = "other"


class OfficerForm(OnceForm):
    """Who decides, for an agency at a level."""

    agency = RadiosField("For which agency?", choices=Agency.choices, missing="Select health, education or social care")
    level = SelectField("At which level?", choices=[(str(n), f"{n}: {LEVELS[n]}") for n in (2, 3, 4)], initial="3")
    part = RadiosField(
        "As what?",
        choices=[("officer", "The officer"), ("deputy", "A deputy, asked when the officer is away")],
        missing="Select officer or deputy",
    )
    who = SelectField("Who?", choices=(), missing="Select who it is, or 'Somebody without an account'")
    name = TextField("Without an account: their name", most=120, required=False, marked=False)
    post = TextField("Their role", hint="Like: Director of children's services", most=120, required=False)
    place = TextField("Their organisation", most=200, required=False)
    reach = TextField(
        "Their e-mail or mobile number",
        hint="They answer by a link. Leave it empty if they have none: somebody of us rings them.",
        most=120,
        required=False,
    )
    phone = TextField("A number to ring", most=40, required=False)
    from_date = DateField("From when?", subject="The first day", hint=A_DATE)

    def __init__(self, *args: Any, actors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["who"]
        asked.choices = [("", "Select"), *actors, (OTHER, "Somebody without an account here")]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (reach := given.get("reach", "").strip()) and (problem := reach_problem(reach)):
            self.add_error("reach", problem)
        if given.get("who") == OTHER:
            if not given.get("name", "").strip():
                self.add_error("name", "Write their name")
            if not given.get("place", "").strip():
                self.add_error("place", "Write their organisation")
            if not (given.get("reach", "").strip() or given.get("phone", "").strip()):
                self.add_error("phone", "Write how they are reached: a link's address or a number to ring")
        return given


class AwayForm(OnceForm):
    first = DateField("First day away", subject="The first day", hint=A_DATE)
    last = DateField("Last day away", subject="The last day", hint="Leave it empty if nobody knows", required=False)


class BackForm(OnceForm):
    last = DateField(
        "Their last day away", subject="The last day", hint="They are asked again from the day after. " + A_DATE
    )


class LastDayForm(OnceForm):
    last = DateField("Their last day", subject="The last day", hint=A_DATE)
