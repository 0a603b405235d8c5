"""How a story is told: who of the cast did what, so many days before today."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from alongside.features.keyworking.contacts.text import MADE, with_words
from alongside.features.keyworking.models import Way
from alongside.features.people.models import Circumstance
from alongside.features.reviews.models import Review
from alongside.foundation.topics import Topic
from alongside.policy.counting import default_calendar
from simulator import history as h
from simulator.identity import nhs_numbers

_CALENDAR = default_calendar()
NUMBERS = [number for number, _ in zip(nhs_numbers(), range(20), strict=False)]
FIRST_STORY = NUMBERS[0]


class Teller:
    """Says what happened so many days before today, by whom of the cast."""

    def __init__(self, now: datetime, members: dict[str, h.Member], icbs: dict[str, tuple[int, str]]) -> None:
        self.now, self.members, self.icbs = now, members, icbs
        self.number = 0

    def day(self, days_ago: int) -> date:
        return (self.now - timedelta(days=days_ago)).date()

    def at(self, days_ago: int, hour: int = 10, minute: int = 0) -> datetime:
        day = self.day(days_ago)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)

    def working_at(self, days_ago: int, hour: int = 10) -> datetime:
        """The same on a working day: the next one, of what is past the one before."""
        step = 1 if days_ago > 0 else -1
        while not _CALENDAR.is_working_day(self.day(days_ago)):
            days_ago += step
        return self.at(days_ago, hour)

    def when(self, days_ago: int, by: str, *steps: h.Step, hour: int = 10, minute: int = 0) -> h.Moment:
        return h.Moment(self.at(days_ago, hour, minute), self.members[by], list(steps))

    def born(self, years: int, days: int = 0) -> date:
        """The birth date of somebody who turned this age so many days ago (fewer than nothing: will turn)."""
        day = self.day(days)
        return date(day.year - years, day.month, min(day.day, 28))

    def person(self, given: str, family: str, born: date | None, **known: Any) -> h.Add:
        empty = {"preferred_name": "", "pronouns": "", "gender": "", "ethnicity": "", "first_language": ""}
        return h.Add(
            empty
            | {"given_name": given, "family_name": family, "birth_date": born, "nhs_number": NUMBERS[self.number]}
            | known
        )

    def yes(self, days_ago: int, basis: str = "parental") -> h.Agree:
        return h.Agree("given", basis, self.day(days_ago), True)

    def enter(self, days_ago: int, reason: str, listing: str = "child") -> h.Enter:
        return h.Enter(listing, self.day(days_ago), reason)

    def allocate(self, worker: str, days_ago: int) -> h.Allocate:
        return h.Allocate(self.members[worker], self.day(days_ago))

    def in_touch(self, worker: str, since: int) -> list[h.Moment]:
        """What a keyworker named so many days ago has written down since: the first contacts, and the last."""
        said = (
            (since - 1, "phone", ["family"], "Introduced myself. They like to be rung after four."),
            (since - 3, "visit", ["young_person", "family"], "First visit. We looked at photos of trains together."),
            (9, "visit", ["young_person"], "Went for a walk. Worried about the new timetable at school."),
            (4, "phone", ["family"], "Mum says the week went better. Rang the school for her."),
        )
        days = dict.fromkeys(days for days, *_ in said if 0 < days < since)
        kept = [next(one for one in said if one[0] == day) for day in sorted(days, reverse=True)]
        return [self.when(days, worker, contact(way, whom, words), hour=14) for days, way, whom, words in kept]

    def life(self, *moments: h.Moment, icb: str = "DEMO") -> h.Life:
        self.number += 1
        return h.Life(self.number, self.icbs[icb][0], "", list(moments))


def fact(
    kind: str, topic: Topic, words: str, /, *, at: datetime | None = None, stay: int = 0, **values: Any
) -> h.Record:
    return h.Record(kind, topic.value, words, values, at, stay)


def circumstance(kind: str, topic: Topic, since: date | None, detail: str = "") -> h.Record:
    words = f"Recorded: {Circumstance.Kind(kind).label}."
    return fact("circumstance", topic, words, kind=kind, from_date=since, detail=detail)


def diagnosis(kind: str, basis: str = "diagnosed") -> h.Record:
    return fact("diagnosis", Topic.HEALTH, f"{kind.replace('_', ' ').capitalize()}: {basis}.", kind=kind, basis=basis)


def belongs(kind: str, topic: Topic, name: str) -> h.Record:
    return fact("belonging", topic, f"{name} was recorded.", kind=kind, name=name)


def relation(name: str, relationship: str, parental: bool = True, **values: Any) -> h.Record:
    return fact(
        "relation",
        Topic.FAMILY,
        f"{relationship} was recorded.",
        name=name,
        relationship=relationship,
        parental_responsibility=parental,
        **values,
    )


def talks(best_way: str, avoid: str, what_helps: str, adjustments: str, contact_by: str = "Text") -> h.Record:
    return fact(
        "communication",
        Topic.COMMUNICATION,
        "How to talk with them was written down.",
        best_way=best_way,
        avoid=avoid,
        what_helps=what_helps,
        adjustments=adjustments,
        contact_by=contact_by,
    )


def says(words: str, how: str = "Said on a visit") -> h.Record:
    return fact("ownwords", Topic.OWN_WORDS, "Their own words were written down.", words=words, said_how=how)


def contact(way: str, with_whom: list[str], outcome: str) -> h.Record:
    found = fact(
        "contact",
        Topic.KEYWORKING,
        f"{MADE[Way(way)]} with {with_words(with_whom)}.",
        way=way,
        with_whom=with_whom,
        outcome=outcome,
        purpose="alongside",
        purpose_guessed=True,
    )
    found.code = "contact.made"
    return found


def review(kind: str, held: datetime, stay: int = 0, outcome: str = "") -> h.Record:
    told = f": {outcome.rstrip('.')}" if outcome else ""
    words = f"{Review.Kind(kind).label} was held{told}."
    found = fact("review", Topic.REVIEW, words, at=held, stay=stay, kind=kind, held_at=held, outcome=outcome)
    found.code = "review.held"
    return found
