"""The calendar feed: references only, read as its owner, closed at once, and as calendar programs need it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.keyworking.contacts import calendar
from alongside.features.keyworking.contacts.calendar import Entry, as_ics
from alongside.features.keyworking.contacts.operations import plan_appointment
from alongside.features.keyworking.contacts.tests.conftest import signed_in
from alongside.features.keyworking.models import Allocation, CalendarFeed
from alongside.features.keyworking.operations import end_allocation
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.me import find_me, open_key
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as


def address(actor: Actor) -> str:
    page = signed_in(actor).post("/calendar", {"submission": new_token()}).content.decode()
    found = re.search(r"/calendar/[A-Za-z0-9_-]+\.ics", page)
    assert found, page[-2000:]
    return found[0]


def test_what_is_due_and_planned_stands_in_it_by_reference(northmoor: Area, kai: Person, ben: Actor) -> None:
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        plan_appointment(note, person=kai, worker_id=ben.pk, way="visit", starts_at=NOW + timedelta(days=1),
                         where="1 High Street", with_whom="Dawn", minutes=45)  # fmt: skip
    answer = Client().get(address(ben))
    text = answer.content.decode()
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    assert f"SUMMARY:{kai.reference}\r\n" in text and f"SUMMARY:Due: {kai.reference}" in text
    assert "DTSTART:20261121T090000Z\r\nDTEND:20261121T094500Z" in text
    for word in ("Kai", "Moss", "High Street", "Dawn", "visit", "Visit", "contact", "red"):
        assert word not in text.replace("BEGIN:VEVENT", ""), word


def test_it_is_shown_once_and_only_its_digest_is_kept(kai: Person, ben: Actor) -> None:
    path = address(ben)
    assert path not in signed_in(ben).get("/calendar").content.decode()
    with context.as_engine():
        assert path.split("/")[-1].removesuffix(".ics").encode() not in bytes(CalendarFeed.objects.get().digest)


def test_a_closed_address_or_a_new_one_ends_the_old(kai: Person, ben: Actor) -> None:
    first = address(ben)
    second = address(ben)
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200
    assert signed_in(ben).post("/calendar", {"submission": new_token(), "end": "1"}).status_code == 302
    assert Client().get(second).status_code == 404
    assert Client().get("/calendar/" + "x" * 43 + ".ics").status_code == 404


def test_it_shows_no_more_than_its_owner_may_see(northmoor: Area, kai: Person, ben: Actor) -> None:
    path = address(ben)
    assert kai.reference in Client().get(path).content.decode()
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        end_allocation(note, allocation=Allocation.objects.get(person=kai), on=NOW.date())
    assert kai.reference not in Client().get(path).content.decode()


def test_whoever_has_left_has_no_calendar(northmoor: Area, ben: Actor) -> None:
    path = address(ben)
    with context.as_engine(), recording(by=ben, at=NOW) as note:
        ben.left_on = NOW.date()
        ben.save(update_fields=["left_on"])
        note("left", words="Somebody left.", icb_id=northmoor.icb.pk)
    assert Client().get(path).status_code == 404


def test_the_key_it_is_read_with_ends_with_the_answer(ben: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []

    def remembered(*who: Any, **how: Any) -> str:
        keys.append(open_key(*who, **how))
        return keys[-1]

    monkeypatch.setattr(calendar, "open_key", remembered)
    assert Client().get(address(ben)).status_code == 200
    with context.asking_with(keys[0]):
        assert find_me(NOW) is None


def test_reading_stays_within_its_budget(kai: Person, ben: Actor, django_assert_max_num_queries: Callable) -> None:
    path = address(ben)
    with django_assert_max_num_queries(12):
        Client().get(path)


@pytest.mark.parametrize("role", ["commissioner", "partner_health", "admin"])
def test_only_the_team_makes_one(northmoor: Area, role: str) -> None:
    assert signed_in(northmoor.actors[role]).get("/calendar").status_code == 403


def test_lines_are_folded_and_marks_are_escaped() -> None:
    at = datetime.fromisoformat("2026-11-20T09:00+00:00")
    text = as_ics([Entry("a", "é" * 60 + ", one; two\nthree\\", at.date())], name="Name", at=at, host="h")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\\, one\\; two\\nthree\\\\" in text.replace("\r\n ", "")
    assert text.endswith("END:VCALENDAR\r\n") and "DTSTART;VALUE=DATE:20261120" in text
