from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.counting import end_of_day
from alongside.policy.duties import Owner
from alongside.policy.facts import AllocationFacts
from alongside.policy.tests.building import (
    KEYWORKER,
    answered,
    assert_due,
    day,
    duties,
    entry,
    find,
    moment,
    on_register,
    person,
    rating,
    review,
    stay,
)


@pytest.mark.parametrize(
    ("colour", "due"),
    [("red", "2026-06-08"), ("amber", "2026-06-15"), ("green", "2026-08-30"), ("blue", "2026-07-01")],
)
def test_a_rating_is_looked_at_again_in_the_time_of_its_colour(colour, due):
    stays = (stay("2026-06-01"),) if colour == "blue" else ()
    duty = find(on_register(rating(colour, "2026-06-01"), stays=stays), "register_review")
    assert_due(duty, due)
    assert duty.row == {"red": 35, "amber": 36, "green": 37, "blue": 38}[colour]
    assert duty.breach is None
    assert duty.because.startswith(f"Rated {colour} and last looked at on 1 June 2026")


def test_an_unknown_colour_is_looked_at_as_often_as_red():
    assert_due(find(on_register(rating("purple", "2026-06-01")), "register_review"), "2026-06-08")


def test_a_review_counts_from_the_day_it_was_held_when_that_is_not_the_day_of_recording():
    facts = on_register(rating("red", "2026-06-10", reviewed_on=date(2026, 6, 8)))
    assert_due(find(facts, "register_review"), "2026-06-15")


def test_a_rating_late_in_a_summer_evening_counts_for_the_english_day():
    late = replace(rating("red", "2026-06-01"), rated_at=moment("2026-06-02 00:30"))
    assert_due(find(on_register(late), "register_review"), "2026-06-09")


def test_the_latest_decided_rating_counts_and_proposed_ones_do_not():
    facts = on_register(
        rating("green", "2026-06-20", id=2),
        rating("red", "2026-06-01", id=1, state="superseded"),
        rating("red", "2026-06-25", id=3, state="proposed", origin="notice"),
    )
    assert find(facts, "register_review").rule_key == "register_review_green"


def test_a_review_answered_as_not_needed_comes_round_again():
    facts = on_register(rating("red", "2026-06-01"))
    first = find(facts, "register_review")
    facts = answered(facts, first.key, "2026-06-04", "not_needed")
    second = find(facts, "register_review")
    assert second.key != first.key
    assert_due(second, "2026-06-11")
    facts = answered(facts, second.key, "2026-06-11")
    assert_due(find(facts, "register_review"), "2026-06-18")


def test_an_answer_dated_before_the_round_still_moves_on():
    facts = on_register(rating("red", "2026-06-01"))
    facts = answered(facts, find(facts, "register_review").key, "2026-05-01")
    assert_due(find(facts, "register_review"), "2026-06-09")


def test_a_review_shows_two_days_before_a_red_one_is_due():
    duty = find(on_register(rating("red", "2026-06-01")), "register_review")
    assert not duty.is_showing(moment("2026-06-05 23:59"))
    assert duty.is_showing(moment("2026-06-06 00:00"))
    assert duty.is_open(moment("2026-06-02"))


def test_somebody_without_a_rating_is_to_be_rated_at_once():
    duty = find(on_register(), "rate:entry")
    assert_due(duty, "2026-06-01")
    assert duty.doing == "rate"


def test_saying_no_rating_is_needed_only_puts_it_off():
    facts = on_register()
    facts = answered(facts, find(facts, "rate:entry").key, "2026-06-02", "not_needed")
    assert_due(find(facts, "rate:entry"), "2026-06-09")


def test_an_imported_entry_counts_from_its_import():
    facts = person(entries=(entry(on="2021-01-01", imported_at=moment("2026-06-05")),))
    assert_due(find(facts, "rate:entry"), "2026-06-05")


def test_red_without_a_review_date_is_to_have_one_at_once():
    duty = find(on_register(rating("red", "2026-06-01")), "plan_review_date")
    assert_due(duty, "2026-06-01")
    assert duty.doing == "plan_review_date"
    assert duty.row == 71


