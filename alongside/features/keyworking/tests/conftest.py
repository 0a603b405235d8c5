"""An area with two keyworkers and people who wait for one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.features.people.models import Person
from alongside.features.register.operations import rate
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.recording.recording import recording
from tests.cast import NO_FLOOR, NOW, START, STAYING, Area, acting_as, add_registered

TODAY = NOW.date()


def rated(area: Area, name: str, colour: str, days_ago: int, **known: object) -> Person:
    """Somebody on the register, rated so many days ago and not since."""
    at = NOW - timedelta(days=days_ago)
    person, entry = add_registered(area, given_name=name, at=at, **known)
    floor = STAYING if colour == "blue" else NO_FLOOR
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        rate(note, entry=entry, colour=colour, by=me, because="Seen by the panel", demanded=floor)
    return person


def hire(area: Area, name: str, *, role: str = "keyworker") -> Actor:
    """One more in the keyworking team."""
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=START) as note:
        actor = Actor.objects.create(name=name, post="Keyworker")
        RoleHeld.objects.create(
            actor=actor, role=role, area=area.icb, team=area.teams["keyworking"], from_date=date(2022, 7, 1)
        )
        note("hired", words="Somebody was hired.", icb_id=area.icb.pk)
    return actor


@pytest.fixture
def ben(northmoor: Area) -> Actor:
    return hire(northmoor, "Ben Okafor")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
