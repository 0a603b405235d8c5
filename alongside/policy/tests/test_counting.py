from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy import counting
from alongside.policy.tests.building import CALENDAR, moment

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def test_days_beginning_with_a_day_count_it_as_day_one():
    assert counting.last_day_beginning_with(date(2026, 6, 1), 14) == date(2026, 6, 14)
    assert counting.last_day_beginning_with(date(2026, 6, 1), 28) == date(2026, 6, 28)
    assert counting.last_day_beginning_with(date(2026, 6, 1), 1) == date(2026, 6, 1)


def test_months_beginning_with_a_day_end_the_day_before_the_same_number():
    assert counting.last_day_beginning_with(date(2026, 1, 15), 6, "months") == date(2026, 7, 14)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-15", 3, "2026-04-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-01-01", -1, "2025-12-01"),
    ],
)
def test_months_keep_the_day_number_or_take_the_last_day(start, months, end):
    assert counting.months_after(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_weeks_start_from_day_zero():
    assert counting.weeks_after(date(2026, 6, 1), 2) == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-06-01", 5, "2026-06-08"),
        ("2026-04-02", 1, "2026-04-07"),  # over Good Friday and Easter Monday
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day on a Saturday is kept on Monday
        ("2026-06-06", 1, "2026-06-08"),  # from a Saturday
        ("2026-06-08", -1, "2026-06-05"),
        ("2022-09-16", 1, "2022-09-20"),  # a one-off bank holiday
        ("2026-06-06", 0, "2026-06-08"),
        ("2026-06-08", 0, "2026-06-08"),
    ],
)
def test_working_days_skip_weekends_and_bank_holidays(start, number, end):
    found = counting.working_days_after(date.fromisoformat(start), number, CALENDAR)
    assert found == date.fromisoformat(end)


def test_a_bank_holiday_that_is_not_in_the_calendar_is_a_working_day():
    assert counting.working_days_after(date(2026, 4, 2), 1, counting.Calendar()) == date(2026, 4, 3)


def test_bank_holidays_are_those_of_england():
    holidays = CALENDAR.holidays
    assert date(2026, 8, 31) in holidays
    assert date(2026, 1, 2) not in holidays  # Scotland
    assert date(2026, 3, 17) not in holidays  # Northern Ireland
    assert {2005, 2045} <= {day.year for day in holidays}


def test_every_so_many_months_runs_from_the_day_it_was_held():
    assert counting.every_months(date(2026, 2, 20), 3) == date(2026, 5, 20)


def test_fixed_windows_are_anchored_on_the_first_meeting():
    first = date(2026, 3, 10)
    assert counting.fixed_window(first, 12, 1) == (date(2026, 3, 10), date(2027, 3, 9))
    assert counting.fixed_window(first, 12, 2) == (date(2027, 3, 10), date(2028, 3, 9))


def test_a_late_meeting_does_not_move_the_next_window():
    first = date(2026, 3, 10)
    assert counting.first_empty_window(first, 12, [])[1] == date(2027, 3, 9)
    assert counting.first_empty_window(first, 12, [date(2027, 3, 9)])[1] == date(2028, 3, 9)
    assert counting.first_empty_window(first, 12, [date(2027, 3, 10)])[1] == date(2027, 3, 9)


def test_working_hours_are_working_days_at_the_same_time():
    friday = moment("2026-06-05 15:30")
    assert counting.working_hours_after(friday, 48, CALENDAR) == moment("2026-06-09 15:30")
    assert counting.working_hours_after(friday, 24, CALENDAR) == moment("2026-06-08 15:30")


def test_working_hours_keep_the_time_when_the_clocks_change():
    friday = moment("2026-03-27 09:00")
    assert counting.working_hours_after(friday, 24, CALENDAR) == moment("2026-03-30 09:00")


def test_working_hours_left_over_do_not_end_on_a_day_off():
    friday = moment("2026-06-05 20:00")
    assert counting.working_hours_after(friday, 12, CALENDAR) == moment("2026-06-08 08:00")


def test_hours_are_elapsed_hours():
    before = moment("2026-03-28 12:00")
    assert counting.hours_after(before, 24) == moment("2026-03-29 13:00")


def test_school_days_follow_the_terms():
    terms = ((date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)))
    found = counting.school_days_after(date(2026, 10, 22), 2, CALENDAR, terms)
    assert found == counting.Counted(date(2026, 11, 2))


