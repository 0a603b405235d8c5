"""Kai, red since yesterday, and Ben, the keyworker who was named today."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.tests.conftest import hire, rated
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, key_of


@pytest.fixture
def stands_still(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """From here on it is this moment."""

    def stand(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    stand(NOW)
    return stand


@pytest.fixture
def ben(northmoor: Area, stands_still: Callable[[datetime], None]) -> Actor:
    return hire(northmoor, "Ben Okafor")


@pytest.fixture
def kai(northmoor: Area, ben: Actor) -> Person:
    return walked_with(northmoor, ben, "Kai")


def walked_with(area: Area, worker: Actor, name: str, colour: str = "red", days_ago: int = 1) -> Person:
    """Somebody rated so many days ago, whose keyworker was named an hour later."""
    person = rated(area, name, colour, days_ago)
    at = NOW - timedelta(days=days_ago) + timedelta(hours=1)
    with acting_as(area.actors["manager"], at) as me, recording(by=me, at=at) as note:
        allocate(note, person=person, worker=worker, from_date=at.date())
    return person


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def a_contact(**more: Any) -> dict[str, Any]:
    said = {"way": "phone", "with_whom": ["young_person"], "outcome": "Kai is fine.", "submission": new_token()}
    return said | more
