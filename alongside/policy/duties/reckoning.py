"""Reckoning: the duties of one person being worked out."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime

from ..agreements import day_of_answer, stands_before_a_yes_without_a_day
from ..counting import (
    Calendar,
    as_utc,
    count,
    days_after,
    end_of_day,
    hours_after,
    last_day_beginning_with,
    local_day,
    start_of_day,
)
from ..facts import AnswerFacts, ConsentFacts, EntryFacts, PersonFacts, StayFacts
from ..joining import HOSPITAL as HOSPITAL
from ..joining import join_stays
from ..rules import Rule, Ruleset
from .duty import Duty, Owner

#: Where a clock starts when nothing at all is known: long ago, so that the duty is late and is seen.
BEGINNING = date(2000, 1, 1)

#: How long before it is due a duty shows: a third of the time there is, within these bounds (days).
SHOWS_AT_LEAST, SHOWS_AT_MOST = 2, 28


class Clocks:
    """Teams, rules, clocks and the duties found so far: what working out needs whatever the duties are about."""

    __slots__ = ("answers", "calendar", "duties", "ruleset", "teams")

    def __init__(self, teams: Mapping[str, int], answers: Iterable[AnswerFacts], ruleset: Ruleset, calendar: Calendar):
        self.teams = teams
        self.ruleset = ruleset
        self.calendar = calendar
        self.duties: list[Duty] = []
        self.answers = {answer.duty_key: answer for answer in answers}

    def team(self, kind: str) -> Owner:
        """The inbox of a kind of team, else the register team, else any team: never nobody."""
        found = self.teams.get(kind)
        if found is None:
            found = self.teams.get("register")
        if found is None:
            found = min(self.teams.values(), default=0)
        return Owner("team", found)

    # Clocks

    def clock(self, key: str, begins: date) -> tuple[Rule, date]:
        """The row that governs a clock begun on a day, and the day it runs out."""
        return self.ruleset.governing(key, begins, lambda rule: last_day(rule, begins, self.calendar))

    def day(self, key: str, begins: date) -> date:
        """The day a clock runs out, for a rule that is always in force."""
        return self.clock(key, begins)[1]

    def cycle(self, stem: str, base: date, answered: Callable[[date], date] | None = None) -> tuple[str, date]:
        """Key and start of the current round of a repeating duty: after each answer a new one begins.

        answered: from the day of an answer to the day the next round counts from; the same day if left out.
        """
        key = f"{stem}:after:{base.isoformat()}"
        while (answer := self.answers.get(key)) is not None:
            after = answer.on or base
            base = max(answered(after) if answered else after, days_after(base, 1))
            if base == date.max:
                break
            key = f"{stem}:after:{base.isoformat()}"
        return key, base

    # Duties

    def add(
        self,
        rule: Rule,
        key: str,
        what: str,
        because: str,
        *,
        due: date | datetime,
        shows: date | datetime,
        owner: Owner,
        doing: str,
        topic: str,
        subject: str,
        subject_id: int,
        breach: date | datetime | None = None,
        ends: date | datetime | None = None,
    ) -> None:
        """Add a duty unless it is answered. A day means its last microsecond, or its first for `shows`."""
        if key in self.answers:
            return
        due_at, timed = (due, True) if isinstance(due, datetime) else (end_of_day(due), False)
        shows_at = shows if isinstance(shows, datetime) else start_of_day(shows)
        self.duties.append(
            Duty(
                key,
                rule.key,
                rule.row,
                what,
                because,
                rule.source_label,
                rule.certainty,
                rule.is_local_default,
                topic,
                shows_at if shows_at < due_at else due_at,
                due_at,
                _moment(breach),
                _moment(ends),
                timed,
                owner,
                doing,
                subject,
                subject_id,
            )
        )


class Reckoning(Clocks):
    """One person's facts, the rules, and the duties found so far. Used once and thrown away.

    facts: with the stays of one spell told as one. stays: each as it was written down.
    """

    __slots__ = ("consent", "facts", "keyworker", "open_entries", "stays")

    def __init__(self, facts: PersonFacts, ruleset: Ruleset, calendar: Calendar):
        super().__init__(facts.teams, facts.answers, ruleset, calendar)
        self.facts = join_stays(facts)
        self.stays = facts.stays
        self.open_entries = [entry for entry in facts.entries if entry.removed_on is None]
        self.consent = latest_consent(facts, "register")
        self.keyworker = self._designated_keyworker()

    def _designated_keyworker(self) -> Owner | None:
        """The designated keyworker; none while agreement to be on the register is open.

        An entry without agreement is seen by the register team only, so nobody else can own its duties.
        What a keyworker who can't open the record would own is owned by the keyworking team: nobody would see it.
        """
        if self.open_entries and (self.consent is None or self.consent.answer != "given"):
            return None
        held = [a for a in self.facts.allocations if a.role == "designated" and a.to_date is None]
        if not held:
            return None
        latest = max(held, key=lambda a: (a.from_date or date.min, a.id))
        return Owner("actor", latest.actor_id) if latest.sees_person else self.team("keyworking")

    def keyworker_or(self, kind: str = "register") -> Owner:
        return self.keyworker or self.team(kind)


def _moment(when: date | datetime | None) -> datetime | None:
    return when if when is None or isinstance(when, datetime) else end_of_day(when)


def last_day(rule: Rule, begins: date, calendar: Calendar) -> date:
    """The last day of a rule's length that begins on a day, counted as the rule says."""
    length = rule.length
    if length is None:
        return begins
    if rule.counting == "beginning_with":
        return last_day_beginning_with(begins, length.number, length.unit)
    return count(length.number, length.unit, begins, calendar)