@pytest.mark.parametrize(("planned", "missing"), [("2026-06-01", True), ("2026-06-02", False), (None, True)])
def test_a_planned_date_counts_only_when_it_is_after_the_last_review(planned, missing):
    facts = person(entries=(entry(rating("red", "2026-06-01"), review_planned_on=day(planned)),))
    assert (find(facts, "plan_review_date") is not None) is missing


@pytest.mark.parametrize(
    ("kind", "held", "missing"),
    [
        ("community", "2026-06-01", True),
        ("community", "2026-06-02", False),
        ("emergency_protocol", "2026-06-02", True),
        ("oversight_visit", "2026-06-02", True),
    ],
)
def test_a_review_that_was_held_after_the_rating_answers_it_and_no_other_meeting(kind, held, missing):
    facts = person(entries=(entry(rating("red", "2026-06-01")),), reviews=(review(kind, held),))
    assert (find(facts, "plan_review_date") is not None) is missing


def test_only_red_on_the_childrens_list_needs_a_planned_date():
    assert find(on_register(rating("amber", "2026-06-01")), "plan_review_date") is None
    adult = person(entries=(entry(rating("red", "2026-06-01"), listing="adult"),))
    assert find(adult, "plan_review_date") is None


def test_a_planned_review_is_due_on_its_day_and_does_not_move_the_limit():
    facts = person(entries=(entry(rating("green", "2026-06-01"), review_planned_on=date(2026, 7, 1)),))
    duty = find(facts, "register_review")
    assert "planned for 1 July 2026" in duty.because
    assert_due(duty, "2026-07-01")
    assert duty.breach == end_of_day(date(2026, 8, 30))


@pytest.mark.parametrize(
    ("planned", "due"),
    [
        (date(2026, 6, 1), "2026-08-30"),
        (date(2026, 6, 2), "2026-06-02"),
        (date(2026, 8, 30), "2026-08-30"),
        (date(2026, 8, 31), "2026-08-30"),
    ],
)
def test_a_planned_day_counts_after_the_last_look_and_up_to_the_limit(planned, due):
    """A look uses up what was planned for its own day; nothing planned puts the limit off."""
    facts = person(entries=(entry(rating("green", "2026-06-01"), review_planned_on=planned),))
    assert_due(find(facts, "register_review"), due)


def test_the_designated_keyworker_owns_what_is_theirs():
    facts = on_register(rating("amber", "2026-06-01"), allocations=(KEYWORKER,))
    assert find(facts, "register_review").owner == Owner("actor", 70)


def test_a_co_worker_or_a_past_keyworker_owns_nothing():
    facts = on_register(
        rating("amber", "2026-06-01"),
        allocations=(
            AllocationFacts(1, 71, "co_worker", date(2026, 6, 1)),
            AllocationFacts(2, 72, "designated", date(2026, 1, 1), date(2026, 5, 1)),
        ),
    )
    assert find(facts, "register_review").owner == Owner("team", 1)


def test_a_team_that_is_missing_is_replaced_and_nobody_is_never_the_owner():
    in_hospital = {"stays": (stay("2026-06-01"),)}
    only_register = on_register(rating("blue", "2026-06-01"), teams={"register": 5}, **in_hospital)
    assert {duty.owner for duty in duties(only_register).values()} == {Owner("team", 5)}
    nothing = on_register(rating("blue", "2026-06-01"), teams={}, **in_hospital)
    assert {duty.owner for duty in duties(nothing).values()} == {Owner("team", 0)}


def test_a_proposed_rating_is_decided_within_two_working_days():
    facts = on_register(
        rating("green", "2026-06-01"),
        rating("red", "2026-06-05", id=2, state="proposed", origin="notice"),
    )
    duty = find(facts, "decide_rating")
    assert_due(duty, "2026-06-09")
    assert (duty.subject, duty.subject_id) == ("rating", 2)


def test_a_provisional_entry_is_confirmed_within_two_working_days():
    facts = person(entries=(entry(rating("green", "2026-06-05"), on="2026-06-05", provisional=True),))
    assert_due(find(facts, "entry_confirmed"), "2026-06-09")


