"""What is due about messages: an answer to whoever wrote to a team, and another way for what did not arrive.

No name, address or subject stands in what is said; the page that opens shows them to whoever may see them.
"""

from dataclasses import dataclass

from ..counting import day_in_words, local_day
from ..rules import computes
from .matters import Matter, MatterFacts, about


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts(MatterFacts):
    """A message to a team that waits for an answer. team: the kind of team."""

    team: str


@about("message")
@computes("message_answered")
def message_duties(matter: Matter, facts: MessageFacts) -> None:
    rule, due = matter.clock("message_answered", local_day(facts.opened_at))
    because = f"Somebody wrote to the team on {day_in_words(facts.opened_at)} and waits for an answer."
    owner = matter.owner(facts.team)
    matter.due(rule, "message", "Answer a message to the team", because, due=due, shows=facts.opened_at, owner=owner)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFacts(MatterFacts):
    """What somebody has to do about a delivery. how: in words, such as 'an e-mail'.

    on_paper: a letter that people print and post; otherwise something that was given up as not to be delivered.
    """

    how: str
    on_paper: bool = False


@about("delivery")
@computes("delivery_repaired", "letter_posted")
def delivery_duties(matter: Matter, facts: DeliveryFacts) -> None:
    if facts.on_paper:
        rule, due = matter.clock("letter_posted", local_day(facts.opened_at))
        because = f"A letter was written on {day_in_words(facts.opened_at)} and is not in the post yet."
        matter.due(rule, "letter", "Print and post a letter", because, due=due, shows=facts.opened_at)
        return
    rule, due = matter.clock("delivery_repaired", local_day(facts.opened_at))
    because = f"{facts.how.capitalize()} could not be delivered on {day_in_words(facts.opened_at)}."
    matter.due(rule, "delivery", "Reach somebody another way", because, due=due, shows=facts.opened_at)
