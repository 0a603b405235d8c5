"""The register team's forms about a referral. They keep what was typed and answer in sentences."""

from datetime import datetime, time
from typing import Any

from django import forms

from alongside.features.people.forms import WhoForm
from alongside.features.people.models import Consent
from alongside.features.referrals.models import AnswerBy, DeclineReason
from alongside.features.referrals.text import DECLINE_HINTS
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import (
    DateField,
    Form,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)

A_DATE = "For example, 31 3 2026"


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class SeenForm(OnceForm):
    """One button: nothing to fill in."""

    version = _version()


class AskForm(OnceForm):
    version = _version()
    words = TextareaField(
        "What do you need to know, or to see?",
        hint="Whoever asked reads this word for word",
        most=2000,
        missing="Write what you need to know",
    )
    of_whom = TextField(
        "From whom?",
        hint="Like: the family, the school, the GP. Whoever asked reads this too",
        most=200,
        missing="Say from whom you need it",
    )


class ConsultForm(OnceForm):
    version = _version()
    words = TextareaField(
        "Whom did you talk with, and what came of it?",
        hint="Only the register team reads this",
        most=2000,
        missing="Write whom you talked with, and what came of it",
    )


class NoteForm(OnceForm):
    version = _version()
    words = TextareaField("Note", hint="Only the register team reads this", most=2000, missing="Write the note")


class DeclineForm(OnceForm):
    version = _version()
    reason = RadiosField(
        "Why can't they join?",
        subject="A reason",
        choices=DeclineReason.choices,
        hints=DECLINE_HINTS,
        missing="Select a reason",
    )
    words = TextareaField(
        "Say why, in words for the family",
        hint="It stands in the letter in plain words. Easy read gives the reason you selected, in short words",
        most=1000,
        missing="Write why, in words that the family will read",
    )
    alternative = TextareaField(
        "Who can help them now?",
        hint="It stands in the letter: names of services and how to reach them, one a line",
        most=1000,
        missing="Write who can help them now",
    )
    look_again_on = DateField(
        "When does somebody look again?",
        hint="It comes back as work on that day. Leave it empty only for another area or a second referral",
        not_before_today=True,
        required=False,
    )


class CallForm(OnceForm):
    version = _version()
    called = RadiosField(
        "Did you reach them by phone or in person?",
        subject="Whether you reached them",
        choices=(("yes", "Yes"), ("no", "No")),
        reveals={"yes": "called_on"},
        missing="Select whether you reached them",
    )
    called_on = DateField("On which day?", subject="The day", not_after_today=True, required=False)
    words = TextareaField(
        "What was said, or why was there no call?",
        hint="Like: it is not safe to call. Only the register team reads this",
        most=500,
        rows=3,
        missing="Write what was said, or why there was no call",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("called") == "yes" and not given.get("called_on") and "called_on" not in self.errors:
            self.add_error("called_on", "Enter the day on which you called")
        return given

    def called_at(self, now: datetime, decided_at: datetime | None) -> datetime | None:
        """The moment of a call of which the day is known: midday, never before the decision that day nor after now."""
        if self.cleaned_data["called"] != "yes":
            return None
        midday = datetime.combine(self.cleaned_data["called_on"], time(12), LONDON)
        if decided_at and decided_at.astimezone(LONDON).date() == midday.date():
            midday = max(midday, decided_at)
        return min(midday, now)


class LookAgainForm(OnceForm):
    version = _version()
    words = TextareaField("What did you find?", hint="Only the register team reads this", most=2000, missing="Write it")
    again_on = DateField(
        "When does somebody look again?",
        hint="Leave it empty when nothing is left to look at. " + A_DATE,
        not_before_today=True,
        required=False,
    )


class ReopenForm(OnceForm):
    version = _version()
    words = TextareaField("Why is it opened again?", most=2000, missing="Write why it is opened again")


class AcceptAgainForm(OnceForm):
    """Somebody who is on the register already: nothing is asked, for nothing of theirs changes by it."""

    version = _version()
    person = forms.CharField(widget=forms.HiddenInput, required=False, max_length=14)


class AcceptForm(WhoForm):
    """Who they are as the referral says, to be put right; agreement as it was said, to be confirmed."""

    version = _version()
    person = forms.CharField(widget=forms.HiddenInput, required=False, max_length=14)
    listing = RadiosField(
        "Which register?", choices=(("child", "Children and young people"), ("adult", "Adults")), initial="child"
    )
    reason = TextareaField("Why do they come on the register?", most=500, rows=3, missing="Say why they come on it")
    answer = RadiosField(
        "Have they agreed to be on the register?",
        subject="Whether they agreed",
        choices=(("given", "Yes"), ("unknown", "Not asked yet, or not known")),
        hints={"unknown": "Only the register team sees them until the agreement is confirmed"},
        reveals={"given": "basis"},
        missing="Select whether they agreed. If they said no, they can't be accepted",
    )
    basis = SelectField(
        "Who decided?",
        choices=[choice for choice in Consent.Basis.choices if choice[0] != Consent.Basis.NOT_STATED],
        required=False,
        marked=False,
    )
    decided_by = TextField("Name of who decided", most=120, required=False)
    decided_on = DateField("When did they decide?", hint=A_DATE, not_after_today=True, required=False)
    different = TickField("It is none of the people shown: add somebody new", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "given" and not given.get("basis"):
            self.add_error("basis", "Select who decided")
        return given


class RecipientForm(Form):
    """One person to tell. Several of them stand on one page. Only whoever asked can read it with reference and code."""

    marks_optional = False
    who = forms.CharField(widget=forms.HiddenInput, max_length=12)
    tell = TickField("Tell them", required=False)
    name = TextField("Name", most=120, required=False)
    by = RadiosField("How?", choices=AnswerBy.choices, small=True, required=False)
    address = TextareaField(
        "Where, so that it is safe?",
        hint="Address, e-mail or phone number",
        most=300,
        rows=3,
        count=False,
        required=False,
    )
    easy_read = TickField("Easy read, with pictures", required=False)

    def __init__(self, *args: Any, by_page: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_page:
            self.fields["by"].choices = [  # type: ignore[attr-defined]
                choice for choice in AnswerBy.choices if choice[0] != AnswerBy.PAGE
            ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("tell"):
            return given
        if not given.get("name"):
            self.add_error("name", "Enter the name of whom to tell")
        by = given.get("by")
        if not by:
            self.add_error("by", "Select how to tell them")
        if by in (AnswerBy.LETTER, AnswerBy.EMAIL, AnswerBy.SMS) and not given.get("address"):
            self.add_error("address", "Enter where to send it, or choose another way")
        if by == AnswerBy.EMAIL and "@" not in given.get("address", ""):
            self.add_error("address", "Enter an e-mail address, like name@example.com")
        return given


class SendForm(OnceForm):
    """The page as a whole; on the last screen, what is shown is sent."""

    version = _version()
