"""A keyworker with people, two colleagues, and the steps of a hand-over in short."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.keyworking.handing_over.effect import take_effect
from alongside.features.keyworking.handing_over.operations import (
    agree_hand_over,
    begin_hand_over,
    choose_taker,
    give_rest,
)
from alongside.features.keyworking.handing_over.telling import tell_family
from alongside.features.keyworking.models import HandOver, HandOverLine
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.tests.conftest import ben, hire, rated
from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes, recording
from tests.cast import Area, acting_as, key_of

__all__ = ["ben"]

TODAY = clock.today()
DAY = timedelta(days=1)


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def does(area: Area, act: Callable[[Notes, Any], Any], *, role: str = "manager", at: datetime | None = None) -> Any:
    """One recorded act of somebody who runs the team."""
    at = at or clock.now()
    with acting_as(area.actors[role], at) as me, recording(by=me, at=at) as note:
        return act(note, me)


def walked_with(area: Area, name: str, colour: str, worker: Actor, part: str = "designated") -> Person:
    """Somebody on the register who has this keyworker."""
    person = rated(area, name, colour, 10)

    def act(note: Notes, me: Any) -> None:
        record_consent(
            note, person=person, purpose="keyworking", answer="given", basis="parental",
            decided_on=TODAY, evidenced=True,
        )  # fmt: skip
        allocate(note, person=person, worker=worker, part=part, from_date=TODAY - 5 * DAY)

    does(area, act)
    return person


def begun(area: Area, worker: Actor, reason: str = "leaving", *, on: date = TODAY, to: date | None = None) -> HandOver:
    return does(
        area,
        lambda note, me: begin_hand_over(note, icb=area.icb, worker=worker, reason=reason, from_date=on, to_date=to),
    )


def lines_of(hand_over: HandOver) -> list[HandOverLine]:
    with context.as_engine():
        return list(HandOverLine.objects.filter(hand_over=hand_over).select_related("person").order_by("pk"))


def prepared(area: Area, hand_over: HandOver, taker: Actor, **more: Any) -> None:
    """Everybody goes to this taker, and every family was told."""
    for line in lines_of(hand_over):
        does(area, lambda note, me, line=line: choose_taker(note, by=me, line=line, taker_id=taker.pk, **more))
        does(area, lambda note, me, line=line: tell_family(note, line=line, how="spoken", words="Tom rang them today"))
    does(area, lambda note, me: give_rest(note, hand_over=hand_over, to=taker))


def agreed(area: Area, hand_over: HandOver, at: datetime | None = None) -> None:
    does(area, lambda note, me: agree_hand_over(note, by=me, hand_over=hand_over), at=at)


def done(area: Area, hand_over: HandOver, at: datetime | None = None) -> None:
    does(area, lambda note, me: take_effect(note, hand_over=hand_over), at=at)


@pytest.fixture
def asha(northmoor: Area) -> Actor:
    return northmoor.actors["keyworker"]


@pytest.fixture
def zoe(northmoor: Area) -> Actor:
    return hire(northmoor, "Zoe Hart")
