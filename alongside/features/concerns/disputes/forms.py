"""What is asked about a dispute."""

from alongside.features.concerns.models import Dispute
from alongside.features.concerns.pages import A_DATE, SeenForm
from alongside.foundation.nhsuk.forms import DateField, OnceForm, RadiosField, TextareaField, TextField

OUTCOMES = [one for one in Dispute.Outcome.choices if one[0] != Dispute.Outcome.RECORD_ENDED]
YES_NO = [("yes", "Yes"), ("no", "Not yet")]
_ACTS = "Who acts until it is decided?"
_ACTS_HINT = "There is always somebody. Until they have said yes, it is the area that holds the record."


class OpenForm(OnceForm):
    """Who disputes what, and who acts until it is decided."""

    about = RadiosField("What is it about?", choices=Dispute.About.choices, missing="Select what it is about")
    one_body = TextField("Who is the one body?", subject="The one body", most=200)
    other_body = TextField("Who is the other?", subject="The other body", most=200)
    what = TextareaField("What does each of them say?", subject="What each says", most=1000, rows=4)
    opened_on = DateField("Since when?", subject="The day", hint=A_DATE, not_after_today=True)
    interim_owner = TextField(_ACTS, hint=_ACTS_HINT, subject="Who acts until it is decided", most=200)
    accepted = RadiosField(
        "Have they said yes?", choices=YES_NO, reveals={"yes": "interim_name"}, missing="Select whether they said yes"
    )
    interim_name = TextField("Who said yes?", most=120, required=False, marked=False)
    interim_to = DateField(
        "Until when?", hint="Leave it empty if it is until the decision", subject="The last day", required=False
    )


class InterimForm(SeenForm):
    """Who acts from a day on."""

    interim_owner = TextField(_ACTS, hint=_ACTS_HINT, subject="Who acts until it is decided", most=200)
    accepted = RadiosField(
        "Have they said yes?", choices=YES_NO, reveals={"yes": "interim_name"}, missing="Select whether they said yes"
    )
    interim_name = TextField("Who said yes?", most=120, required=False, marked=False)
    begins = DateField("From which day?", subject="The first day", hint=A_DATE)
    ends = DateField(
        "Until when?", hint="Leave it empty if it is until the decision", subject="The last day", required=False
    )
    words = TextField("How was it agreed?", most=300, required=False)


class LookForm(SeenForm):
    words = TextareaField("What was done so that it is decided?", subject="What was done", most=1000, rows=4)


class DecideForm(SeenForm):
    """The decision."""

    outcome = RadiosField("How did it end?", choices=OUTCOMES, missing="Select how it ended")
    decided_owner = TextField("Who is responsible now?", subject="Who is responsible", most=200)
    decided_who = TextField("Who decided it?", subject="Who decided it", most=200)
    decided_on = DateField("When?", subject="The day", hint=A_DATE, not_after_today=True)
    words = TextareaField("Why?", subject="The reason", most=1000, rows=3)
    family_words = TextareaField(
        "What the family reads of it",
        hint="Plain words: who is responsible for what",
        most=1000,
        rows=3,
        required=False,
    )
