"""Tariq in the night: a keyworker, a commissioner on call, and helpers that write a meeting as it is typed."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.emergency.models import EmergencyMeeting
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered, key_of

PLAN = "Two staff stay awake at home tonight. Keep the house quiet."
THERE = {
    "how": "phone",
    "chair": "Dr Lund, on call",
    "who_hospital": "Sister Okafor, nurse in charge",
    "who_social_care": "Jo Lee, emergency duty team",
    "not_education": "It is Saturday night",
}
STEPS: dict[str, dict[str, str]] = {
    "there": THERE,
    "family": {
        "young_person": "no", "young_person_words": "Too distressed to be on the phone", "family": "yes",
        "family_words": "His mother", "they_said": "He wants to go home.",
    },
    "why": {"trigger": "The police brought him to A&E.", "instead": "hours"},
    "tried": {"tried": "Crisis house: full.\nMore staff at home: possible."},
    "decision": {
        "outcome": "admission_avoided", "decision": "He goes home with two awake staff.",
        "dissent_1_name": "Dr Ray", "dissent_1_because": "The house has no second exit.",
    },
    "safety": {"safety": PLAN, "ring_1_who": "Crisis team", "ring_1_phone": "01632 960100"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _at_nine_on_a_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def tariq(northmoor: Area) -> Person:
    person, _ = add_registered(northmoor, given_name="Tariq", family_name="Aziz", at=NOW - timedelta(days=60))
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=northmoor.actors["keyworker"], from_date=date(2026, 11, 2))
    return person


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def hidden(page: Any) -> dict[str, str]:
    """What a page's forms send back without being seen."""
    found = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.content.decode())
    return dict(found)


def press(client: Client, address: str, **given: Any) -> Any:
    """Opens a page and sends its form."""
    return client.post(address, hidden(client.get(address)) | given)


def jobs(area: Area, **more: str) -> dict[str, str]:
    """The commissioner rings in the morning, and sees to it that it is done."""
    number = area.actors["commissioner"].pk
    return {
        "job_1_what": "Ring home and ask how the night was", "job_1_who": f"actor-{number}", "watcher": str(number),
    } | more  # fmt: skip


def type_all(client: Client, person: Person, area: Area, **changed: dict[str, str]) -> None:
    """Every step, pressing Continue each time."""
    here = f"/people/{person.reference}/emergency"
    press(client, f"{here}/begin")
    for step, typed in (STEPS | {"jobs": jobs(area)} | changed).items():
        page = client.get(f"{here}/write/{step}")
        days = dict(re.findall(r'name="(on-\w+)"[^>]*value="(\d+)"', page.content.decode()))
        answer = client.post(f"{here}/write/{step}", hidden(page) | days | typed)
        assert answer.status_code == 302, words(answer)


def write_meeting(area: Area, person: Person, by: str = "commissioner", **changed: dict[str, str]) -> EmergencyMeeting:
    """A meeting from the first step to the last."""
    client = signed_in(area.actors[by])
    type_all(client, person, area, **changed)
    answer = press(client, f"/people/{person.reference}/emergency/write/check")
    assert answer.status_code == 302, words(answer)
    with context.as_engine():
        return EmergencyMeeting.objects.select_related("person").latest("pk")
