"""What is due about a referral: both sides of each number, and what the days of waiting do and don't do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.policy.counting import local_day
from alongside.policy.duties import Duty, ReferralFacts, matter_duties, proposed_look_again
from alongside.policy.duties.matters import days_paused
from alongside.policy.tests.building import CALENDAR, RULES, moment, referral

TEAMS = {"register": 1, "keyworking": 2}
MINUTE = timedelta(minutes=1)


def due_of(facts: ReferralFacts) -> dict[str, Duty]:
    return {duty.rule_key: duty for duty in matter_duties(facts, RULES, CALENDAR, TEAMS)}


def test_a_referral_of_monday_12_january_is_told_by_monday_9_february() -> None:
    told = due_of(referral())["referral_outcome"]
    assert local_day(told.due) == date(2026, 2, 9)
    assert not told.is_late(moment("2026-02-09 23:59"))
    assert told.is_late(moment("2026-02-10 00:00"))


def test_the_first_look_is_due_48_working_hours_later_at_the_same_time_of_day() -> None:
    assert due_of(referral("2026-01-12 08:00"))["referral_triage"].due == moment("2026-01-14 08:00")
    over_a_weekend = due_of(referral("2026-01-16 16:30"))["referral_triage"]
    assert over_a_weekend.due == moment("2026-01-20 16:30")
    assert not over_a_weekend.is_late(moment("2026-01-20 16:30"))
    assert over_a_weekend.is_late(moment("2026-01-20 16:30") + MINUTE)


def test_bank_holidays_are_no_working_days() -> None:
    before_good_friday = due_of(referral("2026-04-02 10:00"))["referral_triage"]
    assert before_good_friday.due == moment("2026-04-08 10:00")


def test_a_talk_is_offered_within_7_days() -> None:
    talk = due_of(referral())["referral_consultation"]
    assert local_day(talk.due) == date(2026, 1, 19)
    assert "referral_consultation" not in due_of(referral(consulted_at=moment("2026-01-15")))


def test_the_full_form_follows_within_48_hours_of_acceptance() -> None:
    accepted = referral(state="accepted", decided_at=moment("2026-01-16 15:00"), seen_at=moment("2026-01-13"))
    assert due_of(accepted)["referral_full_form"].due == moment("2026-01-18 15:00")
    assert "referral_full_form" not in due_of(replace(accepted, full_form_at=moment("2026-01-17")))


def test_waiting_is_said_and_stops_no_clock() -> None:
    waiting = referral(paused=((moment("2026-01-14"), None),), seen_at=moment("2026-01-13"))
    told = due_of(waiting)["referral_outcome"]
    assert local_day(told.due) == date(2026, 2, 9)
    assert "Waiting for information since 14 January 2026." in told.because
    came = replace(waiting, paused=((moment("2026-01-14"), moment("2026-01-16")),))
    assert "2 days of this went by waiting for information." in due_of(came)["referral_outcome"].because


def test_what_was_asked_for_is_chased_after_5_working_days() -> None:
    waiting = due_of(referral(paused=((moment("2026-01-14"), None),)))
    assert local_day(waiting["referral_information"].due) == date(2026, 1, 21)


def test_a_night_of_waiting_counts_once() -> None:
    pauses = [
        (moment("2026-01-14 10:00"), moment("2026-01-16 09:00")),
        (moment("2026-01-15 10:00"), moment("2026-01-16 18:00")),
    ]
    assert days_paused(pauses, moment("2026-01-20")) == 2
    assert days_paused([(moment("2026-01-14 09:00"), moment("2026-01-14 17:00"))], moment("2026-01-20")) == 0
    assert days_paused([(moment("2026-01-14 09:00"), None)], moment("2026-01-15 08:00")) == 1


def test_a_no_says_that_somebody_calls_first() -> None:
    no = referral(state="declined", decided_at=moment("2026-01-20"))
    assert due_of(no)["referral_outcome"].what.startswith("Call about")
    assert due_of(replace(no, called=True))["referral_outcome"].what.startswith("Send the outcome")
    assert due_of(replace(no, called=True, told_at=moment("2026-01-21"))) == {}


def test_a_declined_referral_comes_back_on_the_day_that_was_chosen() -> None:
    told = {"called": True, "told_at": moment("2026-01-21")}
    no = referral(state="declined", decided_at=moment("2026-01-20"), look_again_on=date(2026, 4, 1), **told)
    again = due_of(no)["referral_look_again"]
    assert not again.is_showing(moment("2026-03-31 23:59"))
    assert again.is_showing(moment("2026-04-01 00:00"))
    assert again.is_late(moment("2026-04-02 00:00"))


def test_three_months_are_proposed_for_looking_again() -> None:
    assert proposed_look_again(date(2026, 1, 20), RULES, CALENDAR).value == date(2026, 4, 20)


def test_nothing_is_due_once_it_is_closed() -> None:
    assert matter_duties(referral(closed_at=moment("2026-01-20")), RULES, CALENDAR, TEAMS) == ()


@pytest.mark.parametrize("owner", [None, 70])
def test_it_is_the_register_teams_unless_a_named_person_has_it(owner: int | None) -> None:
    owners = {duty.owner for duty in due_of(referral(owner_actor=owner)).values()}
    assert owners == {("actor", 70) if owner else ("team", 1)}


def test_no_duty_is_about_another_thing() -> None:
    for duty in due_of(referral()).values():
        assert (duty.subject, duty.subject_id, duty.doing) == ("referral", 7, "open_matter")
        assert duty.key == f"{duty.rule_key}:referral:7"
