"""What is asked about a concern, an incident, and the number of a council."""

from typing import Any

from alongside.features.concerns.models import Concern, Incident
from alongside.features.concerns.pages import A_DATE, SeenForm
from alongside.features.people.text import SEVERITY
from alongside.foundation.nhsuk.forms import (
    DateField,
    NumberField,
    OnceForm,
    PhoneField,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TimeField,
)

OUTCOMES = [one for one in Concern.Outcome.choices if one[0] != Concern.Outcome.RECORD_ENDED]
YES_NO = [("yes", "Yes"), ("no", "Not yet: I ring now")]


class RaiseForm(OnceForm):
    """What was seen, where, by whom, how bad it is, and what was done at once."""

    kind = RadiosField(
        "What is it about?",
        choices=[
            (Concern.Kind.SAFEGUARDING, Concern.Kind.SAFEGUARDING.label),
            (Concern.Kind.QUALITY, "Quality of care"),
        ],
        reveals={Concern.Kind.SAFEGUARDING: "council_told"},
        missing="Select what it is about",
    )
    council_told = RadiosField(
        "Has the council been told?", choices=YES_NO, reveals={"yes": "council_whom"}, required=False, marked=False
    )
    council_whom = TextField(
        "Who at the council took it?",
        hint="And the reference, if they gave one",
        most=200,
        required=False,
        marked=False,
    )
    about = SelectField("Where is it?", choices=Concern.About.choices, missing="Select where it is")
    place = TextField("What is the place or service called?", subject="The name of the place", most=200)
    what = TextareaField(
        "What was seen or said?", hint="Facts, and their own words", subject="What was seen", most=2000
    )
    said_by = TextField(
        "Who saw or said it?", hint="Their name, and who they are", subject="Who saw or said it", most=200
    )
    seen_on = DateField("When was it?", subject="The day", hint=A_DATE, not_after_today=True)
    severity = RadiosField("How bad is it?", choices=Concern.Severity.choices, missing="Select how bad it is")
    done_at_once = TextareaField("What has been done already?", most=1000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == Concern.Kind.SAFEGUARDING:
            if not given.get("council_told"):
                self.add_error("council_told", "Select whether the council has been told")
            elif given["council_told"] == "yes" and not given.get("council_whom", "").strip():
                self.add_error("council_whom", "Write who at the council took it")
        return given


class CouncilForm(SeenForm):
    """Who was told, and when."""

    whom = TextField("Who at the council took it?", subject="Who took it", most=200)
    day = DateField("When were they told?", subject="The day", hint=A_DATE, not_after_today=True)
    at = TimeField("At what time?")
    reference = TextField("The council’s reference", hint="If they gave one", most=80, required=False)
    words = TextareaField("What did they say?", most=500, rows=3, required=False)


class ReferenceForm(SeenForm):
    reference = TextField(
        "What is the council’s reference?", subject="The reference", most=80, missing="Write the council’s reference"
    )


class AnswerForm(SeenForm):
    """What the council does."""

    on = DateField("When did the council answer?", subject="The day", hint=A_DATE, not_after_today=True)
    words = TextareaField("What does it do?", subject="What it does", most=1000, rows=4)
    look_on = DateField("When do you look at it again?", hint=A_DATE, subject="The next day", required=False)


class LookForm(SeenForm):
    """What was done or heard since."""

    words = TextareaField("What was done, or what did you hear?", subject="What was done", most=1000, rows=4)
    look_on = DateField(
        "When do you look at it again?",
        hint="If you leave it empty, the area’s rule says when",
        subject="The next day",
        required=False,
    )


class FoundForm(SeenForm):
    """What came of it."""

    outcome = RadiosField("What came of it?", choices=OUTCOMES, missing="Select what came of it")
    words = TextareaField("How do we know?", subject="How we know", most=1000, rows=4)


class RaiserForm(SeenForm):
    """How whoever said it heard what came of it."""

    how = TextField(
        "How were they told, and when?", hint="Or why they can’t be told", subject="How they were told", most=300
    )


class FamilyForm(SeenForm):
    """What the family reads, or why they are not told."""

    family_words = TextareaField(
        "What the family reads on their page",
        hint="Plain words. Leave it empty if telling them is not safe.",
        most=1000,
        rows=4,
        required=False,
    )
    not_told_because = TextField(
        "Or: why they are not told", hint="Only where telling them is not safe", most=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("family_words")) == bool(given.get("not_told_because")):
            self.add_error("family_words", "Write what the family reads, or why they are not told: one of the two")
        return given


class IncidentForm(OnceForm):
    """What happened at a placement, once or counted."""

    place = TextField("Where was it?", subject="The place", most=200)
    kind = SelectField("What happened?", choices=Incident.Kind.choices, missing="Select what happened")
    first_on = DateField("On which day, or from which day on?", subject="The day", hint=A_DATE, not_after_today=True)
    last_on = DateField(
        "Until which day?", hint="Only if you count over some days", subject="The last day", required=False
    )
    times = NumberField("How often?", least=1, most=999, subject="How often")
    severity = RadiosField("How bad was it?", choices=SEVERITY, required=False, inline=True)
    source = TextField(
        "How do you know?", hint="For example, the home’s incident book", subject="How you know", most=200
    )
    detail = TextareaField("What happened, in short", most=1000, rows=3, required=False)


class NumberForm(OnceForm):
    """Where a council is told."""

    council = TextField("Which council?", subject="The council", most=200)
    phone = PhoneField("Its number for safeguarding, in office hours")
    night_phone = PhoneField("At night and at weekends", required=False)
