"""What the rules are told about concerns, visits, disputes, money and notices on a placement. Plain facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ConcernFacts:
    """A concern that is open. id: the same before and after a move. topic: one of the topics of a duty.

    lead_id: who leads and opens it; 0 for nobody. looked_at: the last step, or when it was raised. look_on: the next
    look that somebody chose. found_on: when it was written down what came of it.
    """

    id: int
    topic: str
    safeguarding: bool
    severity: str
    place: str
    raised_at: datetime
    looked_at: datetime
    lead_id: int = 0
    council_told_at: datetime | None = None
    council_answered: bool = False
    look_on: date | None = None
    found_on: date | None = None
    raiser_told: bool = False
    family_settled: bool = False


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """A dispute that is not decided. interim_from, interim_to: the days for which somebody acts. accepted: they said
    yes."""

    id: int
    opened_on: date
    interim_owner: str
    interim_from: date
    interim_to: date | None
    accepted: bool
    looked_at: datetime
    lead_id: int = 0


@dataclass(frozen=True, slots=True)
class WaitingBody:
    """A body that has not answered a request for money. since: asked, or chased last. panel_on: its panel's day."""

    id: int
    name: str
    since: date
    panel_on: date | None = None


@dataclass(frozen=True, slots=True)
class FundingFacts:
    """A request for money that is open. waiting: bodies without an answer. starts_on: once agreed, the day said."""

    id: int
    what_for: str
    waiting: tuple[WaitingBody, ...] = ()
    decided_on: date | None = None
    refused: bool = False
    told: bool = False
    starts_on: date | None = None
    started: bool = False
    lead_id: int = 0


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice on a placement that is open. ends_on: the last day there. searched_on: when a place was asked last."""

    id: int
    place: str
    given_on: date
    ends_on: date
    has_plan: bool = False
    searched_on: date | None = None
    lead_id: int = 0


@dataclass(frozen=True, slots=True)
class VisitedFacts:
    """The last visit to where they live, and the day that the visitor chose for the next one."""

    id: int
    on: date
    again_on: date | None = None


@dataclass(frozen=True, slots=True)
class CareFacts:
    """All of it. unfollowed: notices that were only written down as what happened: number and day."""

    concerns: tuple[ConcernFacts, ...] = ()
    disputes: tuple[DisputeFacts, ...] = ()
    funding: tuple[FundingFacts, ...] = ()
    notices: tuple[NoticeFacts, ...] = ()
    unfollowed: tuple[tuple[int, date], ...] = ()
    visited: VisitedFacts | None = None


def outcome_of_answers(answers: Sequence[str]) -> str:
    """What a request for money comes to once all have answered (yes, part, no); '' while one waits."""
    if not answers or "" in answers:
        return ""
    if set(answers) == {"no"}:
        return "refused"
    return "agreed" if set(answers) == {"yes"} else "partly"
