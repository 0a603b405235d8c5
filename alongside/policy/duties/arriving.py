"""What is due about a ward's notice and an alert from A&E: opened in time or lifted, settled; and about links.

No name stands in what is said; the page that opens shows it to whoever may see it.
"""

from dataclasses import dataclass
from datetime import datetime

from ..counting import Calendar, day_in_words, days_after, end_of_day, local_day, moment_in_words
from ..rules import Rule, Ruleset, computes
from .matters import Matter, MatterFacts, about
from .reckoning import last_day, last_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts(MatterFacts):
    """A notice or an alert that came in. taken_at: somebody of the register team has it."""

    reference: str
    alert: bool
    taken_at: datetime | None = None
    decided: bool = False


def opened_by(alert: bool, came_at: datetime, ruleset: Ruleset, calendar: Calendar) -> tuple[Rule, datetime]:
    """The rule of opening, and the moment by which it is opened."""
    if alert:
        rule, _ = ruleset.governing("alert_opened", local_day(came_at), lambda r: local_day(last_moment(r, came_at)))
        return rule, last_moment(rule, came_at)
    came = local_day(came_at)
    rule, due = ruleset.governing("notice_opened", came, lambda r: last_day(r, came, calendar))
    return rule, end_of_day(due)


@about("notice")
@computes("notice_opened", "alert_opened")
def notice_duties(matter: Matter, facts: NoticeFacts) -> None:
    if facts.taken_at is not None:
        _settle(matter, facts)
        return
    rule, due = opened_by(facts.alert, facts.opened_at, matter.ruleset, matter.calendar)
    matter.due(
        rule,
        "opened",
        f"Open the {_what(facts)} {facts.reference}",
        f"It came on {moment_in_words(facts.opened_at)}; somebody opens it within {rule.length}.",
        due=due if facts.alert else local_day(due),
        shows=facts.opened_at,
        breach=due,
    )


@computes("notice_settled")
def _settle(matter: Matter, facts: NoticeFacts) -> None:
    came = local_day(facts.opened_at)
    rule, due = matter.clock("notice_settled", came)
    first = "Ring back whoever sent" if facts.decided else "Decide who it is about:"
    matter.due(
        rule,
        "settled",
        f"{first} the {_what(facts)} {facts.reference}",
        f"It came on {moment_in_words(facts.opened_at)}; it is settled, and whoever sent it rung back, "
        f"within {rule.length}.",
        due=due,
        shows=facts.taken_at or facts.opened_at,
    )


@about("notice_lifted")
def lifted_duties(matter: Matter, facts: NoticeFacts) -> None:
    """The manager's: from the moment when nobody had opened it in time, until somebody does."""
    rule, due = opened_by(facts.alert, facts.opened_at, matter.ruleset, matter.calendar)
    matter.due(
        rule,
        "lifted",
        f"Nobody has opened the {_what(facts)} {facts.reference}: see that somebody does",
        f"It came on {moment_in_words(facts.opened_at)} and was to be opened by {moment_in_words(due)}.",
        due=due,
        shows=due,
        owner=matter.team("keyworking"),
    )


def _what(facts: NoticeFacts) -> str:
    return "alert" if facts.alert else "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts(MatterFacts):
    """A link of an organisation that tells by it whenever something happens."""

    expires_at: datetime
    what_for: str


@about("organisation_link")
@computes("link_renewed")
def link_duties(matter: Matter, facts: LinkFacts) -> None:
    last = local_day(facts.expires_at)
    rule = matter.ruleset.in_force("link_renewed", last)
    matter.due(
        rule,
        "renewed",
        "Make a new link for an organisation, or end the old one",
        f"Its link ({facts.what_for[:1].lower()}{facts.what_for[1:]}) opens nothing after {day_in_words(last)}.",
        due=last,
        shows=days_after(last, -rule.period.number),
    )
