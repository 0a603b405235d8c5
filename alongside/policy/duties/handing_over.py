"""What is due about the keyworking team itself: work that goes to others, training never done or that runs out."""

from dataclasses import dataclass
from datetime import date

from ..counting import day_in_words, days_after, local_day, start_of_day
from ..rules import computes
from .matters import Matter, MatterFacts, about
from .reckoning import last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFacts(MatterFacts):
    """A hand-over that is not closed. agreed: everything has a taker and the families were told."""

    from_date: date
    agreed: bool


@about("hand_over")
@computes("hand_over_agreed", "hand_over_done")
def hand_over_duties(matter: Matter, facts: HandOverFacts) -> None:
    """Agreed some days before the first day, so that families are told; then done on that day."""
    begun = local_day(facts.opened_at)
    first = day_in_words(facts.from_date)
    if facts.agreed:
        matter.due(
            matter.ruleset.in_force("hand_over_done", facts.from_date),
            "hand_over_done",
            "See that a hand-over took effect",
            f"It was agreed that others take over on {first}.",
            due=facts.from_date,
            shows=facts.from_date,
            owner=matter.team("keyworking"),
            topic="keyworking",
        )
        return
    rule = matter.ruleset.in_force("hand_over_agreed", facts.from_date)
    matter.due(
        rule,
        "hand_over_agreed",
        "Say who takes over, and tell each family",
        f"A keyworker is away or leaves, and others take over on {first}. Families are told first.",
        due=max(begun, days_after(facts.from_date, -rule.period.number)),
        shows=begun,
        breach=facts.from_date,
        owner=matter.team("keyworking"),
        topic="keyworking",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingFacts(MatterFacts):
    """The last completion of a course by a keyworker, and the last day on which it counts."""

    course: str
    expires_on: date | None


@about("training")
@computes("training_renewed")
def training_duties(matter: Matter, facts: TrainingFacts) -> None:
    """Whose training it is renews it before it runs out."""
    if facts.expires_on is None:
        return
    rule = matter.ruleset.in_force("training_renewed", facts.expires_on)
    ahead = last_day(rule, facts.expires_on, matter.calendar) - facts.expires_on
    matter.due(
        rule,
        "training_renewed",
        f"Renew your training: {facts.course}",
        f"It counts until {day_in_words(facts.expires_on)}.",
        due=facts.expires_on,
        shows=days_after(facts.expires_on, -ahead.days),
        topic="keyworking",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """A course that the area requires from a day on; until: the first day on which it does not, if there is one."""

    course: str
    title: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredTrainingFacts(MatterFacts):
    """A keyworker in the team from a day to a day, and the required courses that they have never done."""

    from_date: date
    to_date: date | None
    never_done: tuple[Required, ...] = ()


@about("required_training")
@computes("training_begun")
def required_training_duties(matter: Matter, facts: RequiredTrainingFacts) -> None:
    """Whose it is does it; what was done once is renewed."""
    left = days_after(facts.to_date, 1) if facts.to_date else None
    for one in facts.never_done:
        begins = max(facts.from_date, one.since)
        ends = min((day for day in (left, one.until) if day), default=None)
        if ends and ends <= begins:
            continue
        rule, due = matter.clock("training_begun", begins)
        matter.due(
            rule,
            f"training_begun:{one.course}:since:{begins.isoformat()}",
            f"Do this training: {one.title}",
            f"Your area requires it and none is recorded; it is done within {rule.length} of {day_in_words(begins)}.",
            due=due,
            shows=begins,
            ends=start_of_day(ends) if ends else None,
            topic="keyworking",
        )
