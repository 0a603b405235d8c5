"""Leaving hospital: what is due, what a delay counts, who came back. All people are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.policy.counting import default_calendar
from alongside.policy.discharging import (
    BODIES,
    CLOSURES,
    DELAY_REASONS,
    HEADINGS,
    Delay,
    DischargeFacts,
    count_readmissions,
    days_at_home,
    nights,
    nights_by,
)
from alongside.policy.duties.discharging import ward_access_ends
from alongside.policy.rules import Ruleset
from alongside.policy.spells import Time, join_spells
from alongside.policy.tests.building import assert_due, duties, find, moment, on_register, person, rating, stay

KNOWN = DischargeFacts(1)


def inside(**known):
    return person(stays=(stay("2026-06-01 15:00"),), discharge_plan=(replace(KNOWN, **known),))


def outside(**known):
    known.setdefault("written_up", True)
    return on_register(
        rating("red", "2026-07-01 16:00"),
        stays=(stay("2026-06-01", "2026-07-01 15:00"),),
        discharge_plan=(replace(KNOWN, **known),),
    )


def test_planning_is_due_on_the_day_of_admission_until_somebody_begins_it():
    assert_due(find(inside(), "discharge_planning"), "2026-06-01")
    assert find(inside(planned=True), "discharge_planning") is None


def test_a_date_is_due_within_ten_working_days_of_admission():
    duty = find(inside(), "discharge_date:")
    assert_due(duty, "2026-06-15")
    assert duty.doing == "open_discharge_plan" and duty.local_default


def test_no_date_is_asked_again_after_two_weeks():
    assert_due(find(inside(said_on=date(2026, 6, 10)), "discharge_date_again"), "2026-06-24")
    assert find(inside(said_on=date(2026, 6, 10)), "discharge_date:") is None


def test_the_day_that_was_expected_asks_what_happened():
    facts = inside(said_on=date(2026, 6, 10), expected_on=date(2026, 7, 10))
    assert_due(find(facts, "discharge_date_passed"), "2026-07-10")
    moved = inside(said_on=date(2026, 7, 9), expected_on=date(2026, 7, 20))
    assert_due(find(moved, "discharge_date_passed"), "2026-07-20")


def test_ready_without_a_reason_is_due_on_the_next_working_day():
    duty = find(inside(ready_from=date(2026, 6, 19)), "delay_reason")
    assert_due(duty, "2026-06-22")
    assert duty.owner == ("team", 4)
    assert find(inside(ready_from=date(2026, 6, 19), reason="10"), "delay_reason") is None


def test_the_root_cause_is_looked_into_once_and_its_change_is_due_on_its_own_day():
    assert find(inside(), "root_cause:")
    assert find(inside(root_cause=True), "root_cause:") is None
    assert_due(find(inside(root_cause=True, change_due_on=date(2026, 9, 1)), "root_cause_change"), "2026-09-01")


def test_after_a_discharge_where_to_and_whom_to_ring_is_due_on_the_next_working_day():
    assert_due(find(outside(written_up=False), "leaving_written_up"), "2026-07-02")
    assert find(outside(), "leaving_written_up") is None
    assert find(outside(), "discharge_date") is None, "whoever left needs no date"


@pytest.mark.parametrize(
    ("contact", "left"),
    [
        ("2026-07-01 15:00", {2, 3}),
        ("2026-07-03 15:00", {2, 3}),
        ("2026-07-03 15:01", {3}),
        ("2026-07-08 23:59", {3}),
        ("2026-07-09 00:00", set()),
    ],
)
def test_a_logged_contact_answers_the_rounds_by_itself(contact, left):
    found = duties(outside(contact_at=moment(contact)))
    assert {number for number in (1, 2, 3) if f"discharge_contact_{number}:stay:1" in found} == left
    assert {number for number in (1, 2, 3) if f"discharge_contact_missed:{number}:stay:1" in found} == left


def test_a_missed_first_contact_is_the_teams_from_that_moment_for_the_same_day():
    duty = find(outside(), "discharge_contact_missed:1")
    assert not duty.is_showing(moment("2026-07-03 14:59"))
    assert duty.is_showing(moment("2026-07-03 15:00"))
    assert duty.owner == ("team", 2)
    assert_due(duty, "2026-07-03")


def test_a_contact_that_is_not_due_yet_is_nowhere_told_as_missed():
    found = [find(outside(), f"discharge_contact_missed:{number}") for number in (1, 2, 3)]
    assert [duty.because.split("; ")[1] for duty in found] == [
        "contact 1 is due by 3 July 2026 at 3:00pm. If nobody has made it by then, the keyworking team sees to it.",
        "contact 2 is due by 8 July 2026. If nobody has made it by then, the keyworking team sees to it.",
        "contact 3 is due by 15 July 2026. If nobody has made it by then, the keyworking team sees to it.",
    ]
    assert all(duty.what.endswith("is made at once, if it was missed") for duty in found)


def test_a_round_that_is_due_to_the_end_of_a_day_is_missed_on_the_next():
    duty = find(outside(), "discharge_contact_missed:2")
    assert not duty.is_showing(moment("2026-07-08 23:59"))
    assert duty.is_showing(moment("2026-07-09 00:00"))
    assert_due(duty, "2026-07-09")


def test_back_in_hospital_is_looked_back_on_once():
    stays = (stay("2026-06-01", "2026-07-01"), stay("2026-07-31", id=2))
    known = (replace(KNOWN, written_up=True), DischargeFacts(2))
    assert find(person(stays=stays, discharge_plan=known), "readmission").doing == "open_look_back"
    looked = (known[0], replace(known[1], looked_back=True))
    assert find(person(stays=stays, discharge_plan=looked), "readmission") is None


def test_the_hospitals_access_ends_thirty_days_on_at_the_same_hour():
    left = datetime(2026, 3, 9, 14, tzinfo=UTC)
    assert ward_access_ends(left, Ruleset.build("DEMO"), default_calendar()) == datetime(2026, 4, 8, 13, tzinfo=UTC)


# What a delay counts


def test_a_night_belongs_to_the_day_on_which_it_begins():
    ready = Delay(date(2026, 3, 2), date(2026, 3, 9), "10", "07")
    assert nights(ready, date(2026, 3, 2)) == 0
    assert nights(ready, date(2026, 3, 3)) == 1
    assert nights(ready, date(2026, 3, 9)) == 7
    assert nights(ready, date(2026, 4, 1)) == 7


def test_nights_before_the_time_asked_for_are_left_out():
    still = Delay(date(2026, 3, 2), None)
    assert nights(still, date(2026, 3, 9), since=date(2026, 3, 5)) == 4
    assert nights(still, date(2026, 3, 9), since=date(2026, 3, 10)) == 0


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(DAYS, min_size=2, max_size=8, unique=True).map(sorted), st.data())
def test_the_sum_by_cause_and_body_is_the_nights_from_first_to_last(days, data):
    """Causes that follow each other in one stay: whatever they are, each night counts once."""
    causes = st.tuples(st.sampled_from(sorted(DELAY_REASONS)), st.sampled_from(sorted(BODIES)))
    delays = [Delay(a, b, *data.draw(causes)) for a, b in zip(days, days[1:], strict=False)]
    counted = nights_by(delays, date(2027, 1, 1))
    assert sum(counted.values()) == (days[-1] - days[0]).days


# Who came back


def test_coming_back_on_the_last_day_counts_and_on_the_next_does_not():
    left, as_at = date(2026, 3, 9), date(2026, 12, 31)
    for back, expected in ((date(2026, 4, 8), [1, 1, 1]), (date(2026, 4, 9), [0, 1, 1]), (date(2026, 9, 6), [0, 0, 0])):
        stays = [Time(1, date(2026, 1, 12), left), Time(2, back)]
        counted = count_readmissions([join_spells(stays)], since=date(2026, 1, 1), as_at=as_at)
        assert [one.back for one in counted] == expected, back
        assert [one.left for one in counted] == [1, 1, 1]


def test_a_discharge_counts_only_once_the_whole_time_has_passed():
    stays = [Time(1, date(2026, 1, 12), date(2026, 3, 9))]
    for as_at, expected in (
        (date(2026, 4, 7), [0, 0, 0]),
        (date(2026, 4, 8), [1, 0, 0]),
        (date(2026, 9, 5), [1, 1, 1]),
    ):
        counted = count_readmissions([join_spells(stays)], since=date(2026, 1, 1), as_at=as_at)
        assert [one.left for one in counted] == expected, as_at


def test_another_persons_admission_and_a_transfer_are_nobodys_return():
    people = [[Time(1, date(2026, 1, 12), date(2026, 3, 9)), Time(3, date(2026, 3, 9))], [Time(2, date(2026, 3, 20))]]
    counted = count_readmissions(map(join_spells, people), since=date(2026, 1, 1), as_at=date(2026, 12, 31))
    assert [(one.left, one.back) for one in counted] == [(0, 0)] * 3, "a transfer is no discharge either"


def test_who_went_home_and_was_back_the_same_day_came_back():
    stays = [Time(1, date(2026, 1, 12), date(2026, 3, 9), "family_home"), Time(2, date(2026, 3, 9))]
    counted = count_readmissions([join_spells(stays)], since=date(2026, 1, 1), as_at=date(2026, 12, 31))
    assert [(one.left, one.back) for one in counted] == [(1, 1)] * 3


def test_days_without_going_back():
    left = date(2026, 3, 9)
    assert days_at_home(left, None, date(2026, 9, 14)) == 189
    assert days_at_home(left, date(2026, 3, 19), date(2026, 9, 14)) == 10
    assert days_at_home(left, date(2026, 10, 1), date(2026, 9, 14)) == 189, "what is still to come is not known"


def test_the_lists_are_whole():
    assert len(HEADINGS) == 12 and list(BODIES) == ["04", "05", "06", "07"] and len(CLOSURES) == 16
    assert [code for code in DELAY_REASONS if code != "98"] == [f"{number:02}" for number in range(1, 38)]
