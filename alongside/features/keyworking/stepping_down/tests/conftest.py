"""Kai, green since ten weeks, and Ben, his keyworker for as long."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from alongside.features.keyworking.contacts.tests.conftest import signed_in, stands_still, walked_with
from alongside.features.keyworking.stepping_down.operations import end_keyworking
from alongside.features.keyworking.tests.conftest import TODAY, hire
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as

__all__ = ["signed_in", "stands_still"]

#: All that an ending can't be without.
SAID: dict[str, Any] = {
    "reason": "goals_met",
    "lead_name": "Jo Lamb",
    "lead_organisation": "Northmoor School",
    "told": "talked",
    "told_words": "Kai and Dawn, at home",
}
FORM: dict[str, Any] = {**SAID, "peer": "not_now", "ask": "not_asked"}


@pytest.fixture
def ben(northmoor: Area, stands_still: Callable[[datetime], None]) -> Actor:
    return hire(northmoor, "Ben Okafor")


@pytest.fixture
def kai(northmoor: Area, ben: Actor) -> Person:
    return walked_with(northmoor, ben, "Kai", "green", 70)


def ends(area: Area, person: Person, *, at: datetime = NOW, by: str = "manager", **more: Any) -> Any:
    """Keyworking ends, with everything said unless `more` says otherwise."""
    given = {"on": at.date(), **SAID} | more
    with acting_as(area.actors[by], at) as me, recording(by=me, at=at) as note:
        return end_keyworking(note, by=me, person=Person.objects.get(pk=person.pk), **given)


def due(person: Person, start: str) -> Duty | None:
    with context.as_engine():
        return Duty.objects.filter(person=person, key__startswith=start).first()


def form(**more: Any) -> dict[str, Any]:
    return {**FORM, "submission": new_token(), **on("ended_on", TODAY), **more}


def on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
