"""What a family told us is looked at: 2 working days, 1 where it can't wait; until it is answered."""

from datetime import date

import pytest

from alongside.policy.counting import default_calendar, local_day
from alongside.policy.duties import duties_for
from alongside.policy.facts import ToldFacts
from alongside.policy.rules import Ruleset
from alongside.policy.tests.building import KEYWORKER, moment, person

RULES = Ruleset.build("DEMO")


def told_duty(**known):
    values = {"urgent": False, "told_as": "Their mother", "at": moment("2026-11-20")} | known
    told = ToldFacts(id=7, kind="School or college", topic="education", **values)
    facts = person(told=(told,), allocations=(KEYWORKER,))
    (duty,) = [d for d in duties_for(facts, RULES, default_calendar()) if d.doing == "answer_told"]
    return duty


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


def test_it_is_the_keyworkers():
    assert told_duty().owner.id == KEYWORKER.actor_id


def test_nothing_is_due_once_it_is_answered():
    assert not [d for d in duties_for(person(), RULES, default_calendar()) if d.doing == "answer_told"]
