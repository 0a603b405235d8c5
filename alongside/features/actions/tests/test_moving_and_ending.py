"""Somebody moves, dies, or their record is closed: no action stays with nobody, and nobody is chased."""

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.actions.counting import count_by_organisation
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import NewOwner, correct_action, take_step
from alongside.features.actions.queries import Filter, list_mine, list_work
from alongside.features.actions.tests.conftest import agreed, hillcrest, senco
from alongside.features.keyworking.contacts.operations import note_promise, plan_appointment
from alongside.features.keyworking.models import Appointment, Promise
from alongside.features.people.models import Person
from alongside.features.people.operations import (
    accept_person,
    change_person,
    merge_people,
    offer_person,
    record_consent,
)
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as, add_registered

__all__ = ["hillcrest"]

TODAY = NOW.date()


def moves(person: Person, old: Area, new: Area, *, by: str = "coordinator") -> None:
    with acting_as(old.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        person.refresh_from_db()
        offer_person(note, person=person, to_icb=new.icb, because="They moved house.", by=me)
    with acting_as(new.actors[by]) as me, recording(by=me, at=NOW) as note:
        accept_person(note, person_id=person.pk, to_icb=new.icb, by=me)


def now_of(action: Action) -> Action:
    with context.as_engine():
        rows = Action.objects.select_related("owner", "owner_organisation")
        return next(row for row in rows.filter(superseded_by=None) if row.number == action.number)


def duties_about(action: Action) -> list[Duty]:
    with context.as_engine():
        return list(Duty.objects.filter(subject="action", subject_id=action.pk).select_related("owner_team"))


def promised_and_planned(area: Area, person: Person) -> None:
    with acting_as(area.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        note_promise(note, person=person, who="Mr Ash", what="Send it", by_date=date(2026, 12, 1))
        at = NOW + timedelta(days=3)
        plan_appointment(note, person=person, worker_id=area.actors["keyworker"].pk, way="visit", starts_at=at)


def dies(area: Area, person: Person, on: date | None = TODAY) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=Person.objects.get(pk=person.pk), died_on=on)


# A move


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "proposed"),
        ((("blocked", {"because": "Panel", "waits_for": "money"}),), "blocked"),
        ((("said_done", {"evidence": "I saw it"}),), "said_done"),
        ((("refused", {"because": "No time"}),), "proposed"),
    ],
)
def test_what_the_old_areas_worker_owned_has_whoever_accepted_as_owner(
    northmoor: Area, saltby: Area, kai: Person, steps: Any, state: str
) -> None:
    action = agreed(northmoor, kai)
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        note("x.y", words="x")
        for kind, values in steps:
            take_step(note, action=action, kind=kind, by=me, **values)
    moves(kai, northmoor, saltby)
    now, accepted = now_of(action), saltby.actors["coordinator"]
    assert (now.owner, now.owner_organisation, now.state, now.recorded_icb) == (accepted, saltby.icb, state, saltby.icb)
    with acting_as(accepted) as me:
        assert [one.number for one in list_mine(me)] == [action.pk]
        assert [one.number for one in list_work(me, [saltby.icb.pk], Filter(), TODAY)[0]] == [action.pk]
        step = ActionStep.objects.filter(action=action).latest("id")
        assert step.kind == "handed" and northmoor.actors["keyworker"].name in step.because
    owners = {(duty.owner_actor_id, duty.owner_team_id) for duty in duties_about(action)}
    assert owners and owners <= {(accepted.pk, None), (None, saltby.teams["keyworking"].pk)}


def test_the_old_area_reads_what_it_wrote_and_has_nothing_to_do(northmoor: Area, saltby: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    moves(kai, northmoor, saltby)
    with acting_as(northmoor.actors["coordinator"]) as me:
        assert list(Action.objects.visible_to(me).values_list("pk", flat=True)) == [action.pk]
        assert list_work(me, [northmoor.icb.pk], Filter(), TODAY)[0] == []
    with acting_as(northmoor.actors["keyworker"]) as me:
        assert list_mine(me) == []


def test_an_owner_outside_goes_on_by_their_link(
    northmoor: Area, saltby: Area, kai: Person, hillcrest: Organisation
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest))
    moves(kai, northmoor, saltby)
    now = now_of(action)
    assert (now.owner.name, now.state, now.recorded_icb, now.by_link) == ("Jo Lee", "proposed", saltby.icb, True)
    assert {duty.owner_team for duty in duties_about(action)} == {saltby.teams["keyworking"]}


def test_promises_and_appointments_have_an_owner_there(northmoor: Area, saltby: Area, kai: Person) -> None:
    promised_and_planned(northmoor, kai)
    moves(kai, northmoor, saltby, by="manager")
    with context.as_engine():
        assert Appointment.objects.get().worker == saltby.actors["manager"]
        assert Duty.objects.get(subject="promise").owner_team == saltby.teams["keyworking"]


