"""Who is on call opens what nobody has opened, sees what was told and nothing on record; and how the rota is kept."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.referrals.models import Notice, OnCall
from alongside.features.referrals.notices import rota
from alongside.features.referrals.notices.tests.telling import FRIDAY, due, read, tell
from alongside.features.referrals.notices.tests.test_held_closely import a_colleague, keep_close
from alongside.features.referrals.tests.pressing import hidden, words
from alongside.foundation.access import context
from alongside.foundation.recording.models import Look
from alongside.foundation.recording.recording import recording
from alongside.overview.verify import find_differing_matters
from tests.cast import Area, acting_as, add_registered

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
TODAY = FRIDAY.date()
DAY = timedelta(days=1)


def on_call(area: Area, role: str, first: date = TODAY, last: date = TODAY) -> None:
    with acting_as(area.actors["manager"], FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
        actor = area.actors[role]
        days = {"from_date": first, "to_date": last}
        rota.add(note, icb_id=area.icb.pk, actor_id=actor.pk, phone="07700 900123", by=me, **days)


def send(client: Client, at: str, **given: Any) -> Any:
    return client.post(at, hidden(client.get(at)) | given)


def test_whoever_is_on_call_opens_an_alert_and_writes_down_what_they_did(
    northmoor: Area, as_: SignIn, stands_still: Any
) -> None:
    on_call(northmoor, "commissioner")
    alert = tell(northmoor, "alert")
    here = f"/on-call/waiting/{alert.pk}"
    commissioner = as_("commissioner")
    listed = words(commissioner.get("/on-call"))
    assert f'href="{here}"' in listed and "Tariq" not in listed and "(you)" in listed
    page = words(commissioner.get(here))
    for told in ("Tariq Aziz", "Came in by ambulance.", "Sister Okafor", 'href="tel:01632960111"', "I have it"):
        assert told in page, told
    assert "/people/" not in page, "nothing on record"
    assert send(commissioner, here).status_code == 302
    assert read(alert).taken_by == northmoor.actors["commissioner"]
    assert set(due(alert)) == {"settled"}, "somebody has it: nobody is reminded any more"
    assert "Write whom you rang" in words(send(commissioner, here, words=" "))
    assert send(commissioner, here, words="Rang Sister Okafor: home with two staff.").status_code == 302
    assert read(alert).settled_at is None, "the register team settles it"
    coordinator = as_("coordinator")
    assert "was on call: Rang Sister Okafor: home with two staff." in words(coordinator.get(f"/notices/{alert.pk}"))
    settle = f"/notices/{alert.pk}/settle"
    assert "home with two staff" in words(coordinator.get(settle)), "to go on from"
    assert send(coordinator, settle, words="Rang again on Monday.").status_code == 302
    assert commissioner.get(here).status_code == 404
    assert list(find_differing_matters()) == []
    with context.as_engine():
        assert Look.objects.filter(page=f"notice {alert.reference}, on call").exists()


@pytest.mark.parametrize(
    ("first", "last", "opens"), [(0, 0, True), (-3, 0, True), (-3, -1, False), (1, 3, False), (0, 5, True)]
)
def test_only_on_the_days_of_the_rota(
    northmoor: Area, as_: SignIn, stands_still: Any, first: int, last: int, opens: bool
) -> None:
    on_call(northmoor, "keyworker", TODAY + first * DAY, TODAY + last * DAY)
    alert = tell(northmoor, "alert")
    answer = as_("keyworker").get(f"/on-call/waiting/{alert.pk}")
    assert answer.status_code == (200 if opens else 404)


def test_nobody_else_opens_it_there(northmoor: Area, saltby: Area, as_: SignIn, stands_still: Any) -> None:
    on_call(saltby, "manager")
    alert = tell(northmoor, "alert")
    here = f"/on-call/waiting/{alert.pk}"
    for role, status in {"manager": 404, "keyworker": 404, "coordinator": 404, "partner_health": 403}.items():
        assert as_(role).get(here).status_code == status, role
    page = words(as_("manager").get("/on-call"))
    assert alert.reference in page and here not in page and "Ring one of those on call" in page


def test_what_a_coordinator_has_taken_is_theirs(northmoor: Area, as_: SignIn, stands_still: Any) -> None:
    on_call(northmoor, "keyworker")
    alert = tell(northmoor, "alert")
    keyworker, coordinator = as_("keyworker"), as_("coordinator")
    here = f"/on-call/waiting/{alert.pk}"
    typed = hidden(keyworker.get(here))
    take = hidden(coordinator.get(f"/notices/{alert.pk}"))
    assert coordinator.post(f"/notices/{alert.pk}/take", take).status_code == 302
    assert keyworker.post(here, typed).status_code == 404
    assert read(alert).taken_by == northmoor.actors["coordinator"]


@pytest.mark.parametrize(("hours", "opens"), [(23, True), (25, False)])
def test_whoever_took_it_reads_it_for_a_day(
    northmoor: Area, as_: SignIn, stands_still: Any, hours: int, opens: bool
) -> None:
    on_call(northmoor, "keyworker")
    alert = tell(northmoor, "alert")
    here = f"/on-call/waiting/{alert.pk}"
    assert send(as_("keyworker"), here).status_code == 302
    stands_still(FRIDAY + timedelta(hours=hours))
    assert as_("keyworker").get(here).status_code == (200 if opens else 404)


def test_one_about_a_restricted_record_is_not_theirs(northmoor: Area, as_: SignIn, stands_still: Any) -> None:
    on_call(northmoor, "keyworker")
    alert = tell(northmoor, "alert")
    keep_close(northmoor, read(alert).person, northmoor.actors["coordinator"], a_colleague(northmoor))
    assert as_("keyworker").get(f"/on-call/waiting/{alert.pk}").status_code == 404


def test_alerts_stand_before_notices_that_wait_longer(northmoor: Area, as_: SignIn, stands_still: Any) -> None:
    notice = tell(northmoor, given_name="Bilal", at=FRIDAY - timedelta(hours=3))
    alert = tell(northmoor, "alert")
    page = words(as_("manager").get("/on-call"))
    assert page.index(alert.reference) < page.index(notice.reference)


def test_the_database_shows_them_no_notice(northmoor: Area, stands_still: Any) -> None:
    on_call(northmoor, "keyworker")
    tell(northmoor, "alert")
    with acting_as(northmoor.actors["keyworker"], FRIDAY):
        assert not Notice.objects.exists(), "the page asks for the one that is opened, by the engine's hand"


@pytest.mark.parametrize("many", [1, 6])
def test_the_page_takes_few_statements(northmoor: Area, as_: SignIn, stands_still: Any, many: int) -> None:
    on_call(northmoor, "keyworker")
    for number in range(many):
        add_registered(northmoor, family_name=f"Moss{'aeiouy'[number]}", at=FRIDAY - 9 * DAY)
        alert = tell(northmoor, "alert", family_name=f"Aziz{'aeiouy'[number]}")
    keyworker = as_("keyworker")
    with CaptureQueriesContext(connection) as asked:
        keyworker.get(f"/on-call/waiting/{alert.pk}")
    assert len(asked) <= 6, [one["sql"][:120] for one in asked]


def naming(worker: int, first: date, last: date) -> dict[str, Any]:
    days = {"from_date": first, "to_date": last}
    return {f"{name}-{part}": getattr(on, part) for name, on in days.items() for part in ("day", "month", "year")} | {
        "actor": worker
    }


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [("abc", "Write a whole phone number"), ("0163", "Write a whole phone number"), ("", "Write the number to ring")],
)
def test_what_is_no_number_is_not_taken(
    northmoor: Area, as_: SignIn, stands_still: Any, phone: str, sentence: str
) -> None:
    worker = northmoor.actors["keyworker"].pk
    answer = send(as_("manager"), "/on-call/add", **naming(worker, TODAY, TODAY), phone=phone)
    assert answer.status_code == 422 and sentence in words(answer)
    with context.as_engine():
        assert not OnCall.objects.exists()


@pytest.mark.parametrize(("days", "taken"), [(366, True), (367, False), (365 * 114, False)])
def test_nobody_is_named_more_than_a_year_ahead(
    northmoor: Area, as_: SignIn, stands_still: Any, days: int, taken: bool
) -> None:
    worker, last = northmoor.actors["keyworker"].pk, TODAY + days * DAY
    answer = send(as_("manager"), "/on-call/add", **naming(worker, TODAY, last), phone="07700 900123")
    assert answer.status_code == (302 if taken else 422)
    assert taken or "7 March 2027 or earlier" in words(answer)
