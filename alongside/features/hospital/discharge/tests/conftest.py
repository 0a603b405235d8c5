"""Amir, 13, four weeks in hospital; Asha, his keyworker, and the area's commissioner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.features.actions.operations import NewOwner
from alongside.features.hospital.discharge.operations import agree_condition, say_date, write_plan
from alongside.features.hospital.models import DischargeCondition, Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.contacts.tests.conftest import signed_in, stands_still, walked_with
from alongside.features.keyworking.tests.conftest import TODAY, hire
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as

__all__ = ["TODAY", "signed_in", "stands_still"]

ADMITTED = NOW - timedelta(days=28)
LEAD = {
    "lead_name": "Sister Okafor",
    "lead_post": "Ward manager",
    "lead_organisation": "Northmoor Hospital",
    "lead_reach": "01632 960177",
}


@dataclass
class Case:
    """Somebody in hospital, and ways to act about them."""

    area: Area
    person: Person
    asha: Actor
    stay_id: int

    @property
    def stay(self) -> Stay:
        return Stay.objects.select_related("person").get(pk=self.stay_id)

    def act(self, operation: Callable[..., Any], *, by: str = "commissioner", at: datetime = NOW, **given: Any) -> Any:
        actor = self.asha if by == "asha" else self.area.actors[by]
        with acting_as(actor, at) as me, recording(by=me, at=at) as note:
            return operation(note, stay=self.stay, **given)

    def plan(self, **more: Any) -> Any:
        return self.act(write_plan, **{"seen": 0, "where_to": "Home", **LEAD} | more)

    def says(self, on: date | None, because: str = "", *, at: datetime = NOW, seen: int = 0) -> Any:
        return self.act(say_date, at=at, expected_on=on, because=because, seen=seen)

    def condition(self, what: str, heading: str = "home", *, at: datetime = NOW) -> DischargeCondition:
        actor = self.area.actors["commissioner"]
        with acting_as(actor, at) as me, recording(by=me, at=at) as note:
            owner = NewOwner(organisation=None, name="Dee Marsh", post="Social worker", place="Northmoor Council")
            due = at.date() + timedelta(days=14)
            return agree_condition(
                note, by=me, stay=self.stay, heading=heading, what=what, owner=owner, due_on=due, how_known="Seen"
            )

    def leaves(self, *, at: datetime = NOW, **more: Any) -> Any:
        return self.act(discharge, at=at, discharged_at=at, **more)

    def due(self, start: str) -> Duty | None:
        with context.as_engine():
            return Duty.objects.filter(person=self.person, key__startswith=start).first()


def refused(row: Any, constraint: str, **wrong: Any) -> None:
    """The database itself refuses a row like this one with something wrong in it."""
    kind = type(row)
    values = {f.attname: getattr(row, f.attname) for f in kind._meta.concrete_fields} | {"id": None} | wrong
    with context.as_engine(), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        kind.objects.bulk_create([kind(**values)])


@pytest.fixture
def amir(northmoor: Area, stands_still: Callable[[datetime], None]) -> Case:
    asha = hire(northmoor, "Asha Patel")
    person = walked_with(northmoor, asha, "Amir", "amber", 60)
    with acting_as(northmoor.actors["coordinator"], ADMITTED) as me, recording(by=me, at=ADMITTED) as note:
        stay = admit(
            note,
            person=Person.objects.get(pk=person.pk),
            kind=Stay.Kind.HOSPITAL,
            place_name="Willow Ward",
            admitted_at=ADMITTED,
        )
    return Case(northmoor, person, asha, stay.pk)
