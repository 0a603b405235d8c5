"""What is due about a referral: looked at, talked over, decided and told, the full form, another look after a no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from ..counting import Calendar, day_in_words, local_day, working_hours_after
from ..decision import Decision
from ..rules import Rule, Ruleset, computes
from .matters import Matter, MatterFacts, about, days_paused
from .reckoning import last_day, last_moment, shows_before


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts(MatterFacts):
    """A referral. `opened_at` is when it was received; `paused` are its stretches of waiting for information.

    state: received, looking, waiting, accepted or declined. seen_at: the team's first step. called: somebody called
    before a 'no' goes out, or said why not. look_again_on: the day a declined referral is looked at again.
    """

    reference: str
    state: str
    seen_at: datetime | None = None
    consulted_at: datetime | None = None
    decided_at: datetime | None = None
    called: bool = False
    told_at: datetime | None = None
    full_form_at: datetime | None = None
    look_again_on: date | None = None


@about("referral")
def referral_duties(matter: Matter, facts: ReferralFacts) -> None:
    if facts.decided_at is None:
        _look_at(matter, facts)
        _talk_over(matter, facts)
        _information(matter, facts)
    if facts.told_at is None:
        _tell(matter, facts)
    if facts.state == "accepted" and facts.full_form_at is None:
        _full_form(matter, facts)
    if facts.state == "declined" and facts.look_again_on is not None:
        _look_again(matter, facts, facts.look_again_on)


def _runs_out(matter: Matter, key: str, begins: datetime, end: Callable[[Rule], datetime]) -> tuple[Rule, datetime]:
    """The row that governs a clock counted in hours, and the moment it runs out."""
    rule, _ = matter.ruleset.governing(key, local_day(begins), lambda rule: local_day(end(rule)))
    return rule, end(rule)


@computes("referral_triage")
def _look_at(matter: Matter, facts: ReferralFacts) -> None:
    """Row 32: due so many working hours after it came in, at the same time of day."""
    if facts.seen_at is not None:
        return
    received = facts.opened_at

    rule, due = _runs_out(
        matter, "referral_triage", received, lambda r: working_hours_after(received, r.period.number, matter.calendar)
    )
    matter.due(
        rule,
        "referral_triage",
        f"Look at the referral {facts.reference}",
        f"Received on {day_in_words(local_day(received))}; a first look is due within {rule.length}.",
        due=due,
        shows=received,
    )


@computes("referral_consultation")
def _talk_over(matter: Matter, facts: ReferralFacts) -> None:
    """Row 33: whoever asked is offered a talk, before it is decided."""
    if facts.consulted_at is not None:
        return
    received = local_day(facts.opened_at)
    rule, due = matter.clock("referral_consultation", received)
    matter.due(
        rule,
        "referral_consultation",
        f"Talk over the referral {facts.reference} with whoever asked",
        f"Received on {day_in_words(received)}; a talk is offered within {rule.length}.",
        due=due,
        shows=shows_before(received, due),
    )


@computes("referral_information")
def _information(matter: Matter, facts: ReferralFacts) -> None:
    """What was asked for has not come: somebody chases it, so that nothing waits unseen."""
    waiting = [start for start, end in facts.paused if end is None]
    if not waiting:
        return
    asked = local_day(min(waiting))
    rule, due = matter.clock("referral_information", asked)
    matter.due(
        rule,
        "referral_information",
        f"Chase what was asked for: referral {facts.reference}",
        f"Information was asked for on {day_in_words(asked)} and has not come.",
        due=due,
        shows=shows_before(asked, due),
    )


@computes("referral_outcome")
def _tell(matter: Matter, facts: ReferralFacts) -> None:
    """Row 63: decided and told. Waiting for information doesn't stop the clock; how long it took is said."""
    received = local_day(facts.opened_at)
    rule, due = matter.clock("referral_outcome", received)
    matter.due(
        rule,
        "referral_outcome",
        _what_to_tell(facts),
        f"Received on {day_in_words(received)}; the outcome is told within {rule.length}.{_waited(facts)}",
        due=due,
        shows=received if facts.decided_at else shows_before(received, due),
    )


def _what_to_tell(facts: ReferralFacts) -> str:
    if facts.decided_at is None:
        return f"Decide on the referral {facts.reference} and tell the outcome"
    if facts.state == "declined" and not facts.called:
        return f"Call about the referral {facts.reference}, then send the outcome"
    return f"Send the outcome of the referral {facts.reference}"


def _waited(facts: ReferralFacts) -> str:
    """How long it waited, as far as that is over; since when it waits, if it does."""
    ended = [pause for pause in facts.paused if pause[1] is not None]
    since = [start for start, end in facts.paused if end is None]
    said = ""
    if ended:
        days = days_paused(ended, max(end for _, end in ended if end))
        said = f" {days} day{'' if days == 1 else 's'} of this went by waiting for information."
    if since:
        said += f" Waiting for information since {day_in_words(local_day(min(since)))}."
    return said


@computes("referral_full_form")
def _full_form(matter: Matter, facts: ReferralFacts) -> None:
    """Row 34: counted in hours from the acceptance."""
    decided = facts.decided_at or facts.opened_at
    rule, due = _runs_out(matter, "referral_full_form", decided, lambda r: last_moment(r, decided))
    matter.due(
        rule,
        "referral_full_form",
        f"Get the full form for the referral {facts.reference}",
        f"Accepted on {day_in_words(local_day(decided))}; the full form follows within {rule.length}.",
        due=due,
        shows=decided,
    )


def _look_again(matter: Matter, facts: ReferralFacts, day: date) -> None:
    """The day somebody chose when it was declined; the rule's own length is what the form proposes."""
    decided = local_day(facts.decided_at or facts.opened_at)
    matter.due(
        matter.ruleset.in_force("referral_look_again", decided),
        "referral_look_again",
        f"Look again at the referral {facts.reference}",
        f"Not accepted on {day_in_words(decided)}; to be looked at again on {day_in_words(day)}.",
        due=day,
        shows=day,
    )


@computes("referral_look_again")
def proposed_look_again(declined_on: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The day that is proposed for looking again at a referral declined on a day."""
    rule, day = ruleset.governing(
        "referral_look_again", declined_on, lambda rule: last_day(rule, declined_on, calendar)
    )
    return Decision(day, f"Proposed: {rule.length} after the decision.", rule.source_label)
