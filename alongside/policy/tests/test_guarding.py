"""Openings, restrictions, requests and disposals: both sides of each number."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from alongside.policy.counting import local_day
from alongside.policy.duties import Duty, matter_duties, opening_ends
from alongside.policy.tests.building import CALENDAR, GUARDING, RULES, TEAMS, moment

REVIEW, TOLD, RESTRICTED, ASKED, COMPLEX, CHECKED, DISPOSAL = GUARDING


def only(facts: object, **changes: object) -> Duty:
    (duty,) = matter_duties(replace(facts, **changes), RULES, CALENDAR, TEAMS)  # type: ignore[type-var, arg-type]
    return duty


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        pytest.param("2026-03-07 19:20", date(2026, 3, 9), id="Saturday night: Monday"),
        pytest.param("2026-03-06 19:20", date(2026, 3, 9), id="Friday night: Monday"),
        pytest.param("2026-03-05 08:00", date(2026, 3, 6), id="Thursday morning: Friday"),
        pytest.param("2026-04-02 19:20", date(2026, 4, 7), id="before Easter: the Tuesday after"),
    ],
)
def test_an_opening_is_looked_at_on_the_next_working_day(opened: str, due: date) -> None:
    duty = only(REVIEW, opened_at=moment(opened))
    assert local_day(duty.due) == due and duty.owner.id == TEAMS["keyworking"]


def test_an_opening_that_was_looked_at_leaves_the_family_to_be_told() -> None:
    assert (only(TOLD).rule_key, local_day(only(TOLD).due)) == ("break_glass_told", date(2026, 6, 16))


def test_twelve_hours_cross_the_night_in_which_the_clocks_change() -> None:
    ends: datetime = opening_ends(moment("2026-10-24 19:20"), RULES).value
    assert ends == moment("2026-10-25 06:20")
    assert opening_ends(moment("2026-03-07 19:20"), RULES).value == moment("2026-03-08 07:20")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        pytest.param(date(2026, 6, 1), date(2026, 7, 1), id="a month"),
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), id="the last day of a short month"),
    ],
)
def test_a_request_for_a_record_is_answered_within_a_month(received: date, due: date) -> None:
    duty = only(ASKED, received_on=received)
    assert local_day(duty.due) == due and duty.breach == duty.due


def test_a_complex_request_has_three_months_from_the_day_it_came_in() -> None:
    assert local_day(only(COMPLEX, received_on=date(2025, 11, 30)).due) == date(2026, 2, 28)


def test_a_restriction_is_looked_at_again_on_the_day_that_was_chosen() -> None:
    assert local_day(only(RESTRICTED).due) == date(2027, 6, 1)


def test_nothing_is_due_about_what_is_closed() -> None:
    for facts in GUARDING:
        assert matter_duties(replace(facts, closed_at=moment("2026-06-03")), RULES, CALENDAR, TEAMS) == ()


def test_a_checked_pack_is_the_second_persons_work_and_due_before_the_answer() -> None:
    late = replace(CHECKED, checked_at=moment("2026-06-29"))
    answer, look = sorted(matter_duties(late, RULES, CALENDAR, TEAMS), key=lambda duty: duty.key)
    assert look.owner.id == 71 and "approve" in look.what and "1 July 2026" in look.because
    assert local_day(look.due) == local_day(answer.due) == date(2026, 7, 1)
    early = matter_duties(CHECKED, RULES, CALENDAR, TEAMS)[0]
    assert early.owner.id == 71 and local_day(early.due) == date(2026, 6, 17)
    gone = matter_duties(replace(CHECKED, second=None), RULES, CALENDAR, TEAMS)[0]
    assert gone.owner.id == TEAMS["register"]
