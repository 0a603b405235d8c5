"""What is due because somebody is growing up: birthdays, adult services, health checks."""

from datetime import date
from functools import lru_cache

from ..counting import Calendar, birthday, count, day_in_words, days_after, local_day, months_after
from ..facts import CircumstanceFacts
from ..rules import Rule, Ruleset, computes
from .education import education_duties
from .reckoning import Reckoning, known_from, last_day, shows_before
from .stepping_down import was_walked_with

#: What changes at each birthday the radar watches (policy reference, section 8).
BIRTHDAYS = {
    14: "yearly health checks begin and adult needs are first looked at",
    16: "they are presumed able to decide for themselves",
    17: "adult continuing healthcare is decided",
    18: "they move to adult services and to the adult register",
    25: "keyworking ends",
}

ALERTS = ("birthday_alert_12", "birthday_alert_6", "birthday_alert_3")


def transition_duties(r: Reckoning) -> None:
    """For people on a register. What was over before the register knew of them is left out."""
    born = r.facts.birth_date
    begins = known_from(r.open_entries[0])
    education_duties(r, begins)
    if "learning_disability" in r.facts.diagnosis:
        _health_check(r, born, begins)
    if born is None:
        return
    for age in BIRTHDAYS:
        if birthday(born, age) >= begins:
            _birthday(r, born, age, begins)
    _around_18(r, born, begins)
    for circumstance in r.facts.circumstances:
        if circumstance.kind == "continuing_care":
            _continuing_care(r, circumstance, born, begins)


@computes(*ALERTS)
def _birthday(r: Reckoning, born: date, age: int, begins: date) -> None:
    """One alert at a time: each is due when the next begins, the last on the birthday itself.

    An answer to one alert covers all that were due by the day of the answer.
    """
    turns = birthday(born, age)
    person = r.facts.person_id
    covered = days_after(begins, -1)
    for rule, starts_on, due in _alerts_before(turns, r.ruleset, r.calendar):
        key = f"{rule.key}:{age}:person:{person}"
        answer = r.answers.get(key)
        if answer is not None:
            covered = max(covered, answer.on or due)
        if answer is not None or due <= covered:
            continue
        r.add(
            rule,
            key,
            f"Plan for being {age} ({day_in_words(turns)})",
            f"{_ordinal(age)} birthday on {day_in_words(turns)}, when {BIRTHDAYS[age]}; looked at {rule.length} ahead.",
            due=due,
            shows=max(starts_on, begins),
            ends=months_after(turns, 12),
            owner=r.keyworker_or(),
            doing="record_done",
            topic="transition",
            subject="person",
            subject_id=person,
        )
        return


@lru_cache(maxsize=20_000)
def _alerts_before(turns: date, ruleset: Ruleset, calendar: Calendar) -> tuple[tuple[Rule, date, date], ...]:
    """Each alert before a birthday: its rule, the day it begins, the day it is due. Kept: five for everybody."""
    rules = [ruleset.in_force(key, turns) for key in ALERTS]
    starts = [count(-rule.period.number, rule.period.unit, turns, calendar) for rule in rules]
    return tuple(zip(rules, starts, [*starts[1:], turns], strict=True))


def _around_18(r: Reckoning, born: date, begins: date) -> None:
    turns = birthday(born, 18)
    ends = months_after(turns, 12)
    if ends < begins:
        return
    _transition_worker(r, turns, begins)
    if r.keyworker is not None or was_walked_with(r, turns):
        _after_18(r, turns, begins)


@computes("transition_support_before", "transition_support_after")
def _transition_worker(r: Reckoning, turns: date, begins: date) -> None:
    before = r.ruleset.in_force("transition_support_before", turns)
    after = r.ruleset.in_force("transition_support_after", turns)
    starts = count(-before.period.number, before.period.unit, turns, r.calendar)
    until = last_day(after, turns, r.calendar)
    for rule, due, what in (
        (before, starts, "Name the worker who helps with the move to adult services"),
        (after, until, "Check that the worker for the move to adult services stayed"),
    ):
        if due < begins:
            continue
        r.add(
            rule,
            f"{rule.key}:person:{r.facts.person_id}",
            what,
            f"18th birthday on {day_in_words(turns)}; support for the move runs from "
            f"{day_in_words(starts)} to {day_in_words(until)}.",
            due=due,
            shows=max(shows_before(months_after(due, -3), due), begins),
            ends=months_after(turns, 12),
            owner=r.keyworker_or(),
            doing="record_done",
            topic="transition",
            subject="person",
            subject_id=r.facts.person_id,
        )


@computes("after_18_check_1", "after_18_check_2", "after_18_check_3")
def _after_18(r: Reckoning, turns: date, begins: date) -> None:
    """For people with a keyworker, who stays the owner; where theirs ended around the birthday, it is the team's."""
    for number in (1, 2, 3):
        rule, due = r.clock(f"after_18_check_{number}", turns)
        if due < begins:
            continue
        r.add(
            rule,
            f"{rule.key}:person:{r.facts.person_id}",
            "Check how the move to adult services went",
            f"18th birthday on {day_in_words(turns)}; checked {rule.length} after.",
            due=due,
            shows=shows_before(turns, due),
            ends=months_after(turns, 12),
            owner=r.keyworker_or("keyworking"),
            doing="record_done",
            topic="transition",
            subject="person",
            subject_id=r.facts.person_id,
        )


@computes("annual_health_check")
def _health_check(r: Reckoning, born: date | None, begins: date) -> None:
    """Yearly from the 14th birthday, counted from the last one held."""
    eligible = birthday(born, 14) if born is not None else begins
    held = [local_day(v.held_at) for v in r.facts.reviews if v.kind == "annual_health_check" and v.held_at]
    start = max(eligible, *(held or [begins]))
    key, base = r.cycle(f"annual_health_check:person:{r.facts.person_id}", start)
    rule, due = r.clock("annual_health_check", base)
    since = "the last one" if base in held else "this is counted from"
    r.add(
        rule,
        key,
        "Check that the yearly health check happens",
        f"People with a learning disability have one each year from 14; {since} {day_in_words(base)}.",
        due=due,
        shows=shows_before(base, due),
        owner=r.keyworker_or(),
        doing="record_review",
        topic="health",
        subject="person",
        subject_id=r.facts.person_id,
    )


@computes("continuing_care_identify", "continuing_care_refer", "continuing_care_decide")
def _continuing_care(r: Reckoning, circumstance: CircumstanceFacts, born: date, begins: date) -> None:
    """Each step from its birthday until the next birthday but one that matters: 14, 16 and 17."""
    for step, what in (
        ("identify", "Say whether adult continuing healthcare is likely to be needed"),
        ("refer", "Refer for adult continuing healthcare"),
        ("decide", "Ask for the decision on adult continuing healthcare"),
    ):
        rule = r.ruleset.in_force(f"continuing_care_{step}", begins)
        age = rule.period.number
        from_day, due = birthday(born, age), days_after(birthday(born, age + 1), -1)
        if due < begins or (circumstance.to_date is not None and circumstance.to_date < from_day):
            continue
        r.add(
            rule,
            f"{rule.key}:circumstance:{circumstance.id}",
            what,
            f"They have children's continuing care; {_ordinal(age)} birthday on {day_in_words(from_day)}.",
            due=due,
            shows=max(from_day, begins),
            ends=circumstance.to_date,
            owner=r.keyworker_or(),
            doing="record_done",
            topic="health",
            subject="circumstance",
            subject_id=circumstance.id,
        )


def _ordinal(age: int) -> str:
    return f"{age}th"
