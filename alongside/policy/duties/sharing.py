"""What is due about telling others: agreements between organisations that end, and what the family was not told."""

from dataclasses import dataclass
from datetime import date

from ..counting import Calendar, day_in_words, days_after, local_day
from ..decision import Decision
from ..rules import Ruleset, computes
from .matters import Matter, MatterFacts, about
from .reckoning import last_day, shows_before


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingAgreementFacts(MatterFacts):
    """An agreement between organisations with a last day. with_whom: the organisation, or kind of organisation."""

    with_whom: str
    ends_on: date


@about("sharing_agreement")
@computes("sharing_agreement_ends")
def sharing_agreement_duties(matter: Matter, facts: SharingAgreementFacts) -> None:
    rule = matter.ruleset.in_force("sharing_agreement_ends", facts.ends_on)
    ahead = last_day(rule, facts.ends_on, matter.calendar) - facts.ends_on
    matter.due(
        rule,
        "sharing_agreement_ends",
        f"Renew the agreement with {facts.with_whom}, or let it end",
        f"It ends on {day_in_words(facts.ends_on)}. After that day they read nothing, whatever the families agreed to.",
        due=facts.ends_on,
        shows=days_after(facts.ends_on, -ahead.days),
        topic="agreement",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideFacts(MatterFacts):
    """Somebody was told against an agreement, and the family was not. look_again_on: the day that was chosen."""

    look_again_on: date


@about("override")
@computes("override_look_again")
def override_duties(matter: Matter, facts: OverrideFacts) -> None:
    since = local_day(facts.opened_at)
    matter.due(
        matter.ruleset.in_force("override_look_again", since),
        "override_look_again",
        "Look again whether a family can be told",
        f"Somebody was told against an agreement, and telling the family was called unsafe on {day_in_words(since)}. "
        f"{day_in_words(facts.look_again_on)} was chosen as the day to look again.",
        due=facts.look_again_on,
        shows=shows_before(since, facts.look_again_on),
        topic="safeguarding",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UntoldShareFacts(MatterFacts):
    """Something was told to somebody, and the family was not to know. look_again_on: the day chosen, if one was."""

    look_again_on: date | None = None


@about("untold_share")
@computes("override_look_again")
def untold_share_duties(matter: Matter, facts: UntoldShareFacts) -> None:
    since = local_day(facts.opened_at)
    rule, due = matter.clock("override_look_again", since)
    chosen = ""
    if facts.look_again_on is not None:
        due = facts.look_again_on
        chosen = f" {day_in_words(due)} was chosen as the day to look again."
    matter.due(
        rule,
        "untold_share",
        "Look again whether a family can know what was told",
        f"Somebody was told something on {day_in_words(since)}, and it was called unsafe if the family knew.{chosen}",
        due=due,
        shows=shows_before(since, due),
        topic="agreement",
    )


@computes("override_look_again")
def proposed_override_look(today: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The day that the form proposes for looking again whether the family can be told."""
    rule, day = ruleset.governing("override_look_again", today, lambda rule: last_day(rule, today, calendar))
    return Decision(day, f"Proposed: {rule.length} from today.", rule.source_label)
