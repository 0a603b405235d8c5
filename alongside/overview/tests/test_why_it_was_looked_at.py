"""The audit says what connected a colleague with the record they opened, as it was then."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.models import Look
from alongside.foundation.recording.recording import recording
from alongside.overview.audit.queries import Asked, list_looks
from tests.cast import Area, acting_as, add_registered


def looked(area: Area, role: str, *people: Person) -> None:
    with acting_as(area.actors[role], clock.now()) as me:
        record_look(me, "person", [person.pk for person in people], at=clock.now())


def why(area: Area) -> str:
    with acting_as(area.actors["governance"], clock.now()):
        return list_looks(Asked()).lines[0].why


@pytest.fixture
def kai(northmoor: Area) -> Person:
    return add_registered(northmoor, given_name="Kai", family_name="Moss")[0]


def test_a_role_a_keyworker_and_nothing(northmoor: Area, saltby: Area, kai: Person) -> None:
    looked(northmoor, "manager", kai)
    assert why(northmoor) == "Keyworking manager"
    looked(northmoor, "manager", kai, add_registered(northmoor)[0])
    assert why(northmoor) == "Keyworking manager", "a list of their area"
    before = clock.now() - timedelta(minutes=1)
    with acting_as(northmoor.actors["manager"], clock.now()) as me, recording(by=me, at=before) as note:
        allocate(note, person=kai, worker=northmoor.actors["keyworker"], from_date=clock.today())
    looked(northmoor, "keyworker", kai)
    assert why(northmoor) == "Their keyworker"
    looked(saltby, "manager", kai)
    assert why(northmoor) == "Not all within reach.", "nothing explains it, and it says so"


def test_an_emergency_with_its_reason(northmoor: Area, saltby: Area, kai: Person) -> None:
    now = clock.now() - timedelta(minutes=1)
    with acting_as(saltby.actors["partner_health"], now) as me, recording(by=me, at=now, once=uuid4()) as note:
        note("x.y", words="x")
        with connection.cursor() as cursor:
            cursor.execute(
                "select access.break_glass('', %s, %s, %s, 'crisis', 'x', %s, %s)",
                [kai.given_name, kai.family_name, kai.birth_date, now, now + timedelta(hours=12)],
            )
    looked(saltby, "partner_health", kai)
    assert why(northmoor) == "Opened in an emergency: They are in crisis now"


@pytest.mark.parametrize("role", ["governance", "manager", "family"])
def test_looks_in_another_area_are_explained_to_nobody_here(
    northmoor: Area, saltby: Area, kai: Person, role: str
) -> None:
    looked(northmoor, "manager", kai)
    with context.as_engine():
        numbers = list(Look.objects.values_list("pk", flat=True))
    with acting_as(saltby.actors[role], clock.now()), connection.cursor() as cursor:
        cursor.execute("select * from access.reasons(%s)", [numbers])
        assert cursor.fetchall() == []
