"""A move as it is typed and sent, by the cast of two areas."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alongside.features.moving.models import AreaMove
from alongside.features.people.identity.tests.test_pages import as_, sent, words
from alongside.features.people.models import MoveOffer, Person
from alongside.foundation import clock
from alongside.foundation.access import context
from tests.cast import Area, add_registered

NUMBER = "9990000018"
YES = {"answer": "yes", "named": "Jo Lee", "post": "Keyworker", "reach": "01632 960001", "team": "Keyworking Saltby",
       "colour": "amber", "why": "They settle in."}  # fmt: skip
__all__ = ["NUMBER", "YES", "as_", "on", "sent", "words"]


def on(name: str, day: date) -> dict[str, str]:
    """A day as its three boxes send it."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def the_offer() -> MoveOffer:
    with context.as_engine():
        return MoveOffer.objects.filter(closed_at=None).get()


def the_move() -> AreaMove:
    with context.as_engine():
        return AreaMove.objects.select_related("to_icb").order_by("-pk").all()[0]


def holder(person: Person) -> int:
    with context.as_engine():
        return Person.objects.get(pk=person.pk).icb_id


@pytest.fixture
def person(northmoor: Area) -> Person:
    return add_registered(northmoor, nhs_number=NUMBER)[0]


@pytest.fixture
def begin(northmoor: Area, saltby: Area, person: Person) -> Callable[..., Any]:
    """Writes a move down, to Saltby unless said otherwise."""

    def send(who: str = "coordinator", **typed: str) -> Any:
        said = {"kind": "area", "to_icb": str(saltby.icb.pk), "told_by": "family", "because": "Moves in with an aunt."}
        said |= on("told_on", clock.today())
        return as_(northmoor.actors[who]).post(f"/people/{person.reference}/move/new", sent(**(said | typed)))

    return send


@pytest.fixture
def offer(northmoor: Area, person: Person) -> Callable[[], Any]:
    def send() -> Any:
        return as_(northmoor.actors["coordinator"]).post(f"/people/{person.reference}/offer", sent(told="yes"))

    return send


@pytest.fixture
def accept(saltby: Area) -> Callable[..., Any]:
    def send(**typed: str) -> Any:
        said = YES | on("starts_on", clock.today()) | typed
        return as_(saltby.actors["coordinator"]).post(f"/people/offered/{the_offer().pk}", sent(**said))

    return send
