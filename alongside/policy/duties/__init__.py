"""Duties: what is due for one person, worked out from facts alone."""

from datetime import datetime

from ..counting import Calendar
from ..facts import PersonFacts
from ..rules import Ruleset
from .admission import admission_duties
from .after import after_discharge_duties
from .closed import ClosedFacts, kept_until, offer_again_on
from .duty import DOING, TOPICS, Duty, Owner
from .guarding import DisposalFacts, OpeningFacts, RestrictionFacts, SubjectAccessFacts, opening_ends, proposed_review
from .identity import MoveFacts, PossibleDuplicateFacts, WrongPersonFacts
from .importing import ImportFacts
from .letterbox import DeliveryFacts, MessageFacts
from .matters import Matter, MatterFacts, about, matter_duties
from .missing import missing_duties
from .planning import latest_backlog_day, latest_look
from .reckoning import Reckoning
from .referral import ReferralFacts, proposed_look_again
from .register import register_duties
from .told import told_duties
from .transition import transition_duties

__all__ = [
    "DOING",
    "TOPICS",
    "ClosedFacts",
    "DeliveryFacts",
    "DisposalFacts",
    "Duty",
    "Matter",
    "MatterFacts",
    "MessageFacts",
    "MoveFacts",
    "OpeningFacts",
    "Owner",
    "PossibleDuplicateFacts",
    "ReferralFacts",
    "RestrictionFacts",
    "SubjectAccessFacts",
    "WrongPersonFacts",
    "about",
    "ImportFacts",
    "duties_for",
    "kept_until",
    "latest_backlog_day",
    "latest_look",
    "matter_duties",
    "offer_again_on",
    "opening_ends",
    "proposed_look_again",
    "proposed_review",
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
    if facts.stays:
        admission_duties(reckoning)
        after_discharge_duties(reckoning)
    missing_duties(reckoning)
    told_duties(reckoning)
    return tuple(sorted(reckoning.duties, key=_by_due))


def _by_due(duty: Duty) -> tuple[datetime, str]:
    return duty.due, duty.key
