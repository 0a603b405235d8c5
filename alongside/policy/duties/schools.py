"""What is due about the question to schools each term, and about what a school or ward told by its link.

No name of a young person stands in what is said; a school's name may.
"""

from dataclasses import dataclass
from datetime import date, datetime

from ..counting import Calendar, day_in_words, days_after, local_day, start_of_day
from ..decision import Decision
from ..rules import Ruleset, computes
from .education import day_in_year
from .matters import Matter, MatterFacts, about
from .reckoning import last_day

TERMS = ("autumn", "spring", "summer")


@dataclass(frozen=True, slots=True)
class Term:
    """A school term: autumn, spring or summer, and the day from which its question is asked."""

    name: str
    asked_from: date

    @property
    def label(self) -> str:
        return f"{self.name} term {self.asked_from.year}"


@computes(*(f"school_term_{name}" for name in TERMS))
def _terms(year: int, ruleset: Ruleset) -> list[Term]:
    """The three terms of a calendar year in the order in which they begin."""
    end = date(year, 12, 31)
    found = [Term(name, day_in_year(ruleset.in_force(f"school_term_{name}", end), year)) for name in TERMS]
    return sorted(found, key=lambda term: term.asked_from)


def term_on(day: date, ruleset: Ruleset) -> Term:
    """The term whose question is the latest to be asked on a day."""
    begun = [term for year in (day.year - 1, day.year) for term in _terms(year, ruleset) if term.asked_from <= day]
    return begun[-1]


def term_after(day: date, ruleset: Ruleset) -> Term:
    """The first term whose question is asked after a day."""
    return next(t for year in (day.year, day.year + 1) for t in _terms(year, ruleset) if t.asked_from > day)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolTermFacts(MatterFacts):
    """The schools of an area. opened_at: when the first came on its list. asked_on: the newest round's day, if any."""

    schools: int
    asked_on: date | None = None


