"""What the rules know of a move to another area, out of England, or to the adult register."""

from dataclasses import dataclass
from datetime import date, datetime

from .counting import start_of_day

AREA, OUTSIDE, ADULT = "area", "outside", "adult"


@dataclass(frozen=True, slots=True)
class AreaMoveFacts:
    """The newest move that was not called off.

    kind: area, outside or adult. to: where to, in words. asked: somebody has said yes or no to telling the new area.
    offered_at: of the offer that waits for its answer. refused: how often an area said no to this move.
    refused_at: when the area it is to now said so last; None after another was chosen. lifted_at: when it was lifted
    to somebody senior, last. accepted_at: when the other side said yes. steps: what was done since: family_told, met,
    not_met, asked_anew. named: who has them in the area that accepted them, from starts_on.
    """

    id: int
    kind: str
    to: str
    told_on: date
    moves_on: date | None = None
    asked: bool = False
    offered_at: datetime | None = None
    refused: int = 0
    refused_at: datetime | None = None
    lifted_at: datetime | None = None
    accepted_at: datetime | None = None
    steps: frozenset[str] = frozenset()
    named: str = ""
    starts_on: date | None = None

    @property
    def left_at(self) -> datetime | None:
        """From when they were to live elsewhere while nobody there has accepted them; None where they stay."""
        if self.moves_on is None or self.accepted_at is not None or self.kind == ADULT:
            return None
        return start_of_day(self.moves_on)
