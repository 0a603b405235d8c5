"""The family pages' words: short, plain, for a reader of nine. What is not named here is not shown."""

import re
from datetime import date

from alongside.features.actions.models import Action
from alongside.features.people.models import Consent, PostedChange
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.topics import Topic

#: What will happen, by the start of the rule's key: to the young person, and to their family.
NEXT: tuple[tuple[str, str, str], ...] = (
    ("register_review", "We look again at how things are for you", "We look again at how things are for {name}"),
    ("rating_at_entry", "We look at how things are for you", "We look at how things are for {name}"),
    ("post_admission_ce", "A meeting about your stay in hospital", "A meeting about the stay in hospital"),
    ("post_admission_ct", "A meeting about your stay in hospital", "A meeting about the stay in hospital"),
    ("inpatient_", "A meeting about your stay in hospital", "A meeting about the stay in hospital"),
    ("statutory_", "A meeting about your stay in hospital", "A meeting about the stay in hospital"),
    ("oversight_visit", "Someone visits you in hospital", "Someone visits {name} in hospital"),
    ("discharge_planning", "We plan how you come home", "We plan how {name} comes home"),
    ("discharge_contact", "We get in touch after you come home", "We get in touch after {name} comes home"),
    ("agreement_check", "We ask if you still say yes", "We ask if you still say yes"),
    ("agreement_confirmed", "We ask if you say yes to our help", "We ask if you say yes to our help"),
    ("annual_health_check", "Your health check for this year", "The health check for this year"),
    ("ehc_review", "The yearly meeting about your school plan", "The yearly meeting about the school plan"),
    ("phase_transfer", "We plan your next school or college", "We plan the next school or college"),
    ("preparing_for_adulthood", "We start to plan for when you are older", "We start to plan for adult life"),
    ("transition_support", "We plan your move to adult services", "We plan the move to adult services"),
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

PROMISE_STATE = {
    Action.State.PROPOSED: "They have been asked",
    Action.State.ACCEPTED: "They said yes. It is not done yet",
    Action.State.BLOCKED: "It is stuck",
    Action.State.DONE: "Done",
    Action.State.NOT_DONE: "It was not done",
    Action.State.SUPERSEDED: "Something else was agreed",
    Action.State.DISPUTED: "People do not agree about it",
}

#: What may be seen, to the young person; `family` says the same to their family.
TOPICS = {
    Topic.IDENTITY: "your name and birthday",
    Topic.CONTACT: "where you live and your phone",
    Topic.COMMUNICATION: "how to talk with you",
    Topic.OWN_WORDS: "what you said in your own words",
    Topic.FAMILY: "your family",
    Topic.HEALTH: "your health",
    Topic.EDUCATION: "your school or college",
    Topic.SOCIAL_CARE: "social care",
    Topic.SAFEGUARDING: "keeping you safe",
    Topic.JUSTICE: "the police",
    Topic.PLACEMENT: "where you stay",
    Topic.REGISTER: "how things are for you now",
    Topic.HOSPITAL: "time in hospital",
    Topic.REVIEW: "your meetings",
    Topic.KEYWORKING: "your worker",
    Topic.AGREEMENT: "what you said yes or no to",
    Topic.ADULTHOOD: "growing up",
    Topic.MONEY: "money for your support",
}

BECAUSE = {
    Involvement.Because.ALLOCATION: "They are your worker.",
    Involvement.Because.LINK: "They work with you.",
    Involvement.Because.PANEL: "They are in a meeting about you.",
    Involvement.Because.REFERRAL: "They asked us to help you.",
    Involvement.Because.BREAK_GLASS: "They opened your page in an emergency. We check this later.",
    Involvement.Because.OWN_RECORD: "This is you.",
    Involvement.Because.FAMILY: "They are your family.",
}

#: Those whose work is the whole area: what they do, in a sentence.
TEAMS = {
    Role.COORDINATOR: "They keep the list of young people we help.",
    Role.MANAGER: "They lead the team and help when your worker is away.",
    Role.COMMISSIONER: "They pay for help and visit people in hospital. They do not read about your health.",
}

PURPOSES = {
    Consent.Purpose.REGISTER: "Being on our list, so that people work together for you",
    Consent.Purpose.KEYWORKING: "Having a worker",
    Consent.Purpose.REVIEW: "A meeting about you",
    Consent.Purpose.SHARING: "Telling others about you",
}
ANSWERS = {
    Consent.Answer.GIVEN: "Yes",
    Consent.Answer.REFUSED: "No",
    Consent.Answer.WITHDRAWN: "Yes before, and no now",
    Consent.Answer.UNKNOWN: "Not asked yet",
}


def to_reader(text: str, *, own: bool) -> str:
    """Words said to the young person; to their family they speak of 'them'."""
    return text if own else re.sub(r"\byou\b", "them", re.sub(r"\byour\b", "their", text))


#: (value, what the family reads, what it is about in the list of what they told).
CHANGES = (
    (PostedChange.Kind.HOME, "Home: who lives there, or where"),
    (PostedChange.Kind.SCHOOL, "School or college"),
    (PostedChange.Kind.HEALTH, "Health, sleep or medicine"),
    (PostedChange.Kind.FAMILY, "Family"),
    (PostedChange.Kind.CONTACT, "How to reach us: phone or address"),
    (PostedChange.Kind.AGREEMENT, "Say no, or change what was said yes to"),
    (PostedChange.Kind.SEEING, "Ask who can see what"),
    (PostedChange.Kind.OTHER, "Something else"),
)


def day_of_week(on: date) -> str:
    """'Tuesday 24 November 2026': a day soon to come is known by its name."""
    return f"{DAYS[on.weekday()]} {day(on)}"


def next_words(rule_key: str, *, own: bool, name: str) -> str:
    """What a duty is in the family's words; '' for what they are not shown."""
    for start, to_self, to_family in NEXT:
        if rule_key.startswith(start):
            return to_self if own else to_family.format(name=name)
    return ""


def topics_in_words(topics: list[int], *, own: bool) -> str:
    """'your health, your school or college and growing up'."""
    words = [to_reader(TOPICS[Topic(topic)], own=own) for topic in sorted(topics)]
    if len(words) == len(TOPICS):
        return "all of it"
    if len(words) < 2:
        return "".join(words) or "nothing"
    return ", ".join(words[:-1]) + " and " + words[-1]