def test_school_days_without_terms_are_working_days_and_say_so():
    found = counting.school_days_after(date(2026, 10, 22), 2, CALENDAR)
    assert found.day == date(2026, 10, 26)
    assert "working days" in found.note


def test_school_days_beyond_the_known_terms_are_working_days_and_say_so():
    terms = ((date(2026, 9, 2), date(2026, 10, 23)),)
    found = counting.school_days_after(date(2026, 10, 22), 2, CALENDAR, terms)
    assert found.day == date(2026, 10, 26)
    assert found.note


def test_a_day_ends_in_english_time():
    assert counting.end_of_day(date(2026, 1, 5)) == datetime(2026, 1, 5, 23, 59, 59, 999999, UTC)
    assert counting.end_of_day(date(2026, 7, 5)) == datetime(2026, 7, 5, 22, 59, 59, 999999, UTC)


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_days_on_which_the_clocks_change_follow_on_without_a_gap(change):
    assert counting.end_of_day(change) + timedelta(microseconds=1) == counting.start_of_day(change + timedelta(days=1))


def test_a_moment_late_in_a_summer_evening_belongs_to_the_next_day_in_england():
    assert counting.local_day(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == date(2026, 7, 6)
    assert counting.local_day(datetime(2026, 1, 5, 23, 30, tzinfo=UTC)) == date(2026, 1, 5)


def test_a_moment_without_a_time_zone_is_read_as_utc():
    assert counting.local_day(datetime(2026, 7, 5, 23, 30)) == date(2026, 7, 6)


def test_moments_are_shown_in_english_time():
    assert counting.moment_in_words(datetime(2026, 6, 4, 14, 5, tzinfo=UTC)) == "4 June 2026 at 3:05pm"
    assert counting.moment_in_words(datetime(2026, 1, 4, 0, 5, tzinfo=UTC)) == "4 January 2026 at 12:05am"


def test_birthdays():
    assert counting.birthday(date(2008, 6, 1), 18) == date(2026, 6, 1)
    assert counting.birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert counting.birthday(date(2008, 2, 29), 16) == date(2024, 2, 29)


def test_age_on_both_sides_of_a_birthday():
    assert counting.age_on(date(2008, 6, 1), date(2026, 5, 31)) == 17
    assert counting.age_on(date(2008, 6, 1), date(2026, 6, 1)) == 18
    assert counting.age_on(date(2008, 6, 1), date(2008, 5, 31)) == -1


def test_the_school_year_turns_on_the_first_of_september():
    year_9 = (date(2025, 9, 1), date(2026, 8, 31))
    assert counting.school_year_turning(date(2012, 8, 31), 14) == year_9
    assert counting.school_year_turning(date(2011, 9, 1), 14) == year_9
    assert counting.school_year_turning(date(2012, 9, 1), 14)[0] == date(2026, 9, 1)


@given(DAYS, st.integers(1, 60))
def test_working_days_always_land_on_a_working_day_and_come_back(day, number):
    found = counting.working_days_after(day, number, CALENDAR)
    assert CALENDAR.is_working_day(found)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(CALENDAR.is_working_day(each) for each in between) == number


@given(DAYS, st.integers(-240, 240))
def test_months_land_in_the_right_month_and_never_later_in_it(day, months):
    found = counting.months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day


@given(DAYS)
def test_every_day_is_covered_once(day):
    assert counting.local_day(counting.start_of_day(day)) == day
    assert counting.local_day(counting.end_of_day(day)) == day
    assert counting.local_day(counting.end_of_day(day) + timedelta(microseconds=1)) > day


@given(st.dates(), st.integers(-100_000, 100_000))
def test_the_ends_of_the_calendar_do_not_fail(day, number):
    counting.days_after(day, number)
    counting.months_after(day, number)
    counting.end_of_day(day)
    counting.start_of_day(day)


def test_the_same_holidays_have_the_same_digest():
    one = counting.Calendar(frozenset({date(2026, 1, 1), date(2026, 12, 25)}))
    same = counting.Calendar(frozenset({date(2026, 12, 25), date(2026, 1, 1)}))
    assert one.digest() == same.digest()
    assert one.digest() != counting.Calendar(frozenset({date(2026, 1, 1)})).digest()


def test_every_way_of_counting_has_words():
    assert all(words.endswith(".") for words in counting.COUNTING.values())
