"""Telling more: the full form, and its easy-read pages for a young person. Everything may be left out.

The young person's pages ask some of the same things, under the same names, so that the team reads both alike.
"""

from alongside.features.referrals.forms_asking import Asking
from alongside.foundation.nhsuk.forms import CheckboxesField, RadiosField, TextareaField, TextField

_YES_NO = (("yes", "Yes"), ("no", "No"), ("not_sure", "I am not sure"))


def _long(label: str, hint: str = "", most: int = 2000) -> TextareaField:
    return TextareaField(label, hint=hint, most=most, rows=3, count=False, required=False)


def _short(label: str, hint: str = "") -> TextField:
    return TextField(label, hint=hint, most=200, required=False)


class MoreForm(Asking):
    marks_optional = False


class PersonForm(MoreForm):
    gender = _short("Gender", "Like: girl, boy, or what they say they are")
    pronouns = _short("Which words do they want for them?", "Like: he, she, they")
    ethnicity = _short("Ethnic group", "In the words that they use for it")
    first_language = _short("Which language do they speak at home?")
    interpreter = RadiosField(
        "Do they or their family need someone who puts English into their language?", choices=_YES_NO, required=False
    )
    religion = _short("Faith or belief", "If there is one that we should know of")


class FamilyForm(MoreForm):
    household = _long("Who lives with them?", "Names and ages, and brothers or sisters who live somewhere else")
    responsibility = _long("Who has the right by law to decide for them?", "This is called parental responsibility")
    status = CheckboxesField(
        "Does the council have a plan for them?",
        choices=[
            ("looked_after", "Looked after by the council"),
            ("care_edge", "May come into care"),
            ("adopted", "Adopted"),
            ("child_protection", "Child protection plan"),
            ("child_in_need", "Child in need plan"),
            ("court_order", "Court order"),
        ],
        required=False,
    )
    status_words = _long("More about this")


class TalkForm(MoreForm):
    communication = _long("How do they talk and take things in?", "Words, signs, pictures, a device")
    adjustments = _long("What makes it easier for them?", "Light, noise, time, place, someone with them")
    avoid = _long("What should people not do?")


class HealthForm(MoreForm):
    mental_health = _long("Mental health", "What has changed, and what helps")
    physical_health = _long("Physical health")
    admissions = _long("Stays in a mental health hospital", "Where, from when to when, and why")
    crises = _long("A&E, crisis team or urgent social care in the last 12 months", "Give dates where you know them")
    life_events = _long("Big changes or losses")
    substances = _long("Alcohol or drugs")


class LivingForm(MoreForm):
    placement = _long("Is the home or placement at risk?", "Also a 38-week or 52-week placement, now or looked for")
    staff_changes = _long("Have the people who support them changed?")
    education = _long("School or college", "Where, how often they go, and whether the place is at risk")
    ehc_plan = RadiosField(
        "Do they have an education, health and care plan?",
        hint="You do not need one for this",
        choices=_YES_NO,
        required=False,
    )
    justice = _long("Police, youth justice or courts")
    adulthood = _long("Plans for when they are an adult")


class RiskForm(MoreForm):
    behaviour = _long("What do they do when things get too much?")
    harm = _long("Harm to themselves or others")
    keeping_safe = _long("What keeps them and others safe?")
    visiting = _long("What should staff know before they visit?", "Like: a dog, or someone who should not be there")


class SupportForm(MoreForm):
    professionals = _long("Who works with them?", "Names, teams and how to reach them")
    plans = _long("Plans they have already", "Like a care plan or a support plan")
    exhausted = _long("What has been tried, and what is left to try?")
    would_help = _long("What would lower the risk?")
    future = _long("What will they need later that is not there yet?")
    sent_by = _short("Your name")


class MyTalkForm(MoreForm):
    communication = _long("How do you like to talk?", "Like: words, signs, pictures, or a text")
    adjustments = _long("What makes it easy for you?", "Like: less noise, more time, or someone with you")
    avoid = _long("What should we not do?")


class MyDayForm(MoreForm):
    household = _long("Who lives with you?")
    education = _long("How is school, college or work?")
    life_events = _long("Was there a big change?", "Like: a new home, or someone you lost")


class MyPeopleForm(MoreForm):
    professionals = _long("Who helps you now?", "Like: a teacher, a nurse or a social worker")
    keeping_safe = _long("What helps when things get too much?")


class MyWishesForm(MoreForm):
    would_help = _long("What would help you most?")
    future = _long("What do you want later?")
