"""What is asked about stepping down, an ending, and turning 18."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from alongside.features.keyworking.models import Ending, ExitAnswer
from alongside.features.keyworking.stepping_down import text
from alongside.features.keyworking.stepping_down.queries import Criterion
from alongside.features.people.models import Consent
from alongside.foundation.accounts.invitations import plain_phone
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NumberField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
)
from alongside.policy.stepping_down import AT_RISK, JUDGED, Step, problem_of

A_DATE = "For example, 31 3 2026"
YES_NO = [("yes", "Yes"), ("no", "No")]
STEPS = (1, 2, 3)


class LeadForm(OnceForm):
    """A person and an organisation, and how they are reached."""

    lead_name = TextField("Who is it?", hint="A person, by name", subject="The name of the person", most=120)
    lead_post = TextField("What is their post?", most=120, required=False)
    lead_organisation = TextField("Which organisation?", subject="The organisation", most=200)
    lead_reach = TextField(
        "How does the family reach them?", hint="A phone number or an e-mail", most=120, required=False
    )


class StepDownForm(OnceForm):
    """From when, how often, until when, and who stays afterwards."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    every_1 = SelectField("How often is there contact at first?", choices=text.EVERY, missing="Select how often")
    from_1 = DateField("From which day?", subject="The first day", hint=A_DATE)
    every_2 = SelectField("How often after that?", choices=text.EVERY, empty="No second step", required=False)
    from_2 = DateField(
        "From which day does the second step hold?", subject="The day of the second step", hint=A_DATE, required=False
    )
    every_3 = SelectField("And how often in the end?", choices=text.EVERY, empty="No third step", required=False)
    from_3 = DateField(
        "From which day does the third step hold?", subject="The day of the third step", hint=A_DATE, required=False
    )
    ends_on = DateField("When is keyworking planned to end?", subject="The last day", hint=A_DATE)
    family_says = TextareaField(
        "What do the young person and family say?", most=500, rows=3, required=False, hint="The family can read this."
    )
    lead_name = TextField(
        "Who stays with them afterwards?",
        hint="A person, by name. It can wait until the end, and not longer.",
        most=120,
        required=False,
    )
    lead_post = TextField("What is their post?", most=120, required=False)
    lead_organisation = TextField("Which organisation?", most=200, required=False)
    lead_reach = TextField("How does the family reach them?", most=120, required=False)

    @property
    def steps(self) -> list[Step]:
        given = self.cleaned_data
        return [
            Step(given[f"from_{n}"], int(given[f"every_{n}"]))
            for n in STEPS
            if given.get(f"every_{n}") and given.get(f"from_{n}")
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for n in STEPS[1:]:
            how, since = given.get(f"every_{n}"), given.get(f"from_{n}")
            if how and not since and f"from_{n}" not in self.errors:
                self.add_error(f"from_{n}", "Enter the day from which this holds")
            if since and not how and f"every_{n}" not in self.errors:
                self.add_error(f"every_{n}", "Select how often, or leave the day empty")
        if not self.errors and (problem := problem_of(self.steps, given["from_1"], given["ends_on"])):
            self.add_error("ends_on", problem.rstrip("."))
        return given


class StopForm(OnceForm):
    because = TextField("Why does it go on as before?", subject="The reason", most=300)


class CriteriaForm(OnceForm):
    """Each criterion: met or not, and how that is known. What is left open stays open."""

    def __init__(self, *args: Any, criteria: list[Criterion], known: Mapping[str, str], **kwargs: Any) -> None:
        """known: what the record says of a criterion by itself, by its code."""
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for number, one in enumerate(criteria, start=1):
            self.fields[f"met_{one.code}"] = RadiosField(
                f"{number}. {one.words}",
                hint=known.get(one.code, ""),
                choices=YES_NO,
                required=False,
                inline=True,
                small=True,
            )
            self.fields[f"evidence_{one.code}"] = TextField(
                f"How do you know? (question {number})", most=500, required=False, subject=f"The answer to {number}"
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number, one in enumerate(self.criteria, start=1):
            met, evidence = given.get(f"met_{one.code}"), given.get(f"evidence_{one.code}")
            if met and not evidence:
                self.add_error(f"evidence_{one.code}", f"Write how you know what you said to question {number}")
            if evidence and not met:
                self.add_error(f"met_{one.code}", f"Select yes or no for question {number}")
        return given

    @property
    def marks(self) -> list[tuple[str, bool, str]]:
        given = self.cleaned_data
        return [
            (one.code, given[f"met_{one.code}"] == "yes", given[f"evidence_{one.code}"])
            for one in self.criteria
            if given.get(f"met_{one.code}")
        ]


class EndForm(LeadForm):
    """Why it ends, who stays, how it was told, and whether they may be asked once more."""

    ended_on = DateField("From which day is there no keyworker?", subject="The day", hint=A_DATE, not_after_today=True)
    reason = RadiosField(
        "Why does keyworking end?",
        choices=Ending.Reason.choices,
        hints={Ending.Reason.ADULT: "Who stays, below, is their lead in adult services, unless one is named already"},
        missing="Select why it ends",
    )
    despite = TextareaField(
        "Why does keyworking end all the same?",
        subject="Why it ends all the same",
        most=500,
        rows=3,
        required=False,
        marked=False,
    )
    lead_name = TextField(
        "Who stays with them?", hint="A person, by name", subject="The name of the person who stays", most=120
    )
    who_stays = TextareaField("Who else stays?", hint="One on each line", most=1000, rows=3, required=False)
    warning_signs = TextareaField(
        "What are the warning signs?", hint="One on each line, in their words", most=1000, rows=3, required=False
    )
    come_back = TextareaField(
        "How do they come back?",
        hint="The area’s number and the page to come back stand in the letter anyway.",
        most=500,
        rows=2,
        required=False,
    )
    told = RadiosField(
        "How was it explained to the family?", choices=Ending.Told.choices, missing="Select how it was explained"
    )
    told_words = TextField("Who was told, or why was nobody told?", subject="Who was told, or why not", most=300)
    peer = RadiosField(
        "A peer mentor",
        choices=Ending.Peer.choices,
        reveals={Ending.Peer.MATCHED: "peer_name"},
        missing="Select what was said about a peer mentor",
    )
    peer_name = TextField("Who is the peer mentor?", hint="Name and organisation", most=120, required=False)
    ask = RadiosField(
        "May we send one question after 3 and 6 months?",
        hint="‘We are fine’ or ‘We would like to talk’. Nothing else follows from it.",
        choices=[("given", "Yes"), ("refused", "No"), ("not_asked", "They were not asked")],
        reveals={"given": "ask_reach"},
        missing="Select whether they may be asked",
    )
    ask_reach = TextField("Where to?", hint="A mobile number or an e-mail address", most=120, required=False)
    ask_by = TextField("If yes, who said so?", hint="For example, Kai himself", most=120, required=False)
    ask_basis = SelectField(
        "If yes, who decides this?",
        choices=[choice for choice in Consent.Basis.choices if choice[0] != Consent.Basis.NOT_STATED],
        required=False,
    )

    order = (
        "ended_on", "reason", "despite", "lead_name", "lead_post", "lead_organisation", "lead_reach", "who_stays",
        "warning_signs", "come_back", "told", "told_words", "peer", "peer_name", "ask", "ask_reach", "ask_by",
        "ask_basis",
    )  # fmt: skip

    def __init__(self, *args: Any, ended_on: date | None = None, colour: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.order)
        if colour in AT_RISK:
            self.fields["despite"].label = f"They are rated {colour}. Why does keyworking end all the same?"
        else:
            del self.fields["despite"]
        self.known_end = ended_on
        if ended_on is not None:
            del self.fields["ended_on"]
        if self.data.get("reason") == Ending.Reason.DIED:
            self.fields["lead_name"].required = self.fields["lead_organisation"].required = False

    def clean_ask_reach(self) -> str:
        return check_reach(self.cleaned_data["ask_reach"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.known_end is not None:
            given["ended_on"] = self.known_end
        if "despite" in self.fields and given.get("reason") in JUDGED and not given.get("despite"):
            self.add_error("despite", "Write why keyworking ends all the same, or look at the rating first")
        if given.get("peer") == Ending.Peer.MATCHED and not given.get("peer_name"):
            self.add_error("peer_name", "Write the peer mentor’s name")
        if given.get("ask") == "given":
            for name, sentence in (
                ("ask_reach", "Enter where the question goes"),
                ("ask_by", "Enter who said yes"),
                ("ask_basis", "Select who decides for them"),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return given


def check_reach(typed: str) -> str:
    """A mobile number or e-mail address, or nothing. ValidationError, with a sentence, for what no message reaches."""
    if not typed or plain_phone(typed):
        return typed
    try:
        validate_email(typed)
    except ValidationError as wrong:
        raise ValidationError("Enter a mobile number, like 07700 900123, or an e-mail address") from wrong
    return typed


class ExitAnswerForm(OnceForm):
    """How it was and how much hope there is, written down by staff in somebody's voice."""

    voice = RadiosField("Who says it?", choices=ExitAnswer.Voice.choices, missing="Select who says it")
    name = TextField("What is their name?", hint="So that two parents stand apart", most=120, required=False)
    experience = NumberField("How was it to have a worker? 0 is bad, 10 is very good", least=0, most=10, required=False)
    hope = NumberField("How much hope is there now? 0 is none, 10 is a lot", least=0, most=10, required=False)
    said = TextareaField("In their words", most=1000, rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and all(given.get(name) in (None, "") for name in ("experience", "hope", "said")):
            self.add_error("experience", text.NOTHING_SAID.rstrip("."))
        return given


class AskForm(OnceForm):
    """Where the question goes: as it was written down, or put right."""

    ask_reach = TextField(
        "Where does the question go?", hint="A mobile number or an e-mail address", most=120,
        missing="Enter where the question goes",
    )  # fmt: skip

    def clean_ask_reach(self) -> str:
        return check_reach(self.cleaned_data["ask_reach"])


class MeetingForm(OnceForm):
    """A meeting of children's and adult services."""

    held_on = DateField("When was it?", subject="The day", hint=A_DATE, not_after_today=True)
    who_came = TextField("Who came, and from where?", subject="Who came", most=300)
    young_person_came = RadiosField(
        "Was the young person there?", choices=YES_NO, missing="Select whether they were there", inline=True
    )
    agreed = TextareaField("What was agreed?", most=1000, rows=3, required=False)


class CriterionForm(OnceForm):
    """An area's own word on a criterion."""

    words = TextField("What is it called here?", subject="What it is called", most=200)
    leave_out = CheckboxesField("Or", choices=[("yes", "This area leaves it out")], required=False)
