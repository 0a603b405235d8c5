"""What is due about guarded records: openings looked at, restrictions looked at again, requests answered, disposals."""

from dataclasses import dataclass
from datetime import date, datetime

from ..counting import Calendar, day_in_words, hours_after, local_day, moment_in_words, months_after
from ..decision import Decision
from ..rules import Rule, Ruleset, computes
from .duty import Owner
from .matters import Matter, MatterFacts, about
from .reckoning import last_day, shows_before


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFacts(MatterFacts):
    """A record opened in an emergency. told_later: it was looked at, and the family is still to be told."""

    told_later_since: datetime | None = None


@about("opening")
@computes("break_glass_review", "break_glass_told")
def opening_duties(matter: Matter, facts: OpeningFacts) -> None:
    opened = local_day(facts.opened_at)
    if facts.told_later_since is None:
        rule, due = matter.clock("break_glass_review", opened)
        because = f"A record was opened in an emergency on {moment_in_words(facts.opened_at)}."
        what = "Look at an emergency opening"
        shows: date | datetime = facts.opened_at
        stem = "break_glass_review"
    else:
        since = local_day(facts.told_later_since)
        rule, due = matter.clock("break_glass_told", since)
        because = f"On {day_in_words(since)} somebody wrote that the family would be told later."
        what = "Tell the family of an emergency opening"
        shows = facts.told_later_since
        stem = "break_glass_told"
    matter.due(rule, stem, what, because, due=due, shows=shows, owner=matter.team("keyworking"), topic="agreement")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionFacts(MatterFacts):
    """A record that only named people find. review_on: the day somebody chose to look again."""

    review_on: date


@about("restriction")
def restriction_duties(matter: Matter, facts: RestrictionFacts) -> None:
    rule = matter.ruleset.in_force("restriction_review", local_day(facts.opened_at))
    matter.due(
        rule,
        "restriction_review",
        "Look again at a restricted record",
        f"When it was restricted, {day_in_words(facts.review_on)} was chosen as the day to look again.",
        due=facts.review_on,
        shows=shows_before(facts.review_on, local_day(facts.opened_at)),
        topic="agreement",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccessFacts(MatterFacts):
    """A request for one's own record.

    longer: told within the month that it is complex and takes longer. checked_at: since when the pack waits for the
    second person's yes; second: who that is, while they are here.
    """

    reference: str
    received_on: date
    longer: bool = False
    checked_at: datetime | None = None
    second: int | None = None


@about("subject_access")
@computes("subject_access", "subject_access_longer", "subject_access_second")
def subject_access_duties(matter: Matter, facts: SubjectAccessFacts) -> None:
    """Row 60: one month from the day it came in; up to two months more when it is complex."""
    rule, due = matter.clock("subject_access", facts.received_on)
    because = f"The request {facts.reference} came in on {day_in_words(facts.received_on)}."
    if facts.longer:
        more, due = _longer(matter, rule, facts.received_on)
        because += f" It is complex: {more.length} more."
    matter.due(
        rule,
        "subject_access",
        f"Answer the request for a record {facts.reference}",
        because,
        due=due,
        shows=facts.opened_at,
        breach=due,
        topic="agreement",
    )
    if facts.checked_at is not None:
        _second(matter, facts, facts.checked_at, due)


def _second(matter: Matter, facts: SubjectAccessFacts, checked_at: datetime, answer_due: date) -> None:
    """Two people look at what is given out. It is the second one's work as well, and never later than the answer."""
    rule, due = matter.clock("subject_access_second", local_day(checked_at))
    matter.due(
        rule,
        "subject_access_second",
        f"Look at the pack of the request {facts.reference}, and approve it",
        f"It was checked on {day_in_words(local_day(checked_at))}. The answer is due on {day_in_words(answer_due)}, "
        "and nothing is given out before a second person has looked.",
        due=min(due, answer_due),
        shows=checked_at,
        owner=Owner("actor", facts.second) if facts.second else None,
        topic="agreement",
    )


def _longer(matter: Matter, rule: Rule, received: date) -> tuple[Rule, date]:
    """Both lengths are counted from the day it came in, as one period."""
    more = matter.ruleset.in_force("subject_access_longer", received)
    return more, months_after(received, rule.period.number + more.period.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalFacts(MatterFacts):
    """Records proposed for disposal. people: how many."""

    people: int


@about("disposal")
@computes("disposal_approval")
def disposal_duties(matter: Matter, facts: DisposalFacts) -> None:
    proposed = local_day(facts.opened_at)
    rule, due = matter.clock("disposal_approval", proposed)
    many = "1 record" if facts.people == 1 else f"{facts.people:,} records"
    matter.due(
        rule,
        "disposal_approval",
        f"Say yes or no to disposing of {many}",
        f"They were proposed on {day_in_words(proposed)}, because nothing keeps them any more.",
        due=due,
        shows=facts.opened_at,
        topic="agreement",
    )


@computes("restriction_review")
def proposed_review(today: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The day that the form proposes for looking again at a restriction."""
    rule, day = ruleset.governing("restriction_review", today, lambda rule: last_day(rule, today, calendar))
    return Decision(day, f"Proposed: {rule.length} from today.", rule.source_label)


@computes("break_glass")
def opening_ends(opened_at: datetime, ruleset: Ruleset) -> Decision:
    """When a record opened in an emergency closes by itself. Source: row 69."""
    rule = ruleset.in_force("break_glass", local_day(opened_at))
    ends = hours_after(opened_at, rule.period.number)
    return Decision(ends, f"It closes by itself after {rule.length}.", rule.source_label)
