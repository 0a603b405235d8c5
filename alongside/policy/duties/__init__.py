"""Duties: what is due for one person, worked out from facts alone."""

from datetime import datetime

from ..counting import Calendar
from ..facts import PersonFacts
from ..rules import Ruleset
from .actions import action_duties
from .admission import admission_duties
from .after import after_discharge_duties
from .area_moves import area_move_duties
from .arriving import LinkFacts, NoticeFacts, opened_by
from .asking_again import asking_again_duties
from .closed import ClosedFacts, kept_until, offer_again_on
from .concerns import care_duties
from .contacts import SupervisionFacts, contact_duties, proposed_supervision
from .discharging import discharging_duties
from .duty import DOING, TOPICS, Duty, Owner
from .emergency import emergency_duties
from .escalating import OfficersFacts, escalation_duties
from .experts import ExpertFacts
from .guarding import DisposalFacts, OpeningFacts, RestrictionFacts, SubjectAccessFacts, opening_ends, proposed_review
from .handing_over import HandOverFacts, Required, RequiredTrainingFacts, TrainingFacts
from .held_reviews import held_review_duties
from .identity import MoveFacts, PossibleDuplicateFacts, WrongPersonFacts
from .importing import ImportFacts
from .inpatient import inpatient_duties
from .inpatient_file import InpatientFileFacts
from .keyworking import keyworking_duties
from .letterbox import DeliveryFacts, MessageFacts
from .matters import Matter, MatterFacts, about, matter_duties
from .meetings import MeetingCycleFacts, MeetingFacts
from .missing import missing_duties
from .planned_reviews import planned_review_duties
from .planning import latest_backlog_day, latest_look
from .plans import latest_plan_review, plan_duties
from .reckoning import Reckoning
from .referral import ReferralFacts, proposed_look_again
from .register import register_duties
from .returns import return_duties
from .schools import SchoolAskFacts, SchoolTermFacts, ToldByLinkFacts
from .sharing import OverrideFacts, SharingAgreementFacts, UntoldShareFacts, proposed_override_look
from .stepping_down import stepping_down_duties
from .supervising import FirstSupervisionFacts
from .told import told_duties, who_told
from .transition import transition_duties

__all__ = [
    "DOING",
    "TOPICS",
    "ClosedFacts",
    "DeliveryFacts",
    "DisposalFacts",
    "ExpertFacts",
    "FirstSupervisionFacts",
    "HandOverFacts",
    "LinkFacts",
    "NoticeFacts",
    "Duty",
    "Matter",
    "MatterFacts",
    "MeetingCycleFacts",
    "MeetingFacts",
    "MessageFacts",
    "MoveFacts",
    "OfficersFacts",
    "OpeningFacts",
    "OverrideFacts",
    "Owner",
    "PossibleDuplicateFacts",
    "ReferralFacts",
    "Required",
    "RequiredTrainingFacts",
    "RestrictionFacts",
    "SchoolAskFacts",
    "SchoolTermFacts",
    "SharingAgreementFacts",
    "SubjectAccessFacts",
    "SupervisionFacts",
    "ToldByLinkFacts",
    "TrainingFacts",
    "UntoldShareFacts",
    "who_told",
    "WrongPersonFacts",
    "about",
    "ImportFacts",
    "InpatientFileFacts",
    "duties_for",
    "kept_until",
    "latest_backlog_day",
    "latest_look",
    "latest_plan_review",
    "matter_duties",
    "offer_again_on",
    "opened_by",
    "opening_ends",
    "proposed_look_again",
    "proposed_override_look",
    "proposed_review",
    "proposed_supervision",
]


def duties_for(facts: PersonFacts, ruleset: Ruleset, calendar: Calendar) -> tuple[Duty, ...]:
    """Every duty of one person, future ones included, the earliest due first.

    Takes no 'today': compare `shows_from`, `due`, `breach` and `ends_at` with the moment of reading.
    A duty answered is not there; one that repeats is there with its next date. Nobody who has died
    has any. Never fails because a fact is missing.
    """
    if facts.died_on is not None:
        return ()
    reckoning = Reckoning(facts, ruleset, calendar)
    register_duties(reckoning)
    if reckoning.open_entries:
        transition_duties(reckoning)
        keyworking_duties(reckoning)
        plan_duties(reckoning)
        asking_again_duties(reckoning)
    if facts.stays:
        admission_duties(reckoning)
        inpatient_duties(reckoning)
        after_discharge_duties(reckoning)
        return_duties(reckoning)
    missing_duties(reckoning)
    told_duties(reckoning)
    action_duties(reckoning)
    contact_duties(reckoning)
    stepping_down_duties(reckoning)
    if facts.planned_reviews:
        planned_review_duties(reckoning)
    if facts.discharge_plan:
        discharging_duties(reckoning)
    if facts.review_reports:
        held_review_duties(reckoning)
    if facts.emergencies:
        emergency_duties(reckoning, facts.emergencies)
    if facts.area_move:
        area_move_duties(reckoning)
    care_duties(reckoning)
    escalation_duties(reckoning)
    return tuple(sorted(reckoning.duties, key=_by_due))


def _by_due(duty: Duty) -> tuple[datetime, str]:
    return duty.due, duty.key
