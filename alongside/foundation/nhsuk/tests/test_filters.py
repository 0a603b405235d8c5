"""How dates, counts and numbers read on a page."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.foundation.nhsuk.filters import (
    clock_time,
    day,
    day_short,
    days_ago,
    dialled,
    figure,
    moment,
    nhs_number,
    often,
    options,
    plural,
    until,
)

TODAY = date(2026, 1, 12)


def test_a_day_is_written_in_full():
    assert day(date(2026, 1, 12)) == "12 January 2026"
    assert day_short(date(2026, 9, 1)) == "1 Sep 2026"


@pytest.mark.parametrize(("hours", "words"), [(1, "1am tomorrow"), (-1, "11pm"), (24, "midnight on 14 January 2026")])
def test_when_something_near_ends(hours, words):
    assert until(datetime(2026, 1, 13, tzinfo=UTC) + timedelta(hours=hours), TODAY) == words


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("01632 960111", "01632960111"),
        ("+44 (0)1632 960111 ext. 41", "+441632960111"),
        ("(01632) 960-111, bleep 12", "01632960111"),
        ("ask for the ward", ""),
    ],
)
def test_a_number_is_dialled_without_what_stands_behind_it(typed, number):
    assert dialled(typed) == number


def test_a_day_that_is_not_known_is_nothing():
    assert day(None) == day_short(None) == moment(None) == days_ago(None, TODAY) == ""


def test_the_day_of_a_moment_is_the_day_in_england():
    just_before_midnight_utc = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert day(just_before_midnight_utc) == "2 July 2026"
    assert moment(just_before_midnight_utc) == "2 July 2026 at 12:30am"


def test_a_moment_says_the_time_in_england_in_winter_and_in_summer():
    assert moment(datetime(2026, 1, 12, 15, 5, tzinfo=UTC)) == "12 January 2026 at 3:05pm"
    assert moment(datetime(2026, 6, 12, 15, 5, tzinfo=UTC)) == "12 June 2026 at 4:05pm"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "midnight"), (0, 1, "12:01am"), (9, 0, "9am"), (12, 0, "midday"), (12, 1, "12:01pm"), (23, 59, "11:59pm")],
)
def test_times_are_written_as_the_nhs_writes_them(hour, minute, words):
    assert clock_time(datetime(2026, 1, 12, hour, minute, tzinfo=UTC)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 1, 12), "today"),
        (date(2026, 1, 11), "yesterday"),
        (date(2026, 1, 10), "2 days ago"),
        (date(2026, 1, 13), "tomorrow"),
        (date(2026, 1, 14), "in 2 days"),
        (date(2022, 1, 12), "1,461 days ago"),
        (datetime(2026, 1, 11, 23, 59, tzinfo=UTC), "yesterday"),
    ],
)
def test_days_are_counted_from_the_day_of_the_page(value, words):
    assert days_ago(value, TODAY) == words


def test_an_nhs_number_is_spaced_as_printed():
    assert nhs_number("9991234567") == nhs_number(9991234567) == nhs_number("999 123 4567") == "999 123 4567"


def test_what_is_not_an_nhs_number_is_shown_as_it_stands():
    assert nhs_number("999123456") == "999123456"
    assert nhs_number("99912345678") == "99912345678"
    assert nhs_number("not known") == "not known"
    assert nhs_number(None) == ""


def test_counts_agree_with_their_noun():
    assert plural(1, "person", "people") == "1 person"
    assert plural(0, "person", "people") == "0 people"
    assert plural(1204, "day") == "1,204 days"


def test_how_often_reads_as_people_say_it():
    assert [often(count) for count in (1, 2, 1204)] == ["once", "2 times", "1,204 times"]


def test_options_are_escaped_and_one_is_chosen():
    shown = options([("", "Anybody"), (7, 'O\'Neill & "Sons"<b>')], 7)
    assert shown == (
        '<option value="">Anybody</option>\n'
        '<option value="7" selected>O&#x27;Neill &amp; &quot;Sons&quot;&lt;b&gt;</option>'
    )


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (999, "999"), (1000, "1,000"), (10464, "10,464"), ("fewer than 5", "fewer than 5")]
)
def test_a_count_of_a_thousand_or_more_has_a_comma(value, shown):
    assert figure(value) == shown
