"""The audit page: information governance of an area sees who looked and what changed there, and no record's content."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.models import Event, History, Look
from alongside.foundation.recording.recording import recording
from alongside.overview.guarded.restricting import restrict
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
    assert "Page-29" in text and "Page-05" in text and "Page-04" not in text
    older = text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get("/audit" + older).content.decode()
    assert "Page-04" in second and "Page-00" in second and "Page-05" not in second


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


def test_a_page_is_shown_and_found_by_a_readable_name(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    look_at(northmoor, person.pk, "told")
    page = client_of(northmoor).get("/audit", {"page": "what a family told"}).content.decode()
    assert "Answer to what a family told us" in page and "asked by the panel" in page


def test_it_is_searched_by_page_and_by_day(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    look_at(northmoor, person.pk, "timeline")
    client, today = client_of(northmoor), clock.today()
    assert "asked by the panel" in client.get("/audit", {"page": "timel"}).content.decode()
    assert "asked by the panel" not in client.get("/audit", {"page": "rating"}).content.decode()
    day = {"since-day": str(today.day), "since-month": str(today.month), "since-year": str(today.year)}
    assert "asked by the panel" in client.get("/audit", day).content.decode()
    assert "asked by the panel" not in client.get("/audit", day | {"since-year": str(today.year + 1)}).content.decode()
    until = {name.replace("since", "until"): value for name, value in day.items()} | {"until-year": "2001"}
    assert "before the first day" in client.get("/audit", day | until).content.decode()


def test_values_are_shown_when_somebody_says_why_and_that_is_kept(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor, given_name="Kai", family_name="Moss")
    with acting_as(northmoor.actors["governance"]):
        number = History.objects.filter(table="people_person", person_id=person.pk, change="insert").get().pk
    client, address = client_of(northmoor), f"/audit/changes/{number}"
    assert "Moss" not in client.get(address).content.decode()
    assert client.post(address, {"why": ""}).status_code == 422
    assert "Moss" in client.post(address, {"why": "A complaint"}).content.decode()
    with acting_as(northmoor.actors["governance"]):
        assert Look.objects.filter(page="audit values", why="A complaint", person_ids=[person.pk]).exists()
    assert client_of(saltby).get(address).status_code == client.get("/audit/changes/99999999").status_code == 404


def test_an_export_is_recorded(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    look_at(northmoor, person.pk, "=cmd")
    answer = client_of(northmoor).post("/audit/export", {"person": person.reference, "show": "looks"})
    assert "'=cmd" in answer.content.decode() and "attachment" in answer["Content-Disposition"]
    with context.as_engine():
        event = Event.objects.get(code="audit.exported")
    assert event.detail["filters"]["person"] == person.reference and event.by_id == northmoor.actors["governance"].pk
    assert client_of(northmoor).post("/audit/export", {"person": "ZZ-0000-0000"}).status_code == 422


def test_what_is_worth_a_question(northmoor: Area, saltby: Area) -> None:
    same, _ = add_registered(northmoor, given_name="Ada", family_name="TNM")
    other, _ = add_registered(northmoor, given_name="Ada", family_name="Reed")
    with acting_as(northmoor.actors["manager"]) as me:
        record_look(me, "person", [same.pk], at=clock.now())
        record_look(me, "person", [other.pk], at=clock.now())
    page = client_of(northmoor).get("/audit/unusual").content.decode()
    assert same.reference in page and other.reference not in page and "Reed" not in page
    assert "Keyworking manager of TNM" in page
    assert same.reference not in client_of(saltby).get("/audit/unusual").content.decode()


def test_a_family_that_comes_by_its_own_door_is_no_question(northmoor: Area) -> None:
    own, _ = add_registered(northmoor, given_name="Ada", family_name="TNM")
    mother = northmoor.actors["family"]
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=clock.now()) as note:
        note("involvement.made", words="She came in.", person_id=own.pk, icb_id=northmoor.icb.pk, topic=1)
        door = Involvement.objects.create(
            actor=mother, person_id=own.pk, topics=[1], because="family", recipient_kind="family", from_at=clock.now()
        )
    with acting_as(mother) as me:
        record_look(me, "mine", [own.pk], at=clock.now())
    assert own.reference not in client_of(northmoor).get("/audit/unusual").content.decode()
    with acting_as(northmoor.actors["manager"]) as me:
        record_look(me, "person", [own.pk], at=clock.now())
    page = client_of(northmoor).get("/audit/unusual").content.decode()
    assert own.reference in page and "Keyworking manager of TNM" in page and mother.name not in page
    with context.as_engine(), recording(by=northmoor.actors["coordinator"], at=clock.now()) as note:
        note("involvement.made", words="She came in later.", person_id=own.pk, icb_id=northmoor.icb.pk, topic=1)
        Involvement.objects.filter(pk=door.pk).update(from_at=clock.now() + timedelta(minutes=1))
    assert mother.name in client_of(northmoor).get("/audit/unusual").content.decode(), "the door was not open yet"


def test_values_of_a_restricted_record_are_for_who_is_named(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, given_name="Kai", family_name="Moss")
    with acting_as(northmoor.actors["governance"], clock.now()) as me, recording(by=me, at=clock.now()) as note:
        named = [northmoor.actors["coordinator"].pk]
        restrict(note, person=person, because="x", named=named, review_on=date(2027, 1, 1), by=me)
        number = History.objects.filter(table="people_person", person_id=person.pk, change="insert").get().pk
    mine = client_of(northmoor).get("/audit", {"show": "changes", "who": "governance of tnm"}).content.decode()
    assert "restriction added" in mine and "person changed" in mine and "The rules engine" not in mine
    page = client_of(northmoor).post(f"/audit/changes/{number}", {"why": "A complaint"}).content.decode()
    assert "restricted" in page and "Moss" not in page