def test_who_moves_back_takes_it_all_back_with_them(northmoor: Area, saltby: Area, kai: Person) -> None:
    """There is no other undoing of a move than a move."""
    action = agreed(northmoor, kai)
    promised_and_planned(northmoor, kai)
    moves(kai, northmoor, saltby)
    moves(kai, saltby, northmoor, by="manager")
    now, manager = now_of(action), northmoor.actors["manager"]
    assert (now.owner, now.recorded_icb, now.state) == (manager, northmoor.icb, "proposed")
    with acting_as(manager) as me, recording(by=me, at=NOW) as note:
        take_step(note, action=now, kind="accepted", by=me, seen=now.version)
    with context.as_engine():
        assert Appointment.objects.get().worker == manager


def test_what_stands_on_a_merged_record_moves_too(northmoor: Area, saltby: Area, kai: Person) -> None:
    other, _ = add_registered(northmoor, given_name="Kay")
    action = agreed(
        northmoor, other, NewOwner(organisation=northmoor.icb, actor=northmoor.actors["manager"]), by="manager"
    )
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        merge_people(note, survivor=kai, merged=other, because="One child", by=me)
    moves(kai, northmoor, saltby)
    assert now_of(action).owner == saltby.actors["coordinator"]
    with context.as_engine():
        here = RegisterEntry.objects.filter(removed_on=None).values_list("person_id", "icb_id")
        assert set(here) == {(kai.pk, saltby.icb.pk), (other.pk, saltby.icb.pk)}
    with acting_as(saltby.actors["manager"]) as me:
        assert [one.number for one in list_work(me, [saltby.icb.pk], Filter(), TODAY)[0]] == [action.pk]


# A death


def test_when_somebody_dies_all_that_is_open_ends_in_one_act_and_nobody_is_chased(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    manager = northmoor.actors["manager"]
    mine = agreed(northmoor, kai)
    theirs = agreed(northmoor, kai, NewOwner(organisation=northmoor.icb, actor=manager))
    outside = agreed(northmoor, kai, senco(hillcrest), starts_on=TODAY)
    promised_and_planned(northmoor, kai)
    dies(northmoor, kai)
    for action in (mine, theirs, outside):
        now = now_of(action)
        assert (now.state, now.because, now.start_asked_from) == ("not_done", "They have died.", None)
    with context.as_engine():
        assert Promise.objects.get().closed_as == "not_needed"
        assert Appointment.objects.get().called_off_because == "They have died."
        assert not Duty.objects.filter(person=kai).exists()
        told = Message.objects.filter(kind="action.ended")
        assert {message.to_actor_id for message in told} == {mine.owner_id, manager.pk}
        for message in told:
            assert "Kai" not in message.subject + message.body and "died" not in message.body
        assert Delivery.objects.filter(notice="nothing_more").count() == 1
    assert count_by_organisation(northmoor.icb.pk, date(2027, 6, 1), hide=False) == []


def test_a_death_written_down_by_mistake_is_taken_back_with_all_that_ended(northmoor: Area, kai: Person) -> None:
    open_one, over = agreed(northmoor, kai), agreed(northmoor, kai, what="Ring")
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        take_step(note, action=over, kind="given_up", by=me, because="No need")
    promised_and_planned(northmoor, kai)
    dies(northmoor, kai)
    dies(northmoor, kai, None)
    assert (now_of(open_one).state, now_of(over).state) == ("accepted", "not_done")
    with context.as_engine():
        assert Promise.objects.get(superseded_by=None).closed_at is None
        assert Appointment.objects.get(superseded_by=None).called_off_at is None
        subjects = set(Duty.objects.filter(person=kai).values_list("subject", flat=True))
        assert {"action", "promise", "appointment"} <= subjects


def test_a_closed_record_leaves_nothing_open(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    promised_and_planned(northmoor, kai)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(
            note, person=kai, purpose="register", answer="withdrawn", basis="parental", decided_on=TODAY, evidenced=True
        )
    assert now_of(action).state == "not_done"
    with context.as_engine():
        assert not Promise.objects.filter(closed_at=None).exists()
        assert not Appointment.objects.filter(called_off_at=None).exists()
        assert not Duty.objects.filter(person=kai, subject__in=("action", "promise", "appointment")).exists()
        message = Message.objects.get(kind="action.ended")
        assert message.person_id is None and message.to_actor == northmoor.actors["keyworker"]


def test_what_ended_stays_as_it_was_written(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    dies(northmoor, kai)
    for role, why in (("manager", NotNow), ("keyworker", Refused)):
        with acting_as(northmoor.actors[role]) as me, pytest.raises(why), recording(by=me, at=NOW) as note:
            correct_action(note, action=action, by=me, what="x")
