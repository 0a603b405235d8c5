"""What a family told us is looked at: 2 working days, 1 where it can't wait; until it is answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.policy.counting import default_calendar, end_of_day, local_day
from alongside.policy.duties import duties_for, who_told
from alongside.policy.facts import AllocationFacts, ToldFacts
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import KEYWORKER, moment, person

RULES = Ruleset.build("DEMO")


def told_duty(**known):
    values = {"urgent": False, "told_as": "Their mother", "at": moment("2026-11-20")} | known
    told = ToldFacts(id=7, kind="School or college", topic="education", **values)
    return told_duties(told)[0]


def told_duties(told, *allocations):
    """What is due about it, the keyworker's own first."""
    facts = person(told=(told,), allocations=(KEYWORKER, *allocations))
    found = [d for d in duties_for(facts, RULES, default_calendar()) if d.doing == "answer_told"]
    return sorted(found, key=lambda duty: len(duty.key))


@pytest.mark.parametrize(
    ("told_on", "urgent", "due"),
    [
        ("2026-11-20", False, date(2026, 11, 24)),  # a Friday
        ("2026-11-20", True, date(2026, 11, 23)),
        ("2026-11-16", False, date(2026, 11, 18)),  # a Monday
        ("2026-12-24", True, date(2026, 12, 29)),  # Christmas Day and Boxing Day's substitute lie between
    ],
)
def test_it_is_due_in_working_days(told_on, urgent, due):
    assert local_day(told_duty(at=moment(told_on), urgent=urgent).due) == due


def test_it_says_who_told_us_what_about_and_whether_it_can_wait():
    duty = told_duty()
    assert duty.what == "Look at what their mother told us"
    assert duty.because == "Told on 20 November 2026: school or college."
    assert told_duty(urgent=True).because.endswith("They say it can't wait.")
    assert duty.topic == "education" and duty.certainty == "P" and duty.local_default


@pytest.mark.parametrize(
    ("told_as", "said"),
    [("Their mother", "their mother"), ("The young person", "the young person"), ("Hill School", "Hill School")]
    + [("Theo Reed, SENCO", "Theo Reed, SENCO")],
)
def test_a_name_keeps_its_capital(told_as: str, said: str):
    assert who_told(told_as) == said


def test_it_is_the_keyworkers():
    assert told_duty().owner.id == KEYWORKER.actor_id


def test_nothing_is_due_once_it_is_answered():
    assert not [d for d in duties_for(person(), RULES, default_calendar()) if d.doing == "answer_told"]


URGENT = ToldFacts(7, "Health", "health", "Their mother", datetime(2026, 11, 20, 10, 0, tzinfo=UTC), True)  # a Friday


def test_what_cannot_wait_is_the_teams_as_well_after_four_hours():
    own, teams = told_duties(URGENT)
    assert own.owner.id == KEYWORKER.actor_id and own.shows_from == URGENT.at
    assert (teams.owner.kind, teams.shows_from) == ("team", URGENT.at + timedelta(hours=4))
    assert teams.due == own.due and teams.local_default and "within 4 working hours" in teams.because


def test_over_a_weekend_the_hours_wait_for_monday():
    (_, teams) = told_duties(replace(URGENT, at=datetime(2026, 11, 20, 22, 0, tzinfo=UTC)))
    assert local_day(teams.shows_from) == date(2026, 11, 23)


def test_what_can_wait_is_the_keyworkers_alone():
    assert len(told_duties(replace(URGENT, urgent=False))) == 1


@pytest.mark.parametrize(
    ("from_date", "to_date", "stands_in"),
    [
        (date(2026, 11, 18), None, True),
        (date(2026, 11, 18), date(2026, 11, 20), True),
        (date(2026, 11, 18), date(2026, 11, 19), False),
    ],
)
def test_whoever_stands_in_has_it_at_once(from_date, to_date, stands_in):
    cover = AllocationFacts(9, 55, "cover", from_date, to_date)
    found = [duty for duty in told_duties(URGENT, cover) if duty.owner.id == 55]
    assert bool(found) is stands_in
    if found:
        assert found[0].shows_from == URGENT.at
        assert found[0].ends_at == (end_of_day(to_date) if to_date else None)


def test_cover_that_begins_later_shows_from_its_first_day():
    cover = AllocationFacts(9, 55, "cover", date(2026, 11, 21), None)
    (found,) = [duty for duty in told_duties(URGENT, cover) if duty.owner.id == 55]
    assert local_day(found.shows_from) == date(2026, 11, 21)


def test_who_cannot_open_the_record_stands_in_for_nobody():
    cover = AllocationFacts(9, 55, "cover", date(2026, 11, 18), None, sees_person=False)
    assert not [duty for duty in told_duties(URGENT, cover) if duty.owner.id == 55]
