import pytest

from alongside.policy.tests.building import (
    after,
    assert_due,
    duties,
    find,
    moment,
    on_register,
    person,
    rating,
    review,
    stay,
)


def left_hospital(*reviews, **more):
    return on_register(
        rating("red", "2026-07-01 16:00"), stays=(stay("2026-06-01", "2026-07-01 15:00"),), reviews=reviews, **more
    )


def test_the_first_contact_has_a_target_of_48_and_a_limit_of_72_hours():
    duty = find(left_hospital(), "discharge_contact_1")
    assert duty.due == moment("2026-07-03 15:00")
    assert duty.breach == moment("2026-07-04 15:00")
    assert not duty.is_late(duty.due)
    assert duty.is_late(after(duty.due))


def test_the_three_contacts_read_apart():
    found = duties(left_hospital())
    assert [found[f"discharge_contact_{number}:stay:1"].what for number in (1, 2, 3)] == [
        "Make the first contact after the discharge, within 48 hours",
        "Make contact within 7 days of the discharge",
        "Make contact within 14 days of the discharge",
    ]


def test_the_second_and_third_contacts_are_due_on_days_7_and_14():
    assert_due(find(left_hospital(), "discharge_contact_2"), "2026-07-08")
    assert_due(find(left_hospital(), "discharge_contact_3"), "2026-07-15")


@pytest.mark.parametrize(
    ("made", "left"),
    [
        ("2026-07-01 14:59", {1, 2, 3}),
        ("2026-07-01 15:00", {2, 3}),
        ("2026-07-03 15:00", {2, 3}),
        ("2026-07-03 15:01", {3}),
        ("2026-07-08 23:59", {3}),
        ("2026-07-09 00:00", set()),
    ],
)
def test_a_contact_counts_for_its_own_round_and_those_before(made, left):
    found = duties(left_hospital(review("discharge_contact", made)))
    assert {number for number in (1, 2, 3) if f"discharge_contact_{number}:stay:1" in found} == left


def test_extra_support_lasts_14_days():
    assert_due(find(left_hospital(), "post_discharge_support"), "2026-07-15")


def test_after_a_readmission_nothing_of_the_first_discharge_is_due():
    facts = person(stays=(stay("2026-06-01", "2026-07-01"), stay("2026-07-05", id=2)))
    assert find(facts, "discharge_contact") is None
    assert find(facts, "post_discharge_support") is None


def test_what_was_left_undone_ends_a_year_after_discharge():
    duty = find(left_hospital(), "discharge_contact_3")
    assert duty.is_open(moment("2027-07-01 23:59"))
    assert not duty.is_open(moment("2027-07-02 00:00"))
