from alongside.features.keyworking.models.allocation import Allocation
from alongside.features.keyworking.models.appointments import Appointment
from alongside.features.keyworking.models.contacts import (
    Contact,
    ContactDraft,
    OutOfHours,
    Promise,
    PromiseStep,
    Way,
    With,
)
from alongside.features.keyworking.models.handing_over import HandOver, HandOverLine, KeyworkerPhoto
from alongside.features.keyworking.models.proposal import MatchWish, Proposal, ProposedPlace
from alongside.features.keyworking.models.stepping_down import (
    AdultLead,
    AfterQuestion,
    CriterionMark,
    Ending,
    ExitAnswer,
    JointMeeting,
    StepDown,
    StepDownCriterion,
)
from alongside.features.keyworking.models.supervision import CalendarFeed, Supervision
from alongside.features.keyworking.models.team import CaseloadSetting, KeyworkerProfile, Leave, TrainingDone, WorkTime
from alongside.features.keyworking.models.workforce import (
    AwarenessGiven,
    CompetencySeen,
    Course,
    OutsideRules,
    WhatIf,
)

__all__ = [
    "AdultLead",
    "AfterQuestion",
    "CriterionMark",
    "Ending",
    "ExitAnswer",
    "JointMeeting",
    "StepDown",
    "StepDownCriterion",
    "AwarenessGiven",
    "CompetencySeen",
    "Course",
    "OutsideRules",
    "WhatIf",
    "Allocation",
    "Appointment",
    "CalendarFeed",
    "CaseloadSetting",
    "Contact",
    "ContactDraft",
    "HandOver",
    "HandOverLine",
    "KeyworkerPhoto",
    "KeyworkerProfile",
    "Leave",
    "MatchWish",
    "OutOfHours",
    "Promise",
    "PromiseStep",
    "Proposal",
    "ProposedPlace",
    "Supervision",
    "TrainingDone",
    "Way",
    "With",
    "WorkTime",
]