def last_moment(rule: Rule, begins: datetime) -> datetime:
    """The end of a length given in hours."""
    return hours_after(begins, rule.period.number)


def shows_before(begins: date, due: date) -> date:
    """The day a duty starts to show: a third of its time before it is due, 2 to 28 days."""
    lead = min(SHOWS_AT_MOST, max(SHOWS_AT_LEAST, (due - begins).days // 3))
    return max(begins, days_after(due, -lead))


def latest_consent(facts: PersonFacts, purpose: str) -> ConsentFacts | None:
    """The answer that stands for a purpose, by the order of the ledger (`policy/agreements.py`)."""
    answers = [consent for consent in facts.consents if consent.purpose == purpose]
    if len(answers) < 2:
        return answers[0] if answers else None
    last = max(consent.id for consent in answers)
    weak = any(stands_before_a_yes_without_a_day(c.answer, c.evidenced, c.decided_on) for c in answers)

    def age(consent: ConsentFacts) -> tuple[date, int]:
        # Where it is not known when the last one was recorded, it was recorded after all others.
        recorded = consent.recorded_on or (date.max if consent.id == last else consent.decided_on or date.min)
        return day_of_answer(consent.answer, consent.decided_on, recorded, weak), consent.id

    return max(answers, key=age)


def known_from(entry: EntryFacts) -> date:
    """The first day this register could know of the person: entered, or imported if that is later."""
    days = [entry.entered_on] if entry.entered_on else []
    if entry.imported_at:
        days.append(local_day(entry.imported_at))
    if days:
        return max(days)
    rated = [local_day(rating.rated_at) for rating in entry.ratings if rating.rated_at]
    return min(rated, default=BEGINNING)


def left_at(stay: StayFacts) -> datetime:
    """When a stay ended; ValueError for one that has not."""
    if stay.discharged_at is None:
        raise ValueError("The stay has not ended.")
    return as_utc(stay.discharged_at)


def admitted_at(stay: StayFacts) -> datetime:
    """When a stay began; the earliest moment known of it when the admission has no date."""
    if stay.admitted_at is not None:
        return as_utc(stay.admitted_at)
    known = [as_utc(status.from_at) for status in stay.legal if status.from_at]
    if stay.discharged_at is not None:
        known.append(as_utc(stay.discharged_at))
    return min(known, default=datetime.combine(BEGINNING, datetime.min.time(), UTC))
