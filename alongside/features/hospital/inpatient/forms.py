"""What is asked about a stay."""

from typing import Any

from django import forms

from alongside.features.hospital.forms import A_DATE
from alongside.features.hospital.inpatient import text
from alongside.features.hospital.models import Known, SegregationLook, Stay, StayNotice, UnitRating, WardStay, WardType
from alongside.features.hospital.models.inpatient import AdmissionRecord, OversightVisit
from alongside.features.hospital.text import LEGAL_STATUS
from alongside.features.people.text import SEVERITY
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    NumberField,
    OnceForm,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
    TimeField,
)

YES_NO = [("yes", "Yes"), ("no", "No")]
MILES_TO_KM = 1.609344
MOVES = [choice for choice in WardStay.Move.choices if choice[0] != WardStay.Move.ADMISSION]


def when(what: str = "When was it?", **more: Any) -> DateField:
    return DateField(what, hint=A_DATE, subject=more.pop("subject", "The day"), not_after_today=True, **more)


def at_time(what: str = "Time, if known") -> TimeField:
    return TimeField(what, required=False)


class WardAnswers(OnceForm):
    """What is known of a ward."""

    ward_name = TextField("Name of the ward", most=60, required=False)
    ward_type = SelectField("What kind of ward?", choices=WardType.choices, empty="Not known", required=False)
    security = SelectField("Security level", choices=text.SECURITY, empty="Not known", required=False)
    adult_ward = TickField("It is an adult ward", required=False)
    unit_rating = SelectField(
        "What does the Care Quality Commission say of the unit?",
        choices=UnitRating.choices,
        empty="Not known",
        required=False,
    )
    rated_on = DateField("When did it say so?", hint=A_DATE, subject="The day", not_after_today=True, required=False)
    distance = NumberField("How far is it from home, by road?", least=0, most=1500, required=False)
    unit = RadiosField("The distance is in", choices=[("km", "Kilometres"), ("miles", "Miles")], inline=True)
    out_of_area = RadiosField("Is it out of area?", choices=Known.choices, inline=True)
    commissioner = TextField("Who pays for it?", subject="The commissioner", most=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        far = given.pop("distance", None)
        unit = given.pop("unit", "km")
        given["distance_km"] = None if far is None else round(far * MILES_TO_KM) if unit == "miles" else far
        return given


class MoveForm(WardAnswers):
    """Another ward, or another hospital; it stays one stay. Out of a place of safety there is no transfer."""

    move = RadiosField(
        "What happened?",
        choices=MOVES,
        hints={"transfer": "To another mental health hospital. It is no discharge."},
        reveals={"transfer": "place_name"},
        missing="Select what happened",
    )
    place_name = TextField("Name of the other hospital", most=200, required=False)
    on = when("When did they move?")
    at = at_time()
    because = TextField("Why?", most=300, required=False)
    field_order = ("submission", "move", "place_name", "on", "at", "because")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Stay.Kind.PLACE_OF_SAFETY:
            self.fields["move"] = RadiosField(
                "What happened?",
                choices=[(WardStay.Move.WARD.value, "Moved within the place of safety")],
                missing="Select what happened. Into a hospital is an admission: record it by the link above",
            )
            self.fields["move"].error_messages["invalid_choice"] = text.NO_MOVE_INTO_HOSPITAL.rstrip(".")
            del self.fields["place_name"]
        elif kind == Stay.Kind.ACUTE:
            self.fields["move"] = RadiosField(
                "What happened?",
                choices=MOVES,
                hints={"transfer": "To another acute hospital. Into a mental health hospital is an admission."},
                reveals={"transfer": "place_name"},
                missing="Select what happened",
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("move") == WardStay.Move.TRANSFER and not given.get("place_name"):
            self.add_error("place_name", "Enter the name of the other hospital")
        return given


class WardForm(WardAnswers):
    """What is written down of a ward, put right."""

    place_name = TextField("Name of the hospital", most=200)
    field_order = ("submission", "place_name")


class AdmissionDetailsForm(OnceForm):
    """Everything that is known of the admission (policy reference 7.1)."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    registered_before = RadiosField("Were they on the register before?", choices=Known.choices, inline=True)
    rating_before = SelectField(
        "If so, how were they rated?",
        choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green")],
        empty="Not known",
        required=False,
    )
    review_before = RadiosField("Was there a community review before?", choices=AdmissionRecord.Before.choices)
    reviewed_on = DateField(
        "When was that review?", hint=A_DATE, subject="The day", not_after_today=True, required=False
    )
    reason = TextField("Why were they admitted?", most=300, required=False)
    admission_kind = RadiosField("Which admission is it?", choices=AdmissionRecord.Readmission.choices)
    diagnosed = RadiosField(
        "When was autism or a learning disability diagnosed?", choices=AdmissionRecord.Diagnosed.choices
    )
    ehc_plan = RadiosField("Do they have an EHC plan?", choices=Known.choices, inline=True)
    council = TextField("Which council was responsible just before?", subject="The council", most=200, required=False)
    advocate = SelectField("Which advocate do they have?", choices=AdmissionRecord.Advocate.choices, empty="")
    intended_days = NumberField(
        "How long was it meant to be?",
        hint="From 3 months on the council is told at once",
        least=1,
        most=3650,
        suffix="days",
        required=False,
    )


class DatesForm(OnceForm):
    admitted_on = when("Day of admission", subject="The day of admission")
    admitted_time = at_time()
    discharged_on = DateField(
        "Day of discharge", hint=A_DATE, subject="The day of discharge", not_after_today=True, required=False
    )
    discharged_time = at_time("Time of discharge, if known")
    because = TextField("What was wrong?", subject="What was wrong", most=200)


class LegalForm(OnceForm):
    code = SelectField("What are they under now?", subject="What they are under", choices=list(LEGAL_STATUS.items()))
    on = when("Since when?")
    at = at_time()


class LeaveForm(OnceForm):
    kind = RadiosField("What kind of leave?", choices=text.LEAVES, missing="Select what kind of leave")
    on = when("When did they leave the ward?")
    at = at_time()
    back_on = DateField("When are they expected back?", hint=A_DATE, subject="The day they are back", required=False)
    back_time = at_time("At what time?")
    where = TextField("Where to?", most=200, required=False)
    with_whom = TextField("Who is with them?", most=200, required=False)


class BackForm(OnceForm):
    on = when("When were they back?")
    at = at_time()
    how_it_was = TextareaField("How was it?", most=500, rows=3, required=False)


class IncidentForm(OnceForm):
    kind = SelectField("What happened?", choices=text.INCIDENTS, missing="Select what happened")
    on = when()
    at = at_time()
    times = NumberField("How many times?", least=1, most=500, required=False)
    minutes = NumberField("How long altogether?", least=1, most=100_000, suffix="minutes", required=False)
    severity = RadiosField("How bad was it?", choices=SEVERITY, required=False, inline=True)
    what = TextareaField("What is known of it?", subject="What is known of it", most=500, rows=3)
    told_by = TextField("Who told us?", most=120, required=False)
    family_told = RadiosField("Was the family told?", choices=Known.choices, inline=True)


class SegregationForm(OnceForm):
    on = when("When did it begin?")
    at = at_time()
    because = TextareaField("Why?", subject="The reason", most=500, rows=3)


class LookForm(OnceForm):
    kind = RadiosField("Which review was it?", choices=SegregationLook.Kind.choices, missing="Select which review")
    on = when()
    at = at_time()
    by_whom = TextField("Who did it?", subject="Who did it", most=200)
    outcome = RadiosField("What came of it?", choices=SegregationLook.Outcome.choices, missing="Select what came of it")
    what = TextareaField("What was said?", most=1000, rows=3, required=False)


class EndSegregationForm(OnceForm):
    on = when("When did it end?")
    at = at_time()
    because = TextField("What changed?", most=500, required=False)


class LengthenForm(OnceForm):
    on = when("When did the doctor decide it?")
    at = at_time()
    by_whom = TextField("Which doctor?", subject="The doctor", most=200)
    because = TextField("Why?", subject="The reason", most=300)


class TellForm(OnceForm):
    body = RadiosField("Who was told?", choices=(), missing="Select who was told")
    told_whom = TextField("To whom there?", hint="A name, or an address", subject="To whom", most=200)
    on = when("When were they told?")
    at = at_time()
    how = RadiosField("How?", choices=StayNotice.How.choices, missing="Select how")
    told_by = TextField("Who told them?", subject="Who told them", most=120)
    reference = TextField("Their reference, if they gave one", most=60, required=False)

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0][0]


class ReferenceForm(OnceForm):
    reference = TextField("What is their reference?", subject="The reference", most=60)


class ReplyForm(OnceForm):
    replied_on = when("When did they reply?")
    reply = TextareaField("What did they say?", subject="What they said", most=500, rows=3)


class VisitForm(OnceForm):
    """Everything of policy reference 7.3. The next visit is worked out, never typed."""

    on = when("When was the visit?", subject="The day of the visit")
    at = at_time()
    by_whom = TextField("Who visited, and for whom?", subject="Who visited", most=200)
    face_to_face = RadiosField(
        "Was it face to face, on the ward?",
        choices=YES_NO,
        hints={"no": "A call is kept, and a visit stays due."},
        missing="Select whether it was face to face",
    )
    seen_alone = RadiosField(
        "Was the young person seen alone?",
        choices=YES_NO,
        reveals={"no": "not_alone_because"},
        missing="Select whether they were seen alone",
    )
    not_alone_because = TextField("Why not?", most=300, required=False)
    they_said = TextareaField("What did the young person say?", most=1000, rows=3, required=False)
    spoke_with = CheckboxesField("Who else was spoken to?", choices=OversightVisit.Spoken.choices, required=False)
    environment = TextareaField("What is the place like?", most=1000, rows=3, required=False)
    concerns = TextareaField("What is worrying?", most=1000, rows=3, required=False)
    action_at_once = TextField("What was done about it at once?", most=500, required=False)
    lifted_to = TextField("Who else was told of the worry?", most=200, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("seen_alone") == "no" and not given.get("not_alone_because"):
            self.add_error("not_alone_because", text.WHY_NOT_ALONE.rstrip("."))
        return given


class KnownForm(OnceForm):
    how = TextField("How do they know?", hint="For example, rung on Monday morning", most=200, required=False)
