"""What the rules need to know of C(E)TRs that were held: how far each is written up, told, reported and answered."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RegardFacts:
    """A body that was sent the report and has not said what it does with it."""

    id: int
    name: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A review raised to the oversight panel and not decided. last_panel: the last one held in this area."""

    id: int
    raised_on: date
    last_panel: date | None = None


@dataclass(frozen=True, slots=True)
class HeldReviewFacts:
    """One C(E)TR from the day it was held. Days are None until it is so.

    told: the person was told what was found, or it is written why not. feedback: it was asked for, or came.
    """

    id: int
    held_on: date
    written_up_on: date | None = None
    told: bool = False
    reported_on: date | None = None
    feedback: bool = False
    regards: tuple[RegardFacts, ...] = ()
    cases: tuple[CaseFacts, ...] = ()
