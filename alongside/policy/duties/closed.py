"""What is due about a closed record: to offer the register again, and to let the stub go in time."""

from dataclasses import dataclass
from datetime import date

from ..counting import Calendar, day_in_words
from ..rules import Ruleset, computes
from .matters import Matter, MatterFacts, about
from .reckoning import last_day, shows_before


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFacts(MatterFacts):
    """A closed record. offer_again_on: when to ask again; offered_on: when that was done. keep_until: the last day."""

    closed_on: date
    offer_again_on: date
    offered_on: date | None
    keep_until: date


def offer_again_on(ruleset: Ruleset, calendar: Calendar, closed_on: date) -> date:
    """The day by which the register is offered again."""
    return _after(ruleset, calendar, "offer_again", closed_on)


def kept_until(ruleset: Ruleset, calendar: Calendar, closed_on: date) -> date:
    """The last day on which the stub of a closed record is kept: as for any record after the register (row 61)."""
    return _after(ruleset, calendar, "retention", closed_on)


def _after(ruleset: Ruleset, calendar: Calendar, key: str, day: date) -> date:
    return last_day(ruleset.in_force(key, day), day, calendar)


@about("closed_record")
@computes("offer_again")
def closed_duties(matter: Matter, facts: ClosedFacts) -> None:
    """No name stands here: only the area's named custodians open what it is about."""
    since = day_in_words(facts.closed_on)
    if facts.offered_on is None or facts.offered_on < facts.offer_again_on:
        matter.due(
            matter.ruleset.in_force("offer_again", facts.closed_on),
            "offer_again",
            "Offer the register again",
            f"A record was closed on {since} because agreement was refused or withdrawn. Its custodian asks once more.",
            due=facts.offer_again_on,
            shows=shows_before(facts.closed_on, facts.offer_again_on),
            topic="agreement",
        )
    matter.due(
        matter.ruleset.in_force("retention", facts.closed_on),
        "retention",
        "Decide whether to keep what stays of a closed record",
        f"A record was closed on {since}; what stays of it is kept until {day_in_words(facts.keep_until)}.",
        due=facts.keep_until,
        shows=shows_before(facts.closed_on, facts.keep_until),
        topic="agreement",
    )
