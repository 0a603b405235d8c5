"""The young person asks: one question a page, short words, pictures beside them."""

from alongside.features.referrals.forms_asking import (
    Asking,
    PhoneField,
    PostcodeField,
    ReachForm,
    area_field,
    birth_field,
    pictures,
    shared_field,
)
from alongside.foundation.nhsuk.forms import (
    CheckboxesField,
    EmailField,
    RadiosField,
    TextareaField,
    TextField,
)


class NameForm(Asking):
    given_name = TextField("First name", most=80, autocomplete="given-name", missing="Tell us your first name")
    family_name = TextField("Last name", most=80, autocomplete="family-name", missing="Tell us your last name")
    goes_by = TextField("What do you like to be called?", most=80, required=False)


class BirthdayForm(Asking):
    birth_date = birth_field("When were you born?")


class HomeForm(Asking):
    area = area_field("Which area do you live in?", hint="Not sure? Choose the one you think. We will help")
    postcode = PostcodeField(hint="Like NM1 4AB. Leave it out if you do not know")
    address = TextareaField("Where do you live?", most=300, rows=3, count=False, required=False)


class YouForm(Asking):
    diagnoses = CheckboxesField(
        "Which of these are you?",
        hint="You can choose more than one",
        choices=[
            ("autism", "I am autistic"),
            ("learning_disability", "I have a learning disability"),
            ("not_sure", "I am not sure"),
            ("no", "None of these"),
        ],
        pictures=pictures(autism="you", learning_disability="thinking", not_sure="not-sure", no="none"),
        missing="Choose one. You can choose 'I am not sure'",
    )


class CheckedForm(Asking):
    basis = RadiosField(
        "Who told you?",
        choices=[
            ("diagnosed", "A doctor, or someone like that"),
            ("pathway", "I am waiting for a check"),
            ("understood", "I just know, or my family does"),
            ("not_sure", "I am not sure"),
        ],
        pictures=pictures(diagnosed="doctor", pathway="wait", understood="trusted", not_sure="not-sure"),
        missing="Choose one. You can choose 'I am not sure'",
    )


class HardForm(Asking):
    happening = CheckboxesField(
        "What is hard now?",
        hint="You can choose more than one",
        choices=[
            ("hospital_risk", "I feel so bad that I may have to go to hospital"),
            ("in_hospital", "I am in hospital because of how I feel"),
            ("self_harm", "I hurt myself or other people"),
            ("distress", "I get very upset and it is hard to feel calm"),
            ("ae_crisis", "I had to go to A&E or call for help"),
            ("home", "I may not be able to stay in my home"),
            ("education", "School or college is not working"),
            ("justice", "I am in trouble with the police"),
            ("nothing", "None of these"),
        ],
        pictures=pictures(
            hospital_risk="hospital",
            in_hospital="bed",
            self_harm="hurt",
            distress="upset",
            ae_crisis="ambulance",
            home="home-lost",
            education="school",
            justice="police",
            nothing="none",
        ),
        missing="Choose one. You can choose 'None of these'",
    )


class WordsForm(Asking):
    words = TextareaField("What do you want to tell us?", most=2000, rows=6, required=False)


class GrownUpForm(Asking):
    grown_up = RadiosField(
        "Does a grown-up know that you are asking?",
        choices=[("yes", "Yes"), ("no", "No"), ("not_sure", "I am not sure")],
        pictures=pictures(yes="yes", no="no", not_sure="not-sure"),
        missing="Choose one. It is fine to say no",
    )
    grown_up_who = TextField("Who is it?", hint="Like: my mum. You can leave it out", most=200, required=False)


class AgreeForm(Asking):
    agreed = RadiosField(
        "Is this OK with you?",
        choices=[("given", "Yes"), ("talk", "I want to talk about it first")],
        pictures=pictures(given="yes", talk="words"),
        missing="Choose one. You can change your mind later",
    )


class MyReachForm(ReachForm):
    reach_by = RadiosField(
        "How can we reach you?",
        choices=[
            ("sms", "Send me a text"),
            ("phone", "Call me"),
            ("email", "Send me an email"),
            ("letter", "Send me a letter"),
            ("through", "Ask someone I trust"),
        ],
        reveals=ReachForm.ASKS,
        pictures=pictures(sms="text", phone="call", email="email", letter="letter", through="trusted"),
        missing="Choose how we can reach you",
    )
    text_to = PhoneField("Your phone number for texts", required=False)
    phone = PhoneField("Your phone number", required=False)
    email = EmailField("Your email", required=False)
    post_to = TextareaField("Where do we send a letter?", most=300, rows=3, count=False, required=False)
    through = TextField("Who is it, and how do we reach them?", most=200, required=False)


class SafeForm(Asking):
    shared = shared_field(
        "Does someone else read your texts or emails?",
        hint="If so, we do not send any. One of us finds a safe way",
        pictures=pictures(no="no", yes="yes", not_sure="not-sure"),
    )
    not_to_know = TextareaField("Who must not know that you asked?", most=440, rows=2, count=False, required=False)
    safe_how = TextareaField(
        "What keeps it safe?",
        hint="Like: do not call at night, or do not say who you are",
        most=250,
        rows=2,
        count=False,
        required=False,
    )


class AnswerForm(Asking):
    answer_format = RadiosField(
        "How do you want our answer?",
        choices=[("easy_read", "Short words and pictures"), ("plain", "A letter with words"), ("talk", "Tell me")],
        pictures=pictures(easy_read="pictures", plain="letter", talk="words"),
        missing="Choose how you want our answer",
    )
    language = TextField("Which language is best for you?", hint="If it is not English", most=60, required=False)
