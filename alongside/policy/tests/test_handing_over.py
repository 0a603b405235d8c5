"""Hand-overs and training that runs out: both sides of each number."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.counting import local_day
from alongside.policy.duties import (
    FirstSupervisionFacts,
    HandOverFacts,
    Required,
    RequiredTrainingFacts,
    TrainingFacts,
    matter_duties,
)
from alongside.policy.tests.building import CALENDAR, RULES, TEAMS, moment

BEGUN = HandOverFacts(
    kind="hand_over", id=1, icb_id=1, opened_at=moment("2026-06-01"), guard=0, from_date=date(2026, 6, 20), agreed=False
)
TRAINED = TrainingFacts(
    kind="training", id=2, icb_id=1, opened_at=moment("2025-06-01"), guard=0, owner_actor=70, course="Legal frameworks",
    expires_on=date(2026, 6, 30),
)  # fmt: skip
LAW = Required(course="law", title="Legal frameworks", since=date(2026, 6, 8))
NEW = RequiredTrainingFacts(
    kind="required_training", id=3, icb_id=1, opened_at=moment("2022-06-01"), guard=0, owner_actor=70,
    from_date=date(2022, 6, 1), to_date=None, never_done=(LAW,),
)  # fmt: skip


def test_a_hand_over_is_agreed_five_days_before_others_take_over() -> None:
    (duty,) = matter_duties(BEGUN, RULES, CALENDAR, TEAMS)
    assert local_day(duty.due) == date(2026, 6, 15) and duty.owner.id == TEAMS["keyworking"]
    assert duty.is_showing(moment("2026-06-01 12:01")) and duty.local_default
    assert not duty.is_late(moment("2026-06-15 23:59")) and duty.is_late(moment("2026-06-16 00:01"))


def test_one_that_begins_later_than_that_is_due_on_its_own_day() -> None:
    (duty,) = matter_duties(replace(BEGUN, from_date=date(2026, 6, 3)), RULES, CALENDAR, TEAMS)
    assert local_day(duty.due) == date(2026, 6, 1)


def test_once_agreed_it_takes_effect_on_its_day_and_is_late_the_day_after() -> None:
    (duty,) = matter_duties(replace(BEGUN, agreed=True), RULES, CALENDAR, TEAMS)
    assert not duty.is_showing(moment("2026-06-19 23:59")) and duty.is_showing(moment("2026-06-20 00:01"))
    assert not duty.is_late(moment("2026-06-20 23:59")) and duty.is_late(moment("2026-06-21 00:01"))


def test_one_that_is_over_is_due_no_more() -> None:
    assert matter_duties(replace(BEGUN, closed_at=moment("2026-06-10")), RULES, CALENDAR, TEAMS) == ()


def test_training_is_due_to_whose_it_is_on_its_last_day_and_shows_eight_weeks_before() -> None:
    (duty,) = matter_duties(TRAINED, RULES, CALENDAR, TEAMS)
    assert (local_day(duty.shows_from), local_day(duty.due), duty.owner.id) == (date(2026, 5, 5), date(2026, 6, 30), 70)
    assert matter_duties(replace(TRAINED, expires_on=None), RULES, CALENDAR, TEAMS) == ()


@pytest.mark.parametrize(("came", "due"), [("2022-06-01", "2026-07-06"), ("2026-06-10", "2026-07-08")])
def test_required_training_never_done_counts_from_the_rule_or_from_the_first_day_in_the_team(
    came: str, due: str
) -> None:
    (duty,) = matter_duties(replace(NEW, from_date=date.fromisoformat(came)), RULES, CALENDAR, TEAMS)
    assert local_day(duty.due) == date.fromisoformat(due) and duty.owner.id == 70 and duty.local_default
    assert "Legal frameworks" in duty.what and duty.is_showing(moment("2026-06-10 00:01"))
    assert not duty.is_late(moment(f"{due} 23:59"))


def test_it_ends_when_the_area_requires_it_no_more_or_they_leave_and_is_not_there_once_done() -> None:
    for facts in (
        replace(NEW, never_done=(replace(LAW, until=date(2026, 6, 20)),)),
        replace(NEW, to_date=date(2026, 6, 19)),
    ):
        (duty,) = matter_duties(facts, RULES, CALENDAR, TEAMS)
        assert not duty.is_showing(moment("2026-06-07 23:00")) and duty.is_showing(moment("2026-06-08"))
        assert duty.is_showing(moment("2026-06-19 23:00")) and not duty.is_showing(moment("2026-06-20 00:01"))
    assert matter_duties(replace(NEW, never_done=()), RULES, CALENDAR, TEAMS) == ()
    assert matter_duties(replace(NEW, to_date=date(2026, 6, 7)), RULES, CALENDAR, TEAMS) == ()


def test_a_keyworker_is_supervised_for_the_first_time_within_six_weeks_and_the_team_owes_it() -> None:
    new = FirstSupervisionFacts(
        kind="first_supervision", id=5, icb_id=1, opened_at=moment("2026-06-01"), guard=0, since=date(2026, 6, 1)
    )
    (due,) = matter_duties(new, RULES, CALENDAR, TEAMS)
    assert (local_day(due.due), due.owner.kind, due.owner.id) == (date(2026, 7, 13), "team", TEAMS["keyworking"])
    assert (due.rule_key, due.ends_at) == ("supervision_held", None)
    (leaves,) = matter_duties(replace(new, to_date=date(2026, 6, 30)), RULES, CALENDAR, TEAMS)
    assert leaves.ends_at and local_day(leaves.ends_at) == date(2026, 7, 1)
    assert matter_duties(replace(new, closed_at=moment("2026-06-01")), RULES, CALENDAR, TEAMS) == ()
