"""Short forms that answer what is due."""

import base64
import hashlib
from datetime import date, datetime, time
from uuid import UUID

from django import forms
from django.http import QueryDict

from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.forms import (
    DateField,
    OnceForm,
    SelectField,
    TextareaField,
    TextField,
)
from alongside.overview.text import LEGAL_STATUS


def once_of(token: str) -> UUID:
    """The act that a form's mark stands for: the same form sent twice is the same act."""
    try:
        return UUID(bytes=base64.urlsafe_b64decode(token + "=="))
    except ValueError:
        return UUID(bytes=hashlib.sha256(token.encode()).digest()[:16])


def moment_on(day: date, now: datetime, not_before: datetime | None = None) -> datetime:
    """A moment on a day of which only the day is known: midday, but not in the future nor before a moment that day."""
    midday = datetime.combine(day, time(12), LONDON)
    if not_before and midday < not_before and not_before.astimezone(LONDON).date() == day:
        midday = not_before
    return min(midday, now)


#: A reason shorter than this is no sentence (local default).
LEAST_LETTERS = 15
#: How a typed answer is called where its form is gone.
CALLED = {
    "on": "The day",
    "chair": "Who was there",
    "outcome": "The outcome",
    "because": "What you wrote",
    "status": "Under",
}


def typed_words(given: QueryDict) -> list[tuple[str, str]]:
    """(what it is, what was typed) of every answer in a form; a date as it was typed, in one piece."""
    found = []
    for name, called in CALLED.items():
        parts = [given.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")]
        said = given.get(name, "").strip() or " ".join(part for part in parts if part)
        if said:
            found.append((called, dict(LEGAL_STATUS).get(said, said) if name == "status" else said))
    return found


class DoneForm(OnceForm):
    on = DateField("When was it done?", subject="The day it was done", not_after_today=True)
    because = TextareaField("What happened?", most=500, rows=3, required=False)


class FoundOutForm(OnceForm):
    on = DateField("When did you find out?", subject="The day you found out", not_after_today=True)
    because = TextareaField("What did you find out, and from whom?", subject="What you found out", most=500, rows=3)


class ReviewForm(OnceForm):
    on = DateField("When was it held?", subject="The day it was held", not_after_today=True)
    chair = TextField("Who chaired it?", most=120, required=False)
    outcome = TextareaField("What was the outcome, in a sentence?", most=300, rows=3, required=False)


class HospitalReviewForm(ReviewForm):
    """A C(E)TR in hospital that nobody planned here."""

    outcome = TextareaField("What was the outcome, in a sentence?", most=160, rows=3, required=False)
    late = TextField(
        "If it was after its limit: why?", most=110, required=False, hint="Like: the clinical expert could not come."
    )


class ContactForm(OnceForm):
    on = DateField("When was the contact?", subject="The day of the contact", not_after_today=True)
    outcome = TextareaField("How are they?", most=300, rows=3, required=False)


class HealthCheckForm(OnceForm):
    on = DateField("When was the health check?", subject="The day of the health check", not_after_today=True)
    outcome = TextareaField("What came of it, in a sentence?", most=300, rows=3, required=False)


class LegalStatusForm(OnceForm):
    status = SelectField("What are they under now?", subject="What they are under now", choices=LEGAL_STATUS)
    on = DateField("Since when?", subject="The day it began", not_after_today=True)


class NotNeededForm(OnceForm):
    because = TextareaField(
        "Why is it not needed?",
        subject="Why it is not needed",
        hint="This is kept with the record, with your name.",
        missing="Say why it is not needed",
        most=500,
        rows=4,
    )


class LawNotNeededForm(NotNeededForm):
    """The same for what the law asks for: a whole sentence, and a second look before it counts."""

    sure = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3)

    def clean_because(self) -> str:
        said: str = self.cleaned_data["because"]
        if sum(letter.isalpha() for letter in said) < LEAST_LETTERS:
            raise forms.ValidationError(
                "The law asks for this: say in a sentence who decided, and why it is not needed"
            )
        return said


class PlanForm(OnceForm):
    planned_for = DateField("On which day?", subject="The day", not_before_today=True)


class LocalRuleForm(OnceForm):
    amount = TextField("How long?", subject="The length", width="4", inputmode="numeric", most=20)
    starts_on = DateField("From which day?", subject="The first day")
    source = TextField("Who decided it, and where is it written?", subject="Where it is written", most=200)

    def clean_amount(self) -> int:
        text = self.cleaned_data["amount"].strip()
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 1000):
            raise forms.ValidationError("The length must be a whole number from 1 to 1,000")
        return int(text)


class CommencementForm(OnceForm):
    starts_on = DateField("From which day is it in force?", subject="The first day")
    source = TextField("Which order says so?", subject="The order", most=200)


FORM_FOR = {
    "record_review": ReviewForm,
    "record_contact": ContactForm,
    "record_legal_status": LegalStatusForm,
    "find_out": FoundOutForm,
    "record_done": DoneForm,
}
#: Forms that differ from those of their kind, by the start of the duty's key.
FORM_OF = {
    "annual_health_check": HealthCheckForm,
    "post_admission_review": HospitalReviewForm,
    "inpatient_review": HospitalReviewForm,
}
