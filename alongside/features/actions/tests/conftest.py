"""Kai, with a keyworker, and what was agreed for him."""

from datetime import date
from typing import Any

import pytest

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered

SENCO = "jo.lee@example.org"


@pytest.fixture
def kai(northmoor: Area) -> Person:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=northmoor.actors["keyworker"], from_date=NOW.date())
    return person


@pytest.fixture
def hillcrest(db: None) -> Organisation:
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        school = Organisation.objects.create(kind="school", name="Hillcrest School", invented=True)
        note("organisation.added", words="A school was added.")
    return school


def agreed(area: Area, person: Person, owner: NewOwner | None = None, *, by: str = "keyworker", **known: Any) -> Action:
    """An action, by the keyworker and as their own unless said otherwise."""
    with acting_as(area.actors[by]) as me, recording(by=me, at=NOW) as note:
        values: dict[str, Any] = {
            "topic": Topic.EDUCATION, "what": "Ask for a quiet room", "due_on": date(2026, 12, 4), "origin": "contact",
        }  # fmt: skip
        own = owner or NewOwner(organisation=area.icb, actor=area.actors[by])
        return agree_action(note, by=me, person=person, owner=own, **(values | known))


def senco(school: Organisation, reach: str = SENCO) -> NewOwner:
    """Somebody without an account."""
    return NewOwner(organisation=school, name="Jo Lee", post="SENCO", reach=reach)


def another_keyworker(area: Area) -> Actor:
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        actor = Actor.objects.create(name="Ben Ode", post="Keyworker")
        RoleHeld.objects.create(
            actor=actor, role=Role.KEYWORKER, area=area.icb, team=area.teams["keyworking"], from_date=date(2022, 7, 1)
        )
        note("actor.added", words="A keyworker was added.")
    return actor
