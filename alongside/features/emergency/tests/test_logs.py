"""The log of a crisis: somebody looks every day, by name; a day of silence is seen; it ends with the record."""

from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.features.emergency.models import CrisisLog, LogEntry
from alongside.features.emergency.tests.conftest import press, signed_in, words
from alongside.features.keyworking.handing_over.work import list_open_work, move_work
from alongside.features.people.models import Person
from alongside.features.people.operations import change_person
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db


def day_of(on: date) -> dict[str, str]:
    return {"next_on-day": str(on.day), "next_on-month": str(on.month), "next_on-year": str(on.year)}


def _next(area: Area, role: str = "manager", days: int = 1, at: str = "9:30") -> dict[str, str]:
    on = NOW.date() + timedelta(days=days)
    return {"next_writer": str(area.actors[role].pk), "next_at": at, **day_of(on)}


def _open(area: Area, person: Person) -> tuple[CrisisLog, Client]:
    client = signed_in(area.actors["keyworker"])
    here = f"/people/{person.reference}/emergency/logs/open"
    answer = press(client, here, because="He has not slept for two nights.", **_next(area))
    assert answer.status_code == 302, words(answer)
    with context.as_engine():
        return CrisisLog.objects.get(), client


def _page(log: CrisisLog, person: Person) -> str:
    return f"/people/{person.reference}/emergency/logs/{log.pk}"


def test_each_entry_names_who_is_next_and_it_is_theirs(northmoor: Area, tariq: Person) -> None:
    log, client = _open(northmoor, tariq)
    with context.as_engine():
        assert Duty.objects.get(rule_key="crisis_entry").owner_actor == northmoor.actors["manager"]
    said = {"going": "worse", "words": "Slept two hours."}
    answer = press(client, _page(log, tariq), **said, **_next(northmoor, "keyworker", at="5pm"))
    assert answer.status_code == 302, words(answer)
    page = words(client.get(_page(log, tariq)))
    assert "Slept two hours." in page and "Worse" in page and "writes next" in page
    with context.as_engine():
        duty = Duty.objects.get(rule_key="crisis_entry")
        silence = Duty.objects.get(rule_key="crisis_silence")
    assert duty.owner_actor == northmoor.actors["keyworker"]
    assert silence.owner_team == northmoor.teams["keyworking"] and silence.due == duty.due


@pytest.mark.parametrize(
    ("days", "at", "fine"), [(0, "8am", False), (0, "9:05", True), (1, "23:59", True), (2, "0:00", False)]
)
def test_the_next_entry_is_later_than_now_and_tomorrow_at_the_latest(
    northmoor: Area, tariq: Person, days: int, at: str, fine: bool
) -> None:
    client = signed_in(northmoor.actors["keyworker"])
    here = f"/people/{tariq.reference}/emergency/logs/open"
    answer = press(client, here, because="x", **_next(northmoor, days=days, at=at))
    assert (answer.status_code == 302) is fine, words(answer)


def test_nobody_is_named_who_can_not_open_the_record(northmoor: Area, saltby: Area, tariq: Person) -> None:
    client = signed_in(northmoor.actors["keyworker"])
    page = client.get(f"/people/{tariq.reference}/emergency/logs/open")
    for actor in (saltby.actors["manager"], northmoor.actors["partner_health"], northmoor.actors["governance"]):
        assert f'value="{actor.pk}"' not in words(page)


def test_there_is_one_log_at_a_time_and_it_closes_with_what_goes_on(northmoor: Area, tariq: Person) -> None:
    log, client = _open(northmoor, tariq)
    here = f"/people/{tariq.reference}/emergency/logs/open"
    assert "A log is open already" in words(press(client, here, because="Again.", **_next(northmoor)))
    assert "Select how it ends" in words(press(client, f"{_page(log, tariq)}/close"))
    answer = press(client, f"{_page(log, tariq)}/close", outcome="over", words="He sleeps again; his keyworker visits.")
    assert answer.status_code == 302
    with context.as_engine():
        assert not Duty.objects.filter(rule_key__startswith="crisis_").exists()
    assert press(client, here, because="Again.", **_next(northmoor)).status_code == 302


def test_a_death_ends_it(northmoor: Area, tariq: Person) -> None:
    log, _ = _open(northmoor, tariq)
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=Person.objects.get(pk=tariq.pk), died_on=NOW.date())
    with context.as_engine():
        log.refresh_from_db()
        assert log.outcome == CrisisLog.Outcome.ENDED and log.closed_at == NOW


def test_whoever_leaves_hands_the_next_entry_over(northmoor: Area, tariq: Person) -> None:
    log, _ = _open(northmoor, tariq)
    manager, keyworker = northmoor.actors["manager"], northmoor.actors["keyworker"]
    items = [one for one in list_open_work(manager.pk, northmoor.icb.pk) if one.kind == "crisis_entry"]
    assert [one.row.number for one in items] == [log.pk]
    with acting_as(manager, NOW) as me, recording(by=me, at=NOW) as note, context.as_engine():
        move_work(note, items, keyworker)
    with context.as_engine():
        assert Duty.objects.get(rule_key="crisis_entry").owner_actor == keyworker


def test_the_family_reads_nothing_of_it(northmoor: Area, tariq: Person) -> None:
    _open(northmoor, tariq)
    with acting_as(northmoor.actors["family"], NOW) as me:
        assert not LogEntry.objects.visible_to(me).exists() and not CrisisLog.objects.exists()
