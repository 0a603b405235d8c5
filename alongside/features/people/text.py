"""Every label and message of people and the facts about them, and the topic each kind of fact is on."""

from alongside.features.people.models import Belonging, Circumstance, LifeEvent, PostedChange, Severity
from alongside.foundation.topics import Topic

CIRCUMSTANCE_TOPIC: dict[str, int] = {
    Circumstance.Kind.EHC_PLAN: Topic.EDUCATION,
    Circumstance.Kind.EHC_ASSESSMENT: Topic.EDUCATION,
    Circumstance.Kind.LOOKED_AFTER: Topic.SOCIAL_CARE,
    Circumstance.Kind.CARE_EDGE: Topic.SOCIAL_CARE,
    Circumstance.Kind.ADOPTED: Topic.SOCIAL_CARE,
    Circumstance.Kind.CARE_LEAVER: Topic.SOCIAL_CARE,
    Circumstance.Kind.RESIDENTIAL_52: Topic.PLACEMENT,
    Circumstance.Kind.RESIDENTIAL_38: Topic.PLACEMENT,
    Circumstance.Kind.RESIDENTIAL_RISK: Topic.PLACEMENT,
    Circumstance.Kind.CHILD_PROTECTION: Topic.SAFEGUARDING,
    Circumstance.Kind.YOUTH_JUSTICE: Topic.JUSTICE,
    Circumstance.Kind.EXCLUDED: Topic.EDUCATION,
    Circumstance.Kind.OUT_OF_SCHOOL: Topic.EDUCATION,
    Circumstance.Kind.RISK_PLACEMENT: Topic.PLACEMENT,
    Circumstance.Kind.RISK_EDUCATION: Topic.EDUCATION,
    Circumstance.Kind.RISK_SAFEGUARDING: Topic.SAFEGUARDING,
}
LIFE_EVENT_TOPIC: dict[str, int] = {
    LifeEvent.Kind.AE_CRISIS: Topic.HEALTH,
    LifeEvent.Kind.POLICE: Topic.JUSTICE,
    LifeEvent.Kind.EXCLUSION: Topic.EDUCATION,
    LifeEvent.Kind.PLACEMENT_NOTICE: Topic.PLACEMENT,
    LifeEvent.Kind.PLACEMENT_MOVE: Topic.PLACEMENT,
    LifeEvent.Kind.STAFF_CHANGE: Topic.PLACEMENT,
    LifeEvent.Kind.BEREAVEMENT: Topic.FAMILY,
    LifeEvent.Kind.SELF_HARM: Topic.HEALTH,
    LifeEvent.Kind.CRISIS_TEAM: Topic.HEALTH,
    LifeEvent.Kind.OTHER: Topic.SOCIAL_CARE,
}
BELONGING_TOPIC: dict[str, int] = {
    Belonging.Kind.GP: Topic.HEALTH,
    Belonging.Kind.SCHOOL: Topic.EDUCATION,
    Belonging.Kind.COUNCIL: Topic.SOCIAL_CARE,
}
POSTED_TOPIC: dict[str, int] = {
    PostedChange.Kind.HOME: Topic.PLACEMENT,
    PostedChange.Kind.SCHOOL: Topic.EDUCATION,
    PostedChange.Kind.HEALTH: Topic.HEALTH,
    PostedChange.Kind.FAMILY: Topic.FAMILY,
    PostedChange.Kind.CONTACT: Topic.CONTACT,
    PostedChange.Kind.AGREEMENT: Topic.AGREEMENT,
    PostedChange.Kind.SEEING: Topic.AGREEMENT,
    PostedChange.Kind.OTHER: Topic.FAMILY,
}

#: How bad an event was, in plain words. Source: local default.
SEVERITY = tuple((str(number), label) for number, label in Severity.choices)

ALIKE = "Is it one of these people? Open their page instead. If it is somebody else, tick the box at the end and save."
UNCONFIRMED = "They are on the register. Until the agreement is confirmed only the register team sees them."
SAVED = "Saved."
ENDED = "Saved: it is no longer so."
MAY_NOT = "You may read this record and not change it."
CHECK_WHERE = "Read it once more: {reader} must not learn where they live, stay or learn. Then tick the box"
