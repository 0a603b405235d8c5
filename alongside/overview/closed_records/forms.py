"""Short forms about a closed record."""

from alongside.features.people.models import Consent
from alongside.foundation.nhsuk.forms import DateField, OnceForm, SelectField, TextareaField, TextField


class ToldForm(OnceForm):
    told = TextareaField(
        "Who was told?",
        subject="Who was told",
        hint="For example, school and CAMHS by letter. Write nothing about health here",
        missing="Write down who was told, or that nobody was",
        most=400,
        rows=3,
    )


class OfferedForm(OnceForm):
    on = DateField("When was the register offered again?", subject="The day it was offered", not_after_today=True)
    next_on = DateField("When is it offered once more?", subject="The day it is offered once more", required=False)


class AgreedForm(OnceForm):
    basis = SelectField(
        "Who decided?",
        choices=[choice for choice in Consent.Basis.choices if choice[0] != Consent.Basis.NOT_STATED],
    )
    decided_by = TextField("Their name", most=120)
    decided_on = DateField("When did they agree?", subject="The day they agreed", not_after_today=True)
    evidence = TextareaField(
        "How do we know?", subject="How we know", hint="For example, said at a visit", most=300, rows=2
    )