@about("school_term")
@computes("school_round")
def school_term_duties(matter: Matter, facts: SchoolTermFacts) -> None:
    """The next term that was not asked about; the one that runs, where nobody has ever been asked."""
    if not facts.schools:
        return
    listed = local_day(facts.opened_at)
    if facts.asked_on is None:
        term, begins = term_on(listed, matter.ruleset), listed
    else:
        term = term_after(facts.asked_on, matter.ruleset)
        begins = term.asked_from
    rule, due = matter.clock("school_round", begins)
    many = "1 school" if facts.schools == 1 else f"{facts.schools:,} schools"
    matter.due(
        rule,
        "school_round",
        f"Ask the schools: {many}",
        f"Each school and college is asked each term; the {term.label} counts from {day_in_words(begins)}.",
        due=due,
        shows=begins,
        topic="education",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolAskFacts(MatterFacts):
    """One school in one round. `opened_at` is when it was asked.

    reachable: it was asked by e-mail. answered: by its link or in a call. called_at: the last call that led to no
    answer. not_asked_since: since when it worries about somebody who was not asked yet; not_asked: about how many;
    danger: whether it speaks of danger to one of them.
    """

    school: str
    term: str
    reachable: bool
    answered: bool = False
    called_at: datetime | None = None
    not_asked: int = 0
    not_asked_since: datetime | None = None
    danger: bool = False


@about("school_ask")
def school_ask_duties(matter: Matter, facts: SchoolAskFacts) -> None:
    if not facts.answered:
        _call(matter, facts)
        _silent(matter, facts)
    if facts.not_asked and facts.not_asked_since:
        _not_asked(matter, facts, facts.not_asked_since)


@computes("school_answer")
def answer_by(asked_on: date, ruleset: Ruleset, calendar: Calendar) -> Decision:
    """The last day on which a school asked on a day is to answer."""
    rule, day = ruleset.governing("school_answer", asked_on, lambda rule: last_day(rule, asked_on, calendar))
    return Decision(day, f"{rule.length} after it was asked.", rule.source_label)


@computes("school_reminder_1", "school_reminder_2")
def reminded_on(asked_on: date, ruleset: Ruleset, calendar: Calendar) -> tuple[date, ...]:
    """The days on which a school asked on a day, and still silent, is reminded."""
    keys = ("school_reminder_1", "school_reminder_2")
    return tuple(ruleset.governing(key, asked_on, lambda rule: last_day(rule, asked_on, calendar))[1] for key in keys)


@computes("school_called")
def _call(matter: Matter, facts: SchoolAskFacts) -> None:
    """At once where there is no e-mail address; else after the day by which it should have answered."""
    asked = local_day(facts.opened_at)
    if facts.called_at is not None:
        begins = local_day(facts.called_at)
        because = f"Called on {day_in_words(begins)} without an answer to the question of the {facts.term}."
    elif facts.reachable:
        begins = answer_by(asked, matter.ruleset, matter.calendar).value
        because = f"Asked on {day_in_words(asked)} to answer by {day_in_words(begins)}; nothing has come."
    else:
        begins = asked
        because = f"There is no e-mail address, so it is asked in a call about the {facts.term}."
    waits = facts.reachable and facts.called_at is None
    rule, due = matter.clock("school_called", begins)
    matter.due(
        rule,
        "school_called",
        f"Call {facts.school}",
        because,
        due=due,
        shows=days_after(begins, 1) if waits else begins,
        topic="education",
    )


@computes("school_silent")
def _silent(matter: Matter, facts: SchoolAskFacts) -> None:
    """Silence does not stay with the team: a manager says what is done about it."""
    asked = local_day(facts.opened_at)
    rule, due = matter.clock("school_silent", asked)
    matter.due(
        rule,
        "school_silent",
        f"Decide what to do: {facts.school} has not answered",
        f"Asked on {day_in_words(asked)} about the {facts.term}; neither the link nor a call brought an answer.",
        due=due,
        shows=days_after(due, -7),
        owner=matter.team("keyworking"),
        topic="education",
    )


@computes("school_not_asked", "school_not_asked_danger")
def _not_asked(matter: Matter, facts: SchoolAskFacts, since: datetime) -> None:
    """Nobody is added without being asked, and nobody is left because the question is hard."""
    begins = local_day(since)
    rule, due = matter.clock("school_not_asked_danger" if facts.danger else "school_not_asked", begins)
    some = "1 young person" if facts.not_asked == 1 else f"{facts.not_asked} young people"
    matter.due(
        rule,
        "school_not_asked",
        f"Talk with {facts.school} about {some} not asked yet",
        f"The school told on {day_in_words(begins)} that it worries about {some} and has not asked them yet."
        + (" It speaks of danger." if facts.danger else ""),
        due=due,
        shows=start_of_day(begins),
        topic="education",
    )


@computes("attendance_low")
def low_attendance(on: date, ruleset: Ruleset) -> Decision:
    """The highest attendance, in percent, that is marked as low on a day."""
    rule = ruleset.in_force("attendance_low", on)
    return Decision(rule.period.number, f"Low is {rule.length} or less.", rule.source_label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldByLinkFacts(MatterFacts):
    """What a school or ward told by its link, until somebody has matched it with a record or put it aside.

    who: the organisation. urgent: it says that it can't wait.
    """

    who: str
    urgent: bool = False


@about("told_by_link")
@computes("change_matched")
def told_by_link_duties(matter: Matter, facts: ToldByLinkFacts) -> None:
    told = local_day(facts.opened_at)
    rule, due = matter.clock("change_matched", told)
    wait = " They say it can't wait." if facts.urgent else ""
    matter.due(
        rule,
        "told_by_link",
        f"Find out whom {facts.who} told us about"[:200],
        f"Told on {day_in_words(told)} that something has changed.{wait}",
        due=due,
        shows=facts.opened_at,
        topic="identity",
    )
