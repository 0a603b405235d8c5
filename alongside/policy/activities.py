"""What keyworkers do, as codes, and what they don't, as guidance: dated data with its source. Nothing here decides.

Codes and stages: the functions that the founding documents and national guidance name (policy reference 4.5). What a
keyworker does not do: policy reference 4.6. Guesses look for the beginnings of words and are only ever proposed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from .rules import ALWAYS

_GUIDANCE = "Keyworking guidance and its founding documents"
_LOCAL = "local practice; national guidance names no list of codes"


@dataclass(frozen=True, slots=True)
class Activity:
    """A thing keyworkers do. code: as stored. stage: the part of the work. stems: beginnings of words, lower case."""

    code: str
    label: str
    stage: str
    stems: tuple[str, ...]
    source: str = _GUIDANCE
    certainty: str = "S"
    starts_on: date = ALWAYS
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class NotDone:
    """Something a keyworker doesn't do: the sentence, and where else to turn. It never stops anybody from saving."""

    code: str
    label: str
    sentence: str
    instead: str
    stems: tuple[str, ...]
    source: str
    certainty: str = "S"
    starts_on: date = ALWAYS
    ends_on: date | None = None


ACTIVITIES = (
    Activity("find", "Finding who is at risk", "Identification", ("at risk of admission", "identif")),
    Activity(
        "educate",
        "Explaining the register, reviews and keyworking to colleagues",
        "Identification",
        ("explained the register", "explained keyworking", "awareness"),
    ),
    Activity("assess", "Bringing assessments together", "Assessment", ("assess", "formulation", "sensory profile")),
    Activity(
        "collate",
        "Gathering what is known, and what is missing",
        "Assessment",
        ("history", "gather", "records", "reports from"),
    ),
    Activity(
        "story",
        "Understanding their story",
        "Assessment",
        ("story", "what matters", "getting to know", "get to know", "interests", "introduc"),
    ),
    Activity("plan", "Making the plan together", "First steps", ("their plan", "goal", "the plan")),
    Activity(
        "navigate",
        "Finding a way through the system",
        "First steps",
        ("referral", "referred", "waiting list", "apply", "application", "form", "appointment", "signpost"),
    ),
    Activity(
        "represent",
        "Speaking up for the young person and family",
        "First steps",
        ("spoke up", "on behalf", "advoca", "represent", "complain"),
    ),
    Activity("budget", "Help with personal budgets", "First steps", ("personal budget", "direct payment", "funding")),
    Activity("meeting", "Key meetings", "Review", ("meeting", "mdt", "cpa", "tac ", "team around", "annual review")),
    Activity("review", "Linking the register and reviews", "Review", ("cetr", "ctr", "c(e)tr", "review", "dsr")),
    Activity(
        "gap", "Naming a gap in services", "Review", ("gap in", "no service", "nothing available", "not commission")
    ),
    Activity(
        "crisis",
        "Preventing an admission",
        "Crisis",
        ("crisis", "a&e", "emergency", "admission", "police", "self-harm", "self harm", "laep", "overdose"),
    ),
    Activity(
        "alongside",
        "Sitting alongside the family",
        "Crisis",
        (
            "mum",
            "mother",
            "dad",
            "father",
            "parent",
            "carer",
            "upset",
            "listen",
            "check in",
            "checked in",
            "how they are",
        ),
    ),
    Activity(
        "hospital",
        "In and out of hospital or a secure setting",
        "Crisis",
        ("ward", "hospital", "discharge", "section", "leave from", "unit"),
    ),
    Activity(
        "follow_up",
        "Following up what a review recommended",
        "After a review",
        ("recommend", "action from", "chased", "chasing", "follow up", "followed up"),
    ),
    Activity(
        "concern",
        "Telling of a concern about quality or safety",
        "After a review",
        ("concern", "safeguard", "unsafe", "quality of"),
    ),
    Activity(
        "step_down",
        "Seeing how much support is still needed",
        "Stepping down",
        ("step down", "stepping down", "less often", "ending", "goodbye"),
    ),
    Activity(
        "connect",
        "Connecting to support that stays",
        "Stepping down",
        ("peer mentor", "club", "group", "community", "adult service", "transition", "college"),
    ),
    Activity(
        "challenge", "Holding services to account", "Throughout", ("challenge", "escalat", "chase ", "hold to account")
    ),
    Activity(
        "adjust",
        "Reasonable adjustments",
        "Throughout",
        ("adjust", "communication passport", "easy read", "interpreter"),
    ),
    Activity("directory", "Knowing what is offered locally", "Throughout", ("directory", "local offer"), _LOCAL, "V-L"),
)

