"""The national record of inpatients: entered as soon as known, and counted by Sunday and by the end of the month."""

from datetime import date

import pytest

from alongside.policy.counting import end_of_day
from alongside.policy.discharging import DischargeFacts
from alongside.policy.duties.returns import monthly_cut, next_cut, weekly_cut
from alongside.policy.tests.building import answered, assert_due, find, legal, person, stay


@pytest.mark.parametrize(
    ("day", "sunday"),
    [("2026-06-01", "2026-06-07"), ("2026-06-07", "2026-06-07"), ("2026-06-08", "2026-06-14")],
)
def test_a_week_closes_on_sunday_at_midnight(day, sunday):
    assert weekly_cut(date.fromisoformat(day)) == date.fromisoformat(sunday)


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-06-30", "2026-06-30"), ("2026-07-01", "2026-07-31"), ("2028-02-28", "2028-02-29")],
)
def test_a_month_closes_on_its_last_day_at_midnight(day, last):
    assert monthly_cut(date.fromisoformat(day)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("day", "first"),
    [("2026-06-28", "2026-06-28"), ("2026-06-29", "2026-06-30"), ("2026-07-01", "2026-07-05")],
)
def test_whichever_closes_first_counts(day, first):
    assert next_cut(date.fromisoformat(day)) == date.fromisoformat(first)


def test_an_admission_is_entered_by_the_next_working_day_and_broken_when_the_week_closes():
    duty = find(person(stays=(stay("2026-06-05"),)), "return_update")
    assert_due(duty, "2026-06-08")
    assert duty.breach == end_of_day(date(2026, 6, 14))
    assert "14 June 2026, midnight" in duty.because


def test_what_was_entered_is_not_asked_again_until_something_changes():
    there = person(stays=(stay("2026-06-01"),))
    entered = answered(there, find(there, "return_update").key, "2026-06-02")
    assert find(entered, "return_update") is None
    said = DischargeFacts(1, said_on=date(2026, 6, 10))
    for more in (
        {"stays": (stay("2026-06-01", legal=(legal("s3", "2026-06-10"),)),)},
        {"stays": (stay("2026-06-01"),), "discharge_plan": (said,)},
        {"stays": (stay("2026-06-01", "2026-06-10"),)},
    ):
        changed = person(answers=entered.answers, **more)
        assert_due(find(changed, "return_update"), "2026-06-11")


def test_a_second_change_does_not_make_the_first_one_less_late():
    duty = find(person(stays=(stay("2026-06-01", legal=(legal("s3", "2026-06-10"),)),)), "return_update")
    assert_due(duty, "2026-06-02")
    assert duty.key.endswith("of:2026-06-10"), "and one answer says that both are entered"


def test_three_months_after_somebody_left_it_stops():
    gone = find(person(stays=(stay("2026-06-01", "2026-06-10"),)), "return_update")
    assert gone.ends_at == end_of_day(date(2026, 9, 10))
    assert find(person(stays=(stay("2026-06-01"),)), "return_update").ends_at is None


def test_other_places_have_no_such_record():
    assert find(person(stays=(stay("2026-06-01", kind="residential_school"),)), "return_update") is None
