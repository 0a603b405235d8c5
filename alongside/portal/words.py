"""The family pages' words: short, plain, for a reader of nine. What is not named here is not shown."""

import re
from datetime import date

from alongside.features.actions.models import Action
from alongside.features.actions.text import MAY_NOT_KNOW
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
    ("statutory_report", "You can read what came out of the meeting", "You can read what came out of the meeting"),
    ("statutory_", "A meeting about your stay in hospital", "A meeting about the stay in hospital"),
    ("quality_visit", "Someone visits you where you live", "Someone visits {name} where they live"),
    ("placement_found", "We look for where you can live next", "We look for where {name} can live next"),
    ("funding_told", "We tell you what was decided about money", "We tell you what was decided about money"),
    ("review_told", "We tell you what came out of the meeting", "We tell you what came out of the meeting"),
    ("review_report", "You can read what came out of the meeting", "You can read what came out of the meeting"),
    ("oversight_visit", "Someone visits you in hospital", "Someone visits {name} in hospital"),
    ("discharge_planning", "We plan how you come home", "We plan how {name} comes home"),
    ("discharge_contact", "We get in touch after you come home", "We get in touch after {name} comes home"),
    ("agreement_check", "We ask if you still say yes", "We ask if you still say yes"),
    ("agreement_confirmed", "We ask if you say yes to our help", "We ask if you say yes to our help"),
    ("annual_health_check", "Your health check for this year", "The health check for this year"),
    ("ehc_review", "The yearly meeting about your school plan", "The yearly meeting about the school plan"),
    ("phase_transfer", "We plan your next school or college", "We plan the next school or college"),
    ("preparing_for_adulthood", "We start to plan for when you are older", "We start to plan for adult life"),
    ("keyworker_contact", "Your worker gets in touch with you", "The worker gets in touch with you"),
    ("keyworker_visit", "Your worker comes to see you", "The worker comes to see {name}"),
    ("keyworker_plan_all", "We write a plan with you", "We write a plan with you and {name}"),
    ("plan_agreement", "We ask if you agree with your plan", "We ask if you agree with the plan"),
    ("plan_review", "We look again at your plan", "We look again at the plan"),
    ("transition_support", "We plan your move to adult services", "We plan the move to adult services"),
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

PROMISE_STATE = {
    Action.State.PROPOSED: "They have been asked",
    Action.State.ACCEPTED: "They said yes. It is not done yet",
    Action.State.REFUSED: "They said no. We look for somebody else",
    Action.State.BLOCKED: "It is stuck",
    Action.State.SAID_DONE: "They say it is done",
    Action.State.DONE: "Done",
    Action.State.NOT_DONE: "It was not done",
    Action.State.SUPERSEDED: "Something else was agreed",
    Action.State.DISPUTED: "People do not agree about it",
}

#: Who did or does something, to a reader whom a name would lead to where somebody lives or learns.
NOT_NAMED = "Somebody who helps"
#: In the place of words that were typed for others, to a reader who may not know where the young person is.
ASK_WHAT = "Something was agreed. Ask the worker what it is"
ASK_ANSWER = "We wrote an answer. Ask the worker to tell you what it says."


def promise_state(action: Action) -> str:
    """Where a promise stands; of a no, whether somebody better was named."""
    if action.state == Action.State.REFUSED and action.better:
        return "They named somebody better. We ask them"
    if action.state == Action.State.REFUSED and action.because == MAY_NOT_KNOW:
        return "They are not told about it any more. We look for somebody else"
    return PROMISE_STATE[Action.State(action.state)]


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
    Involvement.Because.OVERRIDE: "They had to know, to keep you safe. We told you about it.",
}

#: Those whose work is the whole area: what they do, in a sentence.
TEAMS = {
    Role.COORDINATOR: "They keep the list of young people we help.",
    Role.MANAGER: "They lead the team and help when your worker is away.",
    Role.COMMISSIONER: "They pay for help and visit people in hospital. They do not read about your health.",
}

#: Why somebody of the whole area opened the page, besides the teams above.
LOOKED = TEAMS | {Role.GOVERNANCE: "They check that we use what we know in the right way."}

PURPOSES = {
    Consent.Purpose.REGISTER: "Being on our list, so that people work together for you",
    Consent.Purpose.KEYWORKING: "Having a worker",
    Consent.Purpose.REVIEW: "A meeting about you",
    Consent.Purpose.SHARING: "Telling others about you",
    Consent.Purpose.AFTERWARDS: "One question, 3 and 6 months after your worker stops",
}
#: Whom an answer that names nobody is about.
EVERYBODY = {
    "health": "everybody in health",
    "education": "everybody in schools and colleges",
    "social_care": "everybody in social care",
    "family": "your family",
}
ANSWERS = {
    Consent.Answer.GIVEN: "Yes",
    Consent.Answer.REFUSED: "No",
    Consent.Answer.WITHDRAWN: "Yes before, and no now",
    Consent.Answer.UNKNOWN: "Not asked yet",
}


def to_reader(text: str, *, own: bool) -> str:
    """Words said to the young person; to their family they speak of 'them'."""
    if own:
        return text
    text = re.sub(r"\byou (stay|live|said)\b", r"they \1", re.sub(r"\byour\b", "their", text))
    return re.sub(r"\byou\b", "them", text)


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


def why_looked(why: str, *, own: bool) -> str:
    """Why somebody could open the page: what they are to the reader, or their work."""
    said = BECAUSE.get(Involvement.Because(why)) if why in Involvement.Because.values else LOOKED.get(Role(why))
    return to_reader(said or "", own=own)


def days_in_words(days: int, last: date) -> str:
    """'On 1 day: 20 November 2026', '3 days. The last one was 20 November 2026'."""
    return f"On {day(last)}." if days == 1 else f"On {days} days. The last one was {day(last)}."


def question_about(name: str, last: date) -> str:
    """What somebody asks who wants to know why their page was opened; they can change it before they send it."""
    return f"I want to know why {name} opened the page on {day(last)}."


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