NOT_DONE = (
    NotDone(
        "treatment",
        "Lengthy treatment",
        "Keyworkers don't give lengthy treatment.",
        "Refer on to whoever treats: the community mental health team, or therapy that their review asked for.",
        ("therapy session", "cbt", "emdr", "counsel", "treatment session", "treated"),
        "Keyworking service specification, Staffordshire",
    ),
    NotDone(
        "social_outing",
        "Social or leisure needs",
        "Keyworkers don't meet social or leisure needs themselves.",
        "Point to what the local offer has, to short breaks through social care, or to a peer mentor.",
        (
            "bowling",
            "cinema",
            "outing",
            "trip to",
            "took him out",
            "took her out",
            "took them out",
            "swimming",
            "shopping",
        ),
        "Keyworking service specification, Staffordshire",
    ),
    NotDone(
        "personal_assistant",
        "Personal assistance",
        "A keyworker is not a personal assistant.",
        "Ask social care about a direct payment or a personal budget.",
        ("personal assistant", "gave a lift", "drove him", "drove her", "drove them", "babysat", "cooked", "cleaned"),
        "Keyworking service specification, Staffordshire",
    ),
    NotDone(
        "care_coordinator",
        "Care co-ordination",
        "A keyworker is not the care co-ordinator and does not hold the care programme approach.",
        "Name who the care co-ordinator is, and hold them to what was agreed.",
        ("as care co-ordinator", "as care coordinator", "chaired the cpa", "cpa paperwork"),
        "Keyworking service specification, Staffordshire; elsewhere co-ordination is part of the support",
    ),
    NotDone(
        "out_of_hours",
        "Routine contact out of hours",
        "Keyworking is not routinely there out of hours.",
        "Write down who to ring when you are not there, and make an arrangement only by agreement.",
        ("out of hours", "middle of the night", "at midnight"),
        "Keyworking service specification, Staffordshire; guidance asks for flexible hours",
    ),
    NotDone(
        "after_closure",
        "Following up after the end",
        "There is no follow-up once keyworking has ended.",
        "Coming back is through the register: five questions, and the same keyworker is offered.",
        ("after closure", "since we closed", "after keyworking ended"),
        "Keyworking service specification, Staffordshire",
    ),
    NotDone(
        "replace",
        "Doing another service's work",
        "Keyworkers don't replace health, social care or education workers.",
        "Ask whose task it is, write down what they promised, and by when.",
        ("instead of the social worker", "instead of school", "covered for the social worker"),
        "local practice, North East London; Shropshire, Telford and Wrekin",
        "V-L",
    ),
)
ACTIVITY = {one.code: one for one in ACTIVITIES}
NOT_DONE_BY_CODE = {one.code: one for one in NOT_DONE}
_Row = TypeVar("_Row", Activity, NotDone)
#: Every code that may be stored with a contact, with its words.
PURPOSES = {one.code: one.label for one in (*ACTIVITIES, *NOT_DONE)}


def guess_activity(words: str, on: date) -> str:
    """The code that the words speak of most; '' when they speak of none. Only a proposal."""
    found = [(len(_found(one.stems, words)), one.code) for one in _in_force(ACTIVITIES, on)]
    most = max(found, key=lambda each: each[0], default=(0, ""))
    return most[1] if most[0] else ""


def not_done_by(words: str, purpose: str, on: date) -> tuple[NotDone, ...]:
    """What a keyworker doesn't do among what was chosen or is spoken of, for a sentence at the point of use."""
    return tuple(one for one in _in_force(NOT_DONE, on) if one.code == purpose or _found(one.stems, words))


def _in_force(rows: Iterable[_Row], on: date) -> list[_Row]:
    return [row for row in rows if row.starts_on <= on and (row.ends_on is None or on <= row.ends_on)]


def _found(stems: tuple[str, ...], words: str) -> list[str]:
    return _pattern(stems).findall(words.lower())


@lru_cache(maxsize=64)
def _pattern(stems: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![a-z]){re.escape(stem)}" for stem in stems))
