"""Coming on the register, going off it, coming back; admissions and discharges; a keyworker is named."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.hospital.models import Stay
from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Person
from alongside.features.register.models import Rating, RegisterEntry
from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from tests.cast import Area, acting_as, add_registered, key_of

TODAY = clock.today()


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def somebody(**more: Any) -> dict[str, Any]:
    return {
        "given_name": "Ada", "family_name": "Quill", "listing": "child", "reason": "A&E twice", "answer": "given",
        "basis": "parental", "decided_by": "Her mother", "submission": new_token(),
        **on("entered_on", TODAY), **on("birth_date", date(2012, 3, 4)),
    } | more  # fmt: skip


def test_somebody_new_comes_on_the_register_once(northmoor: Area) -> None:
    client, sent = as_(northmoor.actors["coordinator"]), somebody(nhs_number="999 000 0018")
    assert client.get("/people/add").status_code == 200
    first = client.post("/people/add", sent)
    assert first.status_code == 302 and first["Location"].startswith("/people/")
    client.post("/people/add", sent | {"different": "on"})
    with acting_as(northmoor.actors["coordinator"]):
        assert Person.objects.get().nhs_number == "9990000018"
        assert RegisterEntry.objects.count() == 1


@pytest.mark.parametrize("role", ["coordinator", "manager"])
def test_without_agreement_only_the_register_team_sees_them(northmoor: Area, role: str) -> None:
    client = as_(northmoor.actors[role])
    answer = client.post("/people/add", somebody(answer="unknown", basis=""))
    assert answer.status_code == 302
    assert (answer["Location"] == "/register") is (role == "manager")
    assert ("Quill" in client.get("/register").content.decode()) is (role == "coordinator")


def test_whoever_may_be_the_same_is_shown_first(northmoor: Area) -> None:
    client = as_(northmoor.actors["coordinator"])
    client.post("/people/add", somebody())
    again = client.post("/people/add", somebody(given_name="ADA"))
    body = again.content.decode()
    assert again.status_code == 422 and "Are they here already?" in body and "Ada Quill" in body
    assert client.post("/people/add", somebody(given_name="ADA", different="on")).status_code == 302


def test_a_number_of_somebody_elsewhere_reveals_nobody(northmoor: Area, saltby: Area) -> None:
    add_registered(saltby, nhs_number="9990000026", family_name="Hidden")
    page = as_(northmoor.actors["coordinator"]).post("/people/add", somebody(nhs_number="9990000026"))
    body = page.content.decode()
    assert page.status_code == 422 and "Ask the register team" in body and "Hidden" not in body and "Quill" in body


def test_agreement_needs_somebody_who_gave_it(northmoor: Area) -> None:
    page = as_(northmoor.actors["coordinator"]).post("/people/add", somebody(basis=""))
    assert page.status_code == 422 and "Select who decided" in page.content.decode()


def test_off_the_register_with_a_reason_and_back_again(northmoor: Area) -> None:
    person, entry = add_registered(northmoor, at=clock.now() - timedelta(days=9))
    client = as_(northmoor.actors["coordinator"])
    url = f"/register/entries/{entry.pk}/remove"
    assert client.get(url).status_code == 200
    early = {"because": "risk_low", "submission": new_token(), **on("removed_on", entry.entered_on - timedelta(days=1))}
    assert client.post(url, early).status_code == 422
    assert client.post(url, {"submission": new_token(), **on("removed_on", TODAY)}).status_code == 422
    sent = {"because": "risk_low", "submission": new_token(), **on("removed_on", TODAY)}
    for _ in range(2):
        assert client.post(url, sent).status_code == 302
    again = client.post(url, sent | {"submission": new_token()})
    assert again.status_code == 422 and "was closed on" in again.content.decode()
    body = client.get(f"/people/{person.reference}").content.decode()
    assert "The risk has stayed low" in body and "Put on the register" in body
    assert "Nobody is on this register yet" in client.get("/register").content.decode()
    found = client.post("/register/find", {"q": "moss", "all": "1"}).content.decode()
    assert "Kai Moss" in found
    back = {"listing": "child", "reason": "Worried again", "submission": new_token(), **on("entered_on", TODAY)}
    assert client.get(f"/people/{person.reference}/enter").status_code == 200
    assert client.post(f"/people/{person.reference}/enter", back).status_code == 302
    twice = client.post(f"/people/{person.reference}/enter", back | {"submission": new_token()})
    assert twice.status_code == 422 and "already on this register" in twice.content.decode()
    with acting_as(northmoor.actors["coordinator"]):
        assert RegisterEntry.objects.get(removed_on=None).came_back_from_id == entry.pk


def test_admission_makes_blue_and_discharge_red_at_once(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, at=clock.now() - timedelta(days=30))
    client = as_(northmoor.actors["coordinator"])
    url = f"/people/{person.reference}/admit"
    assert client.get(url).status_code == 200
    admitted = TODAY - timedelta(days=5)
    sent = {"kind": "mental_health_hospital", "place_name": "Ash House", "legal_status": "03", "at": "16:05",
            "submission": new_token(), **on("on", admitted)}  # fmt: skip
    assert client.post(url, sent | {"at": "25:00"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent | {"submission": new_token()}).status_code == 422, "one stay at a time"
    with acting_as(northmoor.actors["coordinator"]):
        stay = Stay.objects.get()
        assert Rating.objects.get().colour == "blue"
    body = client.get(f"/people/{person.reference}").content.decode()
    assert "Section 3" in body and "Ash House" in body
    leave = f"/hospital/stays/{stay.pk}/discharge"
    assert client.get(leave).status_code == 200
    wrong = {"submission": new_token(), **on("on", admitted - timedelta(days=1))}
    assert client.post(leave, wrong).status_code == 422
    assert client.post(leave, {"submission": new_token(), "destination": "Home", **on("on", TODAY)}).status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert [r.colour for r in Rating.objects.order_by("id")] == ["blue", "red"]


def test_a_keyworker_is_named_and_sees_the_person(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    worker = northmoor.actors["keyworker"]
    client, url = as_(northmoor.actors["manager"]), f"/people/{person.reference}/keyworker"
    assert worker.name in client.get(url).content.decode()
    sent = {"worker": worker.pk, "part": "designated", "submission": new_token(), **on("from_date", TODAY)}
    assert client.post(url, sent | {"worker": "999999"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert Allocation.objects.get().worker == worker
    body = client.get(f"/people/{person.reference}").content.decode()
    assert f"Keyworker: <strong>{worker.name}" in body
    assert as_(northmoor.actors["commissioner"]).get(url).status_code == 403


@pytest.mark.parametrize("path", ["admit", "enter", "keyworker"])
def test_scope(northmoor: Area, saltby: Area, path: str) -> None:
    person, entry = add_registered(northmoor)
    other = as_(saltby.actors["coordinator"])
    assert other.get(f"/people/{person.reference}/{path}").status_code == 404
    assert other.get(f"/register/entries/{entry.pk}/remove").status_code == 404
    assert other.get("/hospital/stays/1/discharge").status_code == 404
    assert as_(northmoor.actors["partner_health"]).get(f"/people/{person.reference}/{path}").status_code == 403
