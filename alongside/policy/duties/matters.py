"""Matters: what is due about no one person on a register, such as a referral, an import or a closed record.

A kind of matter is a dataclass of facts (`MatterFacts` or one that extends it) and a function that works out its
duties, declared with `@about(kind)`. As for people, nothing takes a 'today'.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ..counting import Calendar, days_after, local_day
from ..rules import Rule, Ruleset
from .duty import Duty, Owner
from .reckoning import Clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterFacts:
    """What every kind of matter has in common.

    kind, id: what it is; `kind` is at most 20 letters and also the subject of its duties. icb_id: whose it is.
    paused: stretches spent waiting for somebody else; an open one ends in None. guard: 1 for what only the register
    team may see, 0 for whatever reads its topic in the area. owner_actor: whose it is, if a named person's. first: it
    stands above what is due otherwise, as for somebody rated red.
    """

    kind: str
    id: int
    icb_id: int
    opened_at: datetime
    closed_at: datetime | None = None
    paused: tuple[tuple[datetime, datetime | None], ...] = ()
    guard: int = 1
    owner_actor: int | None = None
    first: bool = False


class Matter(Clocks):
    """One matter being worked out. No name of a person may stand in what it says."""

    __slots__ = ("facts",)

    def __init__(self, facts: MatterFacts, ruleset: Ruleset, calendar: Calendar, teams: Mapping[str, int]):
        super().__init__(teams, (), ruleset, calendar)
        self.facts = facts

    def owner(self, team: str = "register") -> Owner:
        """The named person whose it is, else a kind of team."""
        actor = self.facts.owner_actor
        return Owner("actor", actor) if actor else self.team(team)

    def due(
        self,
        rule: Rule,
        stem: str,
        what: str,
        because: str,
        *,
        due: date | datetime,
        shows: date | datetime,
        owner: Owner | None = None,
        topic: str = "register",
        breach: date | datetime | None = None,
        ends: date | datetime | None = None,
    ) -> None:
        """Add a duty of this matter. `stem` is unique within its kind."""
        facts = self.facts
        self.add(
            rule,
            f"{stem}:{facts.kind}:{facts.id}",
            what,
            because,
            due=due,
            shows=shows,
            owner=owner or self.owner(),
            doing="open_matter",
            topic=topic,
            subject=facts.kind,
            subject_id=facts.id,
            breach=breach,
            ends=ends,
        )


Working = Callable[[Matter, Any], None]
_WORKED_OUT: dict[str, Working] = {}


def about(kind: str) -> Callable[[Working], Working]:
    """Declares the function that works out the duties of a kind of matter: `(matter, facts) -> None`."""

    def declare(function: Working) -> Working:
        _WORKED_OUT[kind] = function
        return function

    return declare


def matter_duties(
    facts: MatterFacts, ruleset: Ruleset, calendar: Calendar, teams: Mapping[str, int]
) -> tuple[Duty, ...]:
    """Every duty of one matter, the earliest due first. `teams`: kind of team to team id. None once it is closed.

    A kind that goes on mattering after it is closed says so by leaving `closed_at` empty. KeyError for an unknown kind.
    """
    if facts.closed_at is not None:
        return ()
    matter = Matter(facts, ruleset, calendar, teams)
    _WORKED_OUT[facts.kind](matter, facts)
    return tuple(sorted(matter.duties, key=lambda duty: (duty.due, duty.key)))


Pause = tuple[datetime, datetime | None]


def days_paused(pauses: Iterable[Pause], until: datetime) -> int:
    """Days spent waiting for somebody else up to a moment. Each night counts once, however many stretches touch it."""
    nights: set[date] = set()
    for start, end in pauses:
        day, last = local_day(start), local_day(min(end or until, until))
        while day < last:
            nights.add(day)
            day = days_after(day, 1)
    return len(nights)
