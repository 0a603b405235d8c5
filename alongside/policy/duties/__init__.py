"""Duties: what is due for one person, worked out from facts alone."""

from datetime import datetime

from ..counting import Calendar
from ..facts import PersonFacts
from ..rules import Ruleset
from .admission import admission_duties
from .after import after_discharge_duties
from .duty import DOING, TOPICS, Duty, Owner
from .missing import missing_duties
from .reckoning import Reckoning
from .register import register_duties
from .transition import transition_duties

__all__ = ["DOING", "TOPICS", "Duty", "Owner", "duties_for"]


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
    return tuple(sorted(reckoning.duties, key=_by_due))


def _by_due(duty: Duty) -> tuple[datetime, str]:
    return duty.due, duty.key
