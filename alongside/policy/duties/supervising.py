"""Whoever comes into a keyworking team is supervised: nobody is forgotten because there was no first time."""

from dataclasses import dataclass
from datetime import date

from ..counting import day_in_words, days_after, start_of_day
from ..rules import computes
from .matters import Matter, MatterFacts, about


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSupervisionFacts(MatterFacts):
    """A keyworker with an account who has had no supervision here. since: the day from which there could be one.

    to_date: the last day of their time in the team, where it is known.
    """

    since: date
    to_date: date | None = None


@about("first_supervision")
@computes("supervision_held")
def first_supervision_duties(matter: Matter, facts: FirstSupervisionFacts) -> None:
    """As long from their first day as from one supervision to the next; the team's, while no manager holds it."""
    rule, due = matter.clock("supervision_held", facts.since)
    matter.due(
        rule,
        "supervision",
        "Hold the first supervision of a keyworker",
        f"They are in the team since {day_in_words(facts.since)} and no supervision is written down; "
        f"one is held {rule.length}.",
        due=due,
        shows=facts.since,
        ends=start_of_day(days_after(facts.to_date, 1)) if facts.to_date else None,
        owner=matter.team("keyworking"),
        topic="keyworking",
    )