def test_somebody_who_moved_out_is_handed_over():
    facts = on_register(rating("green", "2026-06-01"), moved_out_at=moment("2026-07-10"))
    assert_due(find(facts, "moved_out"), "2026-07-13")


def test_records_are_kept_six_years_after_leaving():
    left = entry(rating("green", "2026-06-01"), removed_on=date(2026, 9, 1), removed_reason="lower risk")
    duty = find(person(entries=(left,)), "retention")
    assert_due(duty, "2032-09-01")
    assert duty.row == 61
    assert set(duties(person(entries=(left,)))) == {duty.key}


def test_records_of_somebody_back_on_the_register_are_not_counted_down():
    left = entry(rating("green", "2026-06-01"), removed_on=date(2026, 9, 1))
    back = entry(rating("amber", "2026-10-01", id=2), on="2026-10-01", id=2)
    assert find(person(entries=(left, back)), "retention") is None


def test_somebody_in_hospital_is_to_be_rated_blue_at_once():
    facts = on_register(rating("red", "2026-06-01"), stays=(stay("2026-06-20"),))
    assert_due(find(facts, "rate_blue"), "2026-06-20")
    blue = on_register(rating("blue", "2026-06-20"), stays=(stay("2026-06-20"),))
    assert find(blue, "rate_blue") is None
    home = on_register(rating("red", "2026-06-01"), stays=(stay("2026-06-20", kind="residential_home"),))
    assert find(home, "rate_blue") is None


def test_somebody_who_left_hospital_is_to_be_rated_red_at_once_for_two_weeks():
    left = stay("2026-06-20", "2026-07-01 15:00")
    facts = on_register(rating("amber", "2026-06-01"), stays=(left,))
    duty = find(facts, "rate_red")
    assert_due(duty, "2026-07-01")
    assert duty.row == 29
    assert duty.is_open(moment("2026-07-15 14:59"))
    assert not duty.is_open(moment("2026-07-15 15:00"))
    red = on_register(rating("red", "2026-07-01 15:00"), stays=(left,))
    assert find(red, "rate_red") is None


def test_blue_that_outlives_its_stay_does_not_go_away_by_itself():
    facts = on_register(rating("blue", "2026-06-20"), stays=(stay("2026-06-20", "2026-07-01"),))
    assert find(facts, "rate_red").ends_at is None
    never = on_register(rating("blue", "2026-06-20"))
    assert_due(find(never, "blue_without_stay"), "2026-06-20")


def test_nothing_is_due_for_somebody_who_has_died():
    facts = on_register(rating("red", "2026-06-01"), stays=(stay("2026-06-01"),))
    assert duties(replace(facts, died_on=date(2026, 7, 1))) == {}


def test_nothing_is_due_for_somebody_who_was_never_on_a_register_or_in_hospital():
    assert duties(person(consents=())) == {}


def test_a_missing_date_of_birth_is_found_out():
    duty = find(on_register(rating("green", "2026-06-01"), birth_date=None), "find_out:birth_date")
    assert duty.doing == "find_out"
    assert_due(duty, "2026-06-15")


def test_a_missing_date_of_birth_counts_from_the_day_the_register_knew_and_not_from_an_old_admission():
    known = entry(rating("blue", "2019-05-01"), on="2019-05-01", imported_at=moment("2026-06-01 10:00"))
    facts = person(birth_date=None, entries=(known,), stays=(stay("2019-05-01"),))
    assert_due(find(facts, "find_out:birth_date"), "2026-06-15")
    assert_due(find(replace(facts, entries=()), "find_out:birth_date"), "2019-05-16")


def test_what_a_keyworker_who_cannot_open_the_record_would_own_is_the_keyworking_teams():
    facts = on_register(rating("red", "2026-06-01"), allocations=(KEYWORKER,))
    assert find(facts, "register_review").owner == ("actor", 70)
    named = replace(facts, allocations=(replace(KEYWORKER, sees_person=False),))
    assert find(named, "register_review").owner == ("team", 2)


def test_two_open_entries_each_have_their_own_review():
    both = (entry(rating("red", "2026-06-01")), entry(rating("green", "2026-06-01", id=2), id=2))
    keys = [key for key in duties(person(entries=both)) if key.startswith("register_review")]
    assert len(keys) == 2
