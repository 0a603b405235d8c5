"""Members of the pool of review panels: trained before they start, modules in time, checks and registration renewed."""

from dataclasses import dataclass
from datetime import date

from ..counting import Calendar, count, day_in_words, local_day
from ..rules import Ruleset, computes
from .matters import Matter, MatterFacts, about
from .reckoning import last_day, shows_before


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertFacts(MatterFacts):
    """Somebody in the pool. Days are last days on which it holds.

    ended_on: their last day in the pool; what is due about them ends with it.
    modules: (number, title, released on) of those not done yet that were released before they started or since.
    """

    started_on: date
    trained: bool
    checked_until: date | None
    needs_registration: bool
    registered_until: date | None
    ended_on: date | None = None
    modules: tuple[tuple[int, str, date], ...] = ()


@about("review_expert")
def expert_duties(matter: Matter, facts: ExpertFacts) -> None:
    _trained(matter, facts)
    _modules(matter, facts)
    _ends(matter, facts, "checks", facts.checked_until, "Check a panel member again")
    if facts.needs_registration:
        _ends(matter, facts, "registration", facts.registered_until, "Look up a panel member’s registration again")


@computes("panel_training")
def _trained(matter: Matter, facts: ExpertFacts) -> None:
    if facts.trained:
        return
    rule = matter.ruleset.in_force("panel_training", facts.started_on)
    matter.due(
        rule, "panel_induction", "Train a new panel member before their first panel",
        f"They joined on {day_in_words(facts.started_on)} and can’t be seated before they are trained.",
        due=facts.started_on, shows=local_day(facts.opened_at), owner=matter.team("review"), topic="review",
        ends=facts.ended_on,
    )  # fmt: skip


@computes("panel_training")
def module_last_day(released_on: date, ruleset: Ruleset, calendar: Calendar) -> date:
    """The last day for a module, for those who sit already when it is released."""
    return ruleset.governing("panel_training", released_on, lambda rule: last_day(rule, released_on, calendar))[1]


@computes("panel_training")
def _modules(matter: Matter, facts: ExpertFacts) -> None:
    for number, title, released in facts.modules:
        rule, due = matter.clock("panel_training", released)
        because = f"It was released on {day_in_words(released)}; members have {rule.length} for it."
        if facts.started_on >= released:
            due = facts.started_on
            because = (
                f"They joined on {day_in_words(facts.started_on)}, after it was released: it comes before they start."
            )
        matter.due(
            rule, f"panel_module:{number}", f"A panel member does the module ‘{title[:80]}’", because,
            due=due, shows=shows_before(released, due), owner=matter.team("review"), topic="review",
            ends=facts.ended_on,
        )  # fmt: skip


@computes("expert_papers_end")
def _ends(matter: Matter, facts: ExpertFacts, what: str, until: date | None, title: str) -> None:
    known_from = local_day(matter.facts.opened_at)
    if until is None:
        matter.due(
            matter.ruleset.in_force("expert_papers_end", known_from), f"expert_{what}", title,
            f"Nothing is written down about their {what}; without it they can’t be seated.",
            due=known_from, shows=known_from, owner=matter.team("review"), topic="review",
            ends=facts.ended_on,
        )  # fmt: skip
        return
    rule = matter.ruleset.in_force("expert_papers_end", until)
    shows = count(-rule.period.number, rule.period.unit, until, matter.calendar)
    matter.due(
        rule, f"expert_{what}:{until.isoformat()}", title,
        f"Their {what} {'end' if what == 'checks' else 'ends'} on {day_in_words(until)}; after that day they can’t be "
        "seated.",
        due=until, shows=shows, owner=matter.team("review"), topic="review",
        ends=facts.ended_on,
    )  # fmt: skip
