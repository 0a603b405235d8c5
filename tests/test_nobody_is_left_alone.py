"""Whatever two areas do in whatever order: nobody is without a keyworker or somebody who names one, and no action,
promise, appointment or plan is without an owner who is there and reaches it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from alongside.features.actions.access import reads_action
from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action
from alongside.features.keyworking.handing_over.tests.conftest import walked_with
from alongside.features.keyworking.handing_over.tests.test_nobody_left_behind import undone
from alongside.features.keyworking.models import Allocation, Appointment, Promise
from alongside.features.keyworking.tests.conftest import hire
from alongside.features.people.models import Guard, Person
from alongside.features.plans.models import PlanProposal, PlanVersion
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty, RegisterRow
from alongside.overview.verify import differing_among
from tests.cast import Area
from tests.histories import HISTORIES, World, do


def check(world: World) -> None:
    with context.as_engine():
        for person in world.people:
            person.refresh_from_db()
            if person.died_on or person.guard == Guard.CLOSED:
                assert not open_work(person), "nothing goes on for somebody who died or said no"
                assert not (person.died_on and Allocation.objects.filter(person=person, to_date=None).exists())
                continue
            lines = RegisterRow.objects.filter(person=person)
            assert all(line.next_what and line.next_owner for line in lines), "something is next, and it is somebody's"
            duties = list(Duty.objects.filter(person=person).select_related("owner_actor", "owner_team"))
            for duty in duties:
                assert is_there(duty, person), (duty.what, duty.owner_actor)
            told = {(duty.subject, duty.subject_id) for duty in duties}
            for subject, row in open_work(person):
                number = row.number if isinstance(row, Action) else row.pk
                assert (subject, number) in told, (subject, row)
                if isinstance(row, Action):
                    owner_is_there(row, person)
            assert has_keyworker(person, world) or any(duty.rule_key.startswith("keyworker_a") for duty in duties)
        assert differing_among([person.pk for person in world.people]) == []


def open_work(person: Person) -> list[tuple[str, Any]]:
    """What is not over, with what its duties call it."""
    rows: list[tuple[str, Any]] = [
        ("action", row) for row in Action.objects.filter(person=person, superseded_by=None, state__in=OPEN)
    ]
    rows += [("promise", row) for row in Promise.objects.filter(person=person, closed_at=None, superseded_by=None)]
    planned = Appointment.objects.filter(person=person, called_off_at=None, contact=None, superseded_by=None)
    rows += [("appointment", row) for row in planned]
    goes_on = person.died_on is None and person.guard != Guard.CLOSED
    if not goes_on or not said_no(person):
        rows += [("proposal", row) for row in PlanProposal.objects.filter(person=person, state="waiting")]
    if goes_on and not said_no(person):
        rows += [("version", row) for row in PlanVersion.objects.filter(person=person).order_by("-pk")[:1]]
    return rows


def said_no(person: Person) -> bool:
    newest = person.consent_rows.filter(purpose="keyworking").order_by("happened_at", "pk").last()
    return newest is not None and newest.answer in ("refused", "withdrawn")


def is_there(duty: Duty, person: Person) -> bool:
    """Its owner works here, or it lies in an inbox of the area that holds the person."""
    if duty.owner_team is not None:
        return duty.owner_team.icb_id == person.icb_id
    assert duty.owner_actor is not None
    return works(duty.owner_actor)


def works(actor: Actor) -> bool:
    return actor.left_on is None and RoleHeld.objects.filter(actor=actor, to_date=None).exists()


def owner_is_there(row: Action, person: Person) -> None:
    """Somebody outside who is asked by a link or by voice, or somebody who works and opens it."""
    # Of a no somebody else is to be asked, and that is due to whoever walks alongside.
    if not row.by_link and row.state != Action.State.REFUSED:
        assert works(row.owner) and reads_action(row.owner, person, row.topic), (row.state, row.owner)
    assert row.owner.left_on is None and row.recorded_icb_id == person.icb_id


def has_keyworker(person: Person, world: World) -> bool:
    rows = Allocation.objects.filter(person=person, part="designated", superseded_by=None).select_related("worker")
    return said_no(person) or any(
        works(row.worker) for row in rows if row.to_date is None or row.to_date > world.at.date()
    )


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@example([("leave", 0, 1), ("name", 1, 0), ("hand over", 0, 0)])  # Somebody else was named meanwhile.
@example([("die", 0, 0), ("name", 0, 0)])  # Nobody walks alongside somebody who died.
@given(HISTORIES)
def test_any_history_of_two_areas(northmoor: Area, saltby: Area, deeds: list[tuple[str, int, int]]) -> None:
    with undone():
        workers = {
            area.icb.pk: [area.actors["keyworker"], hire(area, "Ben Okafor"), hire(area, "Zoe Hart")]
            for area in (northmoor, saltby)
        }
        north = workers[northmoor.icb.pk]
        people = [walked_with(northmoor, name, "amber", north[place % 2]) for place, name in enumerate(("Kai", "Ann"))]
        world = World([northmoor, saltby], workers, people)
        for deed in deeds:
            do(world, deed)
            check(world)


@pytest.mark.parametrize("broken", ["an owner who left", "an action nobody is told of"])
def test_a_left_one_turns_this_red(northmoor: Area, saltby: Area, broken: str) -> None:
    workers = {northmoor.icb.pk: [northmoor.actors["keyworker"]], saltby.icb.pk: [saltby.actors["keyworker"]]}
    kai = walked_with(northmoor, "Kai", "amber", northmoor.actors["keyworker"])
    world = World([northmoor, saltby], workers, [kai])
    do(world, ("agree", 0, 0))
    check(world)
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=world.at) as note:
        note("x.y", words="x")
        if broken == "an owner who left":
            manager = northmoor.actors["manager"]
            Action.objects.update(owner=manager)
            RoleHeld.objects.filter(actor=manager).update(to_date=world.at.date())
        else:
            Duty.objects.filter(subject="action").delete()
    with pytest.raises(AssertionError):
        check(world)
