"""A professional asks: the short form. The full form is asked for after acceptance."""

from typing import Any

from alongside.features.people.checks import wrong_decider
from alongside.features.referrals.forms_asking import (
    Asking,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    ReachForm,
    area_field,
    birth_field,
)
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    RadiosField,
    TextareaField,
    TextField,
)
from alongside.policy.counting import age_on

TOO_YOUNG_OR_OLD = (
    "They were {age} on that day, so they can't have decided on this basis. Choose who decided, or check their date "
    "of birth"
)


class YouForm(Asking):
    asker_name = TextField("Your name", most=120, autocomplete="name", missing="Enter your name")
    asker_role = TextField("Your role", most=120, missing="Enter your role")
    organisation = TextField("Your organisation", most=200, autocomplete="organization")
    email = EmailField("Work email address")
    phone = PhoneField("Phone number", required=False)


class ThemForm(Asking):
    given_name = TextField("First name", most=80)
    family_name = TextField("Family name", most=80)
    goes_by = TextField("Name they go by", most=80, required=False)
    birth_date = birth_field("Date of birth")
    nhs_number = NhsNumberField()


class HomeForm(Asking):
    area = area_field(
        "Area", hint="The NHS area where they live or have their GP. Not sure? Choose the one you think. We will help"
    )
    postcode = PostcodeField("Postcode where they live now")
    address = TextareaField("Address where they live now", most=300, rows=3, count=False, required=False)
    gp = TextField("GP practice", most=200, required=False)
    school = TextField("School or college", most=200, required=False)
    council = TextField("Council", most=200, required=False)
    contact = TextField(
        "How to reach the young person or family safely",
        hint="A number, an email or an address, and what we must not do, like leave a message",
        most=400,
        required=False,
    )


class DiagnosisForm(Asking):
    diagnoses = CheckboxesField(
        "Diagnosis",
        choices=[
            ("autism", "Autism"),
            ("learning_disability", "Learning disability"),
            ("not_sure", "Not known"),
            ("no", "Neither"),
        ],
        missing="Select a diagnosis, or 'Not known'",
    )
    basis = RadiosField(
        "How do you know?",
        choices=[
            ("diagnosed", "Diagnosed"),
            ("understood", "The team that knows them thinks so; it is not written down yet"),
            ("pathway", "Waiting for an assessment"),
            ("not_sure", "Not known"),
        ],
        required=False,
    )


class WhyForm(Asking):
    happening = CheckboxesField(
        "What is happening?",
        hint="Select all that apply. The register is about the risk of a mental health admission",
        choices=[
            ("hospital_risk", "At risk of admission to a mental health or learning disability hospital"),
            ("in_hospital", "In one of these hospitals now"),
            ("self_harm", "Harm to self or others"),
            ("distress", "Distressed behaviour that is hard to support"),
            ("ae_crisis", "Needed A&E, a crisis team or emergency social care"),
            ("home", "Home or placement at risk of breaking down"),
            ("residential", "In a 38-week or 52-week residential placement, or one is being looked for"),
            ("education", "School or college place at risk, or not going"),
            ("justice", "Police, youth justice or courts"),
            ("mental_health", "Mental health getting worse or not treated"),
            ("discharge", "Going home from hospital is being planned"),
            ("after_hospital", "Has been in one of these hospitals before"),
            ("adulthood", "Moving to adult services without a plan"),
            ("change", "A big change or loss, or changing support staff"),
            ("substances", "Alcohol or drugs"),
            ("physical_health", "Physical health"),
            ("nothing", "None of these"),
        ],
        missing="Select what is happening, or 'None of these'",
    )
    words = TextareaField(
        "Why are you asking now?",
        subject="Why you ask now",
        most=4000,
        rows=6,
        missing="Tell us why you are asking now",
    )
    tried = TextareaField("What has been tried?", most=2000, rows=3, required=False)
    professionals = TextareaField(
        "Who works with them?", hint="Names and how to reach them", most=1000, rows=3, required=False
    )
    colour = RadiosField(
        "How high do you think the risk is?",
        subject="Your view",
        hint="The risk of going into a mental health hospital only. The register team decides the rating",
        choices=[
            ("red", "Red: immediate risk, in crisis"),
            ("amber", "Amber: at risk, not needing urgent action"),
            ("green", "Green: risks managed at present"),
            ("blue", "Blue: in hospital now"),
            ("none", "No view"),
        ],
        missing="Select your view, or 'No view'",
    )


class AgreeForm(Asking):
    agreed = RadiosField(
        "Have they agreed to this referral?",
        subject="Whether they have agreed",
        choices=[
            ("given", "Yes"),
            ("refused", "No, they said no"),
            ("not_asked", "They have not been asked yet"),
        ],
        hints={"not_asked": "You can still send this. Nobody is put on the register before they are asked"},
        reveals={"given": "agreed_basis"},
        missing="Select whether they have agreed",
    )
    agreed_basis = RadiosField(
        "Who decided, and on what basis?",
        choices=[
            ("competent_child", "The young person: under 16, and able to decide this (Gillick competent)"),
            ("parental", "A person with parental responsibility"),
            ("sixteen", "The young person: 16 or over"),
            ("best_interests", "Nobody can: a best-interests decision, 16 or over"),
        ],
        required=False,
        marked=False,
    )
    agreed_by = TextField("Name of who decided", most=120, required=False)
    agreed_on = DateField("When did they decide?", subject="The day", not_after_today=True, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("agreed") == "given" and not given.get("agreed_basis") and "agreed_basis" not in self.errors:
            self.add_error("agreed_basis", "Select who decided, and on what basis")
        on = given.get("agreed_on") or self.today
        basis = given.get("agreed_basis", "") if given.get("agreed") == "given" else ""
        if self.born and on and wrong_decider(self.born, basis, on):
            self.add_error("agreed_basis", TOO_YOUNG_OR_OLD.format(age=age_on(self.born, on)))
        return given


class AnswerForm(ReachForm):
    marks_optional = True
    ASKS = {"phone": "call_on", "letter": "post_to"}
    MISSING = ReachForm.MISSING | {"call_on": "Enter the phone number to call"}

    reach_by = RadiosField(
        "How should we answer you?",
        choices=[("email", "Email"), ("phone", "Phone call"), ("letter", "Letter")],
        reveals=ASKS,
        initial="email",
        missing="Select how we should answer",
    )
    call_on = PhoneField("Phone number to call", required=False, marked=False)
    post_to = TextareaField("Your work address", most=300, rows=3, count=False, required=False, marked=False)
    answer_to = CheckboxesField(
        "Who else should get the outcome letter?",
        choices=[("young_person", "The young person"), ("family", "Their family")],
        required=False,
    )
    answer_format = RadiosField(
        "How should their letter be written?",
        choices=[("plain", "Plain words"), ("easy_read", "Easy read, with pictures"), ("both", "Both")],
        initial="plain",
        missing="Select how their letter should be written",
    )
    language = TextField("Their language, if not English", most=60, required=False)
    not_to_know = TextareaField("Who must not be told?", most=500, rows=2, count=False, required=False)
