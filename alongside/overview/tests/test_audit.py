"""The audit page: information governance of an area sees who looked and what changed there, and no record's content."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation import clock
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.models import History, Look
from tests.cast import Area, acting_as, add_registered, key_of


def client_of(area: Area, role: str = "governance") -> Client:
    client = Client()
    client.cookies["alongside_key"] = key_of(area.actors[role])
    return client


def look_at(area: Area, person_id: int, page: str = "person") -> None:
    with acting_as(area.actors["coordinator"]) as me:
        record_look(me, page, [person_id], at=clock.now(), why="asked by the panel")


def test_it_shows_who_looked_at_a_person_and_not_who_the_person_is(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, given_name="Kai", family_name="Moss")
    look_at(northmoor, person.pk)
    page = client_of(northmoor).get("/audit", {"person": person.reference}).content.decode()
    assert "Register coordinator of TNM" in page and "asked by the panel" in page
    assert "Moss" not in page


def test_it_shows_which_fields_changed_and_not_what_to(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, given_name="Kai", family_name="Moss")
    page = client_of(northmoor).get("/audit", {"person": person.reference, "show": "changes"}).content.decode()
    assert "person added" in page
    assert "Moss" not in page and "A&amp;E twice" not in page


def test_another_area_is_not_to_be_seen(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor)
    look_at(northmoor, person.pk)
    client = client_of(saltby)
    assert "No record with this reference" in client.get("/audit", {"person": person.reference}).content.decode()
    assert "Register coordinator of TNM" not in client.get("/audit").content.decode()
    assert "person added" not in client.get("/audit", {"show": "changes"}).content.decode()


@pytest.mark.parametrize("role", ["governance", "coordinator", "admin", "manager"])
def test_the_stores_themselves_show_each_area_its_own(northmoor: Area, saltby: Area, role: str) -> None:
    here, _ = add_registered(northmoor)
    there, _ = add_registered(saltby)
    look_at(northmoor, here.pk)
    look_at(saltby, there.pk)
    with acting_as(northmoor.actors[role]):
        looked = {person for look in Look.objects.all() for person in look.person_ids or []}
        changed = set(History.objects.exclude(person_id=None).values_list("person_id", flat=True))
    assert looked == changed == ({here.pk} if role == "governance" else set())


def test_a_colleague_can_be_looked_up_and_an_unknown_one_gives_a_sentence(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    look_at(northmoor, person.pk)
    client = client_of(northmoor)
    assert "asked by the panel" in client.get("/audit", {"who": "coordinator of tnm"}).content.decode()
    assert "asked by the panel" not in client.get("/audit", {"who": "keyworker of tnm"}).content.decode()
    assert "Nobody has this name" in client.get("/audit", {"who": "zzz"}).content.decode()


def test_pages_follow_each_other_without_a_gap(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    for number in range(30):
        look_at(northmoor, person.pk, f"page-{number:02d}")
    client = client_of(northmoor)
    first = client.get("/audit", {"person": person.reference})
    older = first.context["older_url"] if first.context else ""
    text = first.content.decode()
    assert "page-29" in text and "page-05" in text and "page-04" not in text
    older = text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get("/audit" + older).content.decode()
    assert "page-04" in second and "page-00" in second and "page-05" not in second


def test_looking_it_up_is_recorded_too(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    client_of(northmoor).get("/audit", {"person": person.reference})
    with acting_as(northmoor.actors["governance"]) as me:
        assert Look.objects.filter(actor_id=me.id, page="audit", person_ids=[person.pk]).exists()


@pytest.mark.parametrize("junk", ["\x00", "%", "' or 1=1 --", "9" * 400, "é" * 14])
def test_junk_gives_a_page(northmoor: Area, junk: str) -> None:
    client = client_of(northmoor)
    for name in ("person", "who", "before", "show"):
        assert client.get("/audit", {name: junk}).status_code == 200


def test_a_page_takes_few_statements_whatever_the_size(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    for _ in range(30):
        look_at(northmoor, person.pk)
    client = client_of(northmoor)
    with CaptureQueriesContext(connection) as asked:
        client.get("/audit", {"person": person.reference, "who": "coordinator"})
    assert len(asked) <= 8
