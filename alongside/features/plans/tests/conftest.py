"""Kai, who has a keyworker, and helpers that write and share a plan for him."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.features.plans.drafting import keep_part
from alongside.features.plans.models import PlanVersion
from alongside.features.plans.operations import send_plan, share_plan
from alongside.features.plans.queries import open_proposal
from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered, key_of

STORY = "I was born in Leeds. I moved here when I was nine."
CRISIS = "Turn the lights down. Say little. Do not hold me."


@pytest.fixture(autouse=True)
def _at_nine_on_a_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def kai(northmoor: Area) -> Person:
    person, _ = add_registered(northmoor, at=NOW - timedelta(days=60))
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=northmoor.actors["keyworker"], from_date=date(2026, 11, 2))
    return person


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def write(
    area: Area, person: Person, kind: str, words: str, *, plain: str = "", easy: object = (), page: str = ""
) -> None:
    """The keyworker writes a part of the draft."""
    face = {"words": words, "plain": plain, "easy": [list(line) for line in easy]}  # type: ignore[attr-defined]
    with acting_as(area.actors["keyworker"], NOW) as me:
        mark = page or f"{kind}-{words}"[:60]
        keep_part(person=person, kind=kind, face=face, seen=0, page=mark, by=me, at=NOW)


def send(area: Area, person: Person, *, by: str = "keyworker", changed_words: str = "") -> None:
    with acting_as(area.actors[by], NOW) as me, recording(by=me, at=NOW) as note:
        send_plan(note, person=person, review_on=date(2027, 1, 15), changed_words=changed_words, by=me)


def share(area: Area, person: Person, *, by: str = "manager") -> PlanVersion:
    with acting_as(area.actors[by], NOW) as me, recording(by=me, at=NOW) as note:
        proposal = open_proposal(me, person)
        assert proposal
        return share_plan(note, proposal=proposal, by=me)


@pytest.fixture
def shared(northmoor: Area, kai: Person) -> PlanVersion:
    """A plan with a story, a crisis part and easy read, approved by the manager."""
    write(northmoor, kai, "story", STORY, easy=[["asking/home", "I live with my mum."]])
    write(northmoor, kai, "crisis", CRISIS, plain="Make it dark and quiet.")
    send(northmoor, kai)
    return share(northmoor, kai)
