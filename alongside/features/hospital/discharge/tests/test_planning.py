"""From day 0 somebody leads the discharge, every condition has an owner, and a date that moves says why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import take_step
from alongside.features.hospital.discharge.delays import begin_ready, end_ready, withdraw_ready
from alongside.features.hospital.discharge.operations import mark_heading, record_meeting
from alongside.features.hospital.discharge.queries import list_conditions, list_dates, list_ready, nights_lost, slipped
from alongside.features.hospital.discharge.standing import standing_of
from alongside.features.hospital.discharge.tests.conftest import ADMITTED, LEAD, TODAY, Case, refused, signed_in
from alongside.features.hospital.models import DischargePlan, ReadyPeriod
from alongside.features.people.operations import change_person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, acting_as

IN_A_WEEK = TODAY + timedelta(days=7)


def test_the_plan_is_due_on_the_day_of_admission_until_somebody_leads_it(amir: Case) -> None:
    assert amir.due("discharge_planning")
    amir.plan()
    assert amir.due("discharge_planning") is None


def test_a_change_of_the_plan_keeps_what_stood_before(amir: Case) -> None:
    first = amir.plan()
    amir.plan(seen=first.pk, where_to="His aunt’s")
    with context.as_engine():
        rows = list(DischargePlan.objects.filter(stay=amir.stay_id).order_by("pk"))
    assert [row.where_to for row in rows] == ["Home", "His aunt’s"]
    with pytest.raises(NotNow) as problem:
        amir.plan(seen=first.pk)
    assert problem.value.code == "stale"


def test_no_plan_without_a_named_lead_even_where_code_forgets(amir: Case) -> None:
    amir.plan()
    with context.as_engine():
        plan = DischargePlan.objects.get(stay=amir.stay_id)
    for empty in ("lead_name", "lead_organisation"):
        refused(plan, "discharge_plan_has_a_lead", **{empty: ""})


def test_no_date_is_said_as_such_and_asked_again(amir: Case) -> None:
    assert amir.due("discharge_date:")
    amir.says(None, "Nobody has found a school yet.")
    assert amir.due("discharge_date:") is None
    assert amir.due("discharge_date_again").due.date() == TODAY + timedelta(days=14)


def test_a_day_that_moves_says_why_and_its_slippage_is_kept(amir: Case) -> None:
    first = amir.says(TODAY, at=NOW - timedelta(days=7))
    assert amir.due("discharge_date_passed").due.date() == TODAY
    with pytest.raises(NotNow) as problem:
        amir.says(IN_A_WEEK, seen=first.pk)
    assert problem.value.code == "because"
    amir.says(IN_A_WEEK, "The ramp at home is not built.", seen=first.pk)
    assert amir.due("discharge_date_passed").due.date() == IN_A_WEEK
    with context.as_engine():
        dates = list_dates(amir.stay)
    assert [one.expected_on for one in dates] == [IN_A_WEEK, TODAY]
    assert slipped(dates) == (1, 7)


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True)])
def test_a_day_that_has_passed_is_not_expected(amir: Case, days: int, taken: bool) -> None:
    try:
        amir.says(TODAY + timedelta(days=days))
    except NotNow as problem:
        assert problem.code == "past" and not taken
    else:
        assert taken


def test_a_condition_is_an_action_of_the_ledger_with_its_owner_and_day(amir: Case) -> None:
    made = amir.condition("The ramp is built")
    with context.as_engine():
        action = Action.objects.get(pk=made.action_id)
        found = list_conditions(amir.stay)
    assert (action.origin, action.origin_id) == ("discharge", amir.stay_id)
    assert action.owner.name == "Dee Marsh" and action.place_name == "Northmoor Council"
    assert amir.due(f"action_accepted:action:{action.pk}") or amir.due("action"), "the ledger asks its owner"
    assert [one.is_open for one in found] == [True]


def test_a_condition_that_is_said_to_be_done_is_met(amir: Case) -> None:
    made = amir.condition("The ramp is built")
    with acting_as(amir.area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        action = Action.objects.get(pk=made.action_id)
        take_step(note, action=action, kind=ActionStep.Kind.SAID_DONE, by=me, evidence="Seen it")
    with context.as_engine():
        assert [one.is_open for one in list_conditions(amir.stay)] == [False]


# Ready, and still there


def test_each_night_counts_once_for_one_cause_and_one_body(amir: Case) -> None:
    began = TODAY - timedelta(days=10)
    amir.act(begin_ready, from_date=began, reason="10", body="07", detail="The ramp")
    amir.act(begin_ready, from_date=TODAY - timedelta(days=4), reason="04", body="06")
    with context.as_engine():
        periods = list_ready(amir.stay)
    assert [(one.reason, nights_lost([one], TODAY)) for one in periods] == [("04", 4), ("10", 6)]
    assert nights_lost(periods, TODAY) == 10


def test_a_reason_for_the_same_time_is_written_into_it(amir: Case) -> None:
    since = TODAY - timedelta(days=1)
    amir.act(begin_ready, from_date=since)
    assert amir.due("delay_reason")
    amir.act(begin_ready, from_date=since, reason="10", body="07")
    with context.as_engine():
        assert ReadyPeriod.objects.get().reason == "10"
    assert amir.due("delay_reason") is None


def test_nothing_new_is_said_so_and_days_that_cannot_be_are_refused(amir: Case) -> None:
    given = {"from_date": TODAY - timedelta(days=3), "reason": "10", "body": "07", "detail": ""}
    amir.act(begin_ready, **given)
    for changed, code in (
        ({}, "same"),
        ({"from_date": TODAY - timedelta(days=4), "reason": "04"}, "before_last"),
        ({"from_date": TODAY + timedelta(days=1)}, "future"),
        ({"from_date": ADMITTED.date() - timedelta(days=1)}, "before_stay"),
    ):
        with pytest.raises(NotNow) as problem:
            amir.act(begin_ready, **given | changed)
        assert problem.value.code == code


def test_the_database_refuses_two_causes_at_once_and_a_cause_without_a_body(amir: Case) -> None:
    amir.act(begin_ready, from_date=TODAY - timedelta(days=3), reason="10", body="07")
    with context.as_engine():
        row = ReadyPeriod.objects.get()
    refused(row, "one_delay_at_a_time")
    refused(row, "delay_has_reason_and_body", body="")


def test_what_was_wrong_is_withdrawn_and_never_counts(amir: Case) -> None:
    period = amir.act(begin_ready, from_date=TODAY - timedelta(days=3), reason="10", body="07")
    with acting_as(amir.area.actors["commissioner"]) as me, recording(by=me, at=NOW) as note:
        withdraw_ready(note, period=period, because="It was another young person")
    amir.act(begin_ready, from_date=TODAY - timedelta(days=3), reason="04", body="04")
    with context.as_engine():
        assert [one.reason for one in list_ready(amir.stay)] == ["04"]


def test_not_ready_any_more_ends_it_on_that_day(amir: Case) -> None:
    amir.act(begin_ready, from_date=TODAY - timedelta(days=3), reason="10", body="07")
    amir.act(end_ready, on=TODAY - timedelta(days=1))
    with context.as_engine():
        assert nights_lost(list_ready(amir.stay), TODAY) == 2
    with pytest.raises(NotNow):
        amir.act(end_ready, on=TODAY)


def test_no_night_counts_after_a_death(amir: Case) -> None:
    amir.act(begin_ready, from_date=TODAY - timedelta(days=3), reason="10", body="07")
    with acting_as(amir.area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=amir.person, died_on=TODAY - timedelta(days=1))
    with context.as_engine():
        assert nights_lost(list_ready(amir.stay), TODAY + timedelta(days=30)) == 2


def test_standing_of_several_stays_says_what_the_plan_says(amir: Case) -> None:
    with context.as_engine():
        nothing = standing_of([amir.stay_id], TODAY)[amir.stay_id]
    assert not nothing.planned and not nothing.said and nothing.ready_from is None and nothing.days_delayed == 0
    amir.plan()
    amir.condition("The ramp is built")
    first = amir.says(TODAY, at=NOW - timedelta(days=7))
    amir.says(IN_A_WEEK, "The ramp", seen=first.pk)
    amir.act(begin_ready, from_date=TODAY - timedelta(days=5), reason="10", body="07")
    with context.as_engine():
        found = standing_of([amir.stay_id], TODAY)[amir.stay_id]
    assert (found.planned, found.expected_on, found.moved) == (True, IN_A_WEEK, 1)
    assert (found.body, found.days_delayed, found.conditions_open) == ("Housing", 5, 1)


# The pages


def test_the_page_shows_all_of_it_within_its_budget(
    amir: Case, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    amir.plan()
    for number in range(3):
        amir.condition(f"Thing {number}", "care")
    amir.act(mark_heading, heading="education", standing="in_place", known="A place from Monday")
    amir.act(
        record_meeting, held_on=TODAY, who_came="Ward, Asha", young_person_came=False, family_came=True, agreed="Go on"
    )
    asha = signed_in(amir.asha)
    with django_assert_max_num_queries(12):
        answer = asha.get(f"/hospital/stays/{amir.stay_id}/discharge-plan")
    page = answer.content.decode()
    for words in ("Sister Okafor", "3 of 3 not met yet", "Thing 2", "A place from Monday", "Without the young person"):
        assert words in page, words
    assert "placeholders of this software" in page


def test_what_is_missing_is_a_sentence_and_nothing_typed_is_lost(amir: Case) -> None:
    asha = signed_in(amir.asha)
    at = f"/hospital/stays/{amir.stay_id}/discharge-plan"
    answer = asha.post(f"{at}/lead", {"submission": new_token(), "lead_post": "Nurse", "where_to": "Home"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Nurse" in page and "the name of whoever leads" in page.lower()
    answer = asha.post(f"{at}/date", {"submission": new_token(), "seen": "0"})
    assert "Enter the day, or write why nobody can say" in answer.content.decode()
    answer = asha.post(f"{at}/ready", {"submission": new_token(), "reason": "10"})
    assert "Select whose the delay is" in answer.content.decode()


def test_saved_twice_is_saved_once(amir: Case) -> None:
    asha = signed_in(amir.asha)
    given = {"submission": new_token(), "seen": "0", **LEAD}
    for _ in range(2):
        answer = asha.post(f"/hospital/stays/{amir.stay_id}/discharge-plan/lead", given)
        assert answer.status_code == 302
    with context.as_engine():
        assert DischargePlan.objects.count() == 1


def test_after_they_left_nothing_of_the_plan_changes(amir: Case) -> None:
    amir.leaves()
    with pytest.raises(NotNow) as problem:
        amir.plan()
    assert problem.value.code == "has_left"
