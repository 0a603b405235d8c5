"""Family or a friend asks: a few short pages in plain words."""

from alongside.features.referrals.forms_asking import (
    Asking,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    ReachForm,
    area_field,
    birth_field,
    shared_field,
)
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    EmailField,
    RadiosField,
    TextareaField,
    TextField,
)

BASIS = (
    ("diagnosed", "A doctor or a team has said so"),
    ("pathway", "They are waiting for a check"),
    ("understood", "Staff who know them think so"),
    ("not_sure", "I am not sure"),
)


class YouForm(Asking):
    asker_name = TextField("Your name", most=120, autocomplete="name", missing="Enter your name")
    relation = RadiosField(
        "Who are you to them?",
        choices=[
            ("parent", "Their mother, father or other parent"),
            ("carer", "I care for them, like a foster carer"),
            ("relative", "Someone else in the family"),
            ("friend", "A friend"),
        ],
        missing="Select who you are to them",
    )
    responsible = RadiosField(
        "Do you have the right by law to decide for them?",
        subject="Whether you can decide for them",
        hint="This is called parental responsibility",
        choices=[("yes", "Yes"), ("no", "No"), ("not_sure", "I am not sure")],
        missing="Select yes, no or 'I am not sure'",
    )


class ThemForm(Asking):
    given_name = TextField("First name", most=80, missing="Enter their first name")
    family_name = TextField("Last name", most=80, missing="Enter their last name")
    goes_by = TextField("What do they like to be called?", most=80, required=False)
    birth_date = birth_field("When were they born?")
    nhs_number = NhsNumberField()


class HomeForm(Asking):
    area = area_field("Which area do they live in?", hint="Not sure? Choose the one you think. We will help")
    postcode = PostcodeField("Postcode where they live now", hint="Leave it out if you do not know")
    address = TextareaField("Address where they live now", most=300, rows=3, count=False, required=False)
    gp = TextField("Their GP", hint="The name of the doctor's surgery", most=200, required=False)
    school = TextField("Their school or college", most=200, required=False)


class DiagnosisForm(Asking):
    diagnoses = CheckboxesField(
        "Which of these are they?",
        subject="What fits them",
        hint="Select all that fit",
        choices=[
            ("autism", "Autistic"),
            ("learning_disability", "They have a learning disability"),
            ("not_sure", "I am not sure"),
            ("no", "None of these"),
        ],
        missing="Select what fits. You can select 'I am not sure'",
    )
    basis = RadiosField("How do you know?", choices=BASIS, required=False)


class WhyForm(Asking):
    happening = CheckboxesField(
        "What is going on now?",
        hint="Select all that fit",
        choices=[
            ("hospital_risk", "They may have to go into a mental health hospital"),
            ("in_hospital", "They are in a mental health hospital now"),
            ("self_harm", "They hurt themselves or others"),
            ("distress", "They get very upset and it is hard to help"),
            ("ae_crisis", "They went to A&E, or a crisis team came"),
            ("home", "They may lose their home or placement"),
            ("residential", "They live in a care home or school all year, or may have to"),
            ("education", "School or college is not working"),
            ("justice", "They are in trouble with the police"),
            ("nothing", "None of these"),
        ],
        missing="Select what fits. You can select 'None of these'",
    )
    words = TextareaField("Tell us what is going on", most=4000, rows=6, missing="Tell us what is going on")
    tried = TextareaField("What help have you had or asked for?", most=2000, rows=3, required=False)
    would_help = TextareaField("What would help?", most=2000, rows=3, required=False)


class AgreeForm(Asking):
    agreed = RadiosField(
        "Do they know that you are asking, and do they agree?",
        subject="Whether they agree",
        choices=[
            ("given", "Yes, they agree"),
            ("parent", "I have asked them, and I agree for them"),
            ("refused", "They do not want this"),
            ("not_asked", "I have not asked them yet"),
        ],
        hints={"parent": "For a child who can not decide this yet"},
        missing="Select whether they agree",
    )


class YourReachForm(ReachForm):
    reach_by = RadiosField(
        "How can we reach you?",
        choices=[("phone", "Phone call"), ("sms", "Text"), ("email", "Email"), ("letter", "Letter")],
        reveals={value: name for value, name in ReachForm.ASKS.items() if value != "through"},
        missing="Select how we can reach you",
    )
    text_to = PhoneField("Your phone number for texts", required=False)
    phone = PhoneField("Your phone number", required=False)
    email = EmailField("Your email address", required=False)
    post_to = TextareaField("Your address", most=300, rows=3, count=False, required=False)
    shared = shared_field(
        "Does someone else read your texts or emails?", hint="If so, we do not send any. One of us finds a safe way"
    )
    not_to_know = TextareaField(
        "Who must not know that you asked?",
        hint="Leave it out if there is no one",
        most=440,
        rows=2,
        count=False,
        required=False,
    )
    safe_how = TextareaField(
        "How may we reach you safely?",
        hint="Like: call in the morning, do not leave a message. You can leave it out",
        most=500,
        rows=2,
        count=False,
        required=False,
    )


class AnswerForm(Asking):
    answer_to = CheckboxesField(
        "Who should get our answer?",
        choices=[("asker", "Me"), ("young_person", "The young person")],
        initial=["asker"],
        missing="Select who should get our answer",
    )
    young_person_at = TextField(
        "How can we reach the young person safely?",
        hint="A phone number, an email or an address",
        most=200,
        required=False,
    )
    answer_format = RadiosField(
        "How do you want our answer?",
        choices=[("plain", "A letter in plain words"), ("easy_read", "Easy read, with pictures"), ("both", "Both")],
        missing="Select how you want our answer",
    )
    language = TextField("Which language is best?", hint="If it is not English", most=60, required=False)
