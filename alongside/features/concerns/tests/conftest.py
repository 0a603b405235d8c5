"""Kai, with Ben as his keyworker, and a manager and a commissioner who see what they may."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from alongside.features.concerns.disputes.operations import open_dispute
from alongside.features.concerns.funding.operations import Share, ask_for_funding
from alongside.features.concerns.models import Concern, Dispute, Funding, PlacementNotice
from alongside.features.concerns.placements.operations import follow_notice
from alongside.features.concerns.raising.operations import raise_concern
from alongside.features.keyworking.contacts.tests.conftest import on, signed_in, stands_still, walked_with
from alongside.features.keyworking.tests.conftest import TODAY, hire
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as

__all__ = ["TODAY", "on", "signed_in", "stands_still"]

SEEN: dict[str, Any] = {
    "kind": "quality",
    "about": "placement",
    "place": "Ash House",
    "what": "His door has no handle inside.",
    "said_by": "Dawn, his mother",
    "severity": "low",
    "seen_on": TODAY,
}
THEIRS: dict[str, Any] = {
    "about": "commissioner",
    "one_body": "Northmoor ICB",
    "other_body": "Saltby ICB",
    "what": "Each says he lives with the other.",
    "opened_on": TODAY,
    "interim_owner": "Northmoor ICB",
}
MONEY: dict[str, Any] = {
    "what_for": "Two workers at home in the evening",
    "why_not_existing": "The short break service has no room.",
    "cost": 900,
    "per": "week",
    "asked_on": TODAY,
    "shares": [Share("icb", 60), Share("care", 40)],
}
NOTICE: dict[str, Any] = {
    "place": "Ash House",
    "given_on": TODAY,
    "ends_on": date(2026, 12, 18),
    "because": "They say they can’t keep him safe.",
}


@pytest.fixture
def ben(northmoor: Area, stands_still: Callable[[datetime], None]) -> Actor:
    return hire(northmoor, "Ben Okafor")


@pytest.fixture
def kai(northmoor: Area, ben: Actor) -> Person:
    return walked_with(northmoor, ben, "Kai", "amber", 30)


def does(actor: Actor, operation: Callable[..., Any], moment: datetime = NOW, **given: Any) -> Any:
    """One operation in one act, by this actor."""
    with acting_as(actor, moment) as me, recording(by=me, at=moment) as note:
        return operation(note, by=me, **given)


def raised(actor: Actor, person: Person, **more: Any) -> Concern:
    return does(actor, raise_concern, person=person, **SEEN | more)


def disputed(actor: Actor, person: Person, **more: Any) -> Dispute:
    return does(actor, open_dispute, person=person, **THEIRS | more)


def asked(actor: Actor, person: Person, **more: Any) -> Funding:
    return does(actor, ask_for_funding, person=person, **MONEY | more)


def given(actor: Actor, person: Person, **more: Any) -> PlacementNotice:
    return does(actor, follow_notice, person=person, **NOTICE | more)


def due(person: Person, start: str) -> Duty | None:
    with context.as_engine():
        return Duty.objects.filter(person=person, key__startswith=start).first()
