"""What is due about who is who: pairs of records, people offered by another area, what stood on the wrong record.

No name and no reference stands in what is said; the page that opens shows them to whoever may see them.
"""

from dataclasses import dataclass

from ..counting import day_in_words, local_day
from ..rules import computes
from .matters import Matter, MatterFacts, about


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleDuplicateFacts(MatterFacts):
    """Two records that may be one person. because: what agrees, without names."""

    because: str


@about("possible_duplicate")
@computes("possible_duplicate")
def possible_duplicate_duties(matter: Matter, facts: PossibleDuplicateFacts) -> None:
    rule, due = matter.clock("possible_duplicate", local_day(facts.opened_at))
    what = "Say whether two records are one person"
    because = f"{facts.because}. Found on {day_in_words(facts.opened_at)}."
    matter.due(rule, "possible_duplicate", what, because, due=due, shows=facts.opened_at, topic="identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts(MatterFacts):
    """A person whom another area offers. from_name: the area that offers."""

    from_name: str


@about("move_offer")
@computes("move_answered")
def move_duties(matter: Matter, facts: MoveFacts) -> None:
    rule, due = matter.clock("move_answered", local_day(facts.opened_at))
    what = "Accept a person from another area, or say why not"
    because = (
        f"{facts.from_name} offered them on {day_in_words(facts.opened_at)} and stays responsible until you accept."
    )
    matter.due(rule, "move_answered", what, because, due=due, shows=facts.opened_at, topic="identity")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongPersonFacts(MatterFacts):
    """Something that stood on the wrong record. seen_by: how many people had opened that record meanwhile."""

    seen_by: int


@about("wrong_person")
@computes("wrong_person_looked_at")
def wrong_person_duties(matter: Matter, facts: WrongPersonFacts) -> None:
    rule, due = matter.clock("wrong_person_looked_at", local_day(facts.opened_at))
    what = "Hear from information governance about what stood on the wrong record"
    seen = "1 person" if facts.seen_by == 1 else f"{facts.seen_by} people"
    because = f"It was found on {day_in_words(facts.opened_at)}. {seen} had opened that record meanwhile."
    matter.due(rule, "wrong_person", what, because, due=due, shows=facts.opened_at, topic="identity")
