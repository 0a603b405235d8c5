"""A person's page: what comes first, what each role may see of it, the timeline, the budget."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.hospital.operations import admit
from alongside.features.people.models import Circumstance, Communication, Person, Relation
from alongside.features.people.operations import accept_person, merge_people, record_fact, record_own_words
from alongside.features.people.operations.moving import offer_person
from alongside.features.register.models import Rating
from alongside.features.register.operations import rate
from alongside.foundation import clock
from alongside.foundation.access.roles import PARTNER_TOPICS
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.person_page import showing
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered, involve, key_of

PAGE_BUDGET = 8


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def told(area: Area, person: Person) -> None:
    """Something on several topics."""
    at = clock.now()
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        facts: list[tuple[Any, int, dict[str, Any]]] = [
            (Communication, Topic.COMMUNICATION, {"best_way": "Text first", "avoid": "Phone calls"}),
            (Circumstance, Topic.SOCIAL_CARE, {"kind": "looked_after"}),
            (Circumstance, Topic.EDUCATION, {"kind": "risk_education"}),
            (Relation, Topic.FAMILY, {"name": "Dawn Moss", "relationship": "Mother"}),
        ]
        for model, topic, values in facts:
            record_fact(note, model, person=person, topic=topic, words=f"{model.__name__} was written.", **values)
        record_own_words(note, person=person, words="I want to stay at my school.")
        admit(note, person=person, kind="mental_health_hospital", place_name="Ash House", admitted_at=at)


def page_of(client: Client, person: Person) -> str:
    answer = client.get(f"/people/{person.reference}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_they_are_comes_first_then_what_is_due(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, preferred_name="Zee", pronouns="they/them", nhs_number="9990000018")
    told(northmoor, person)
    body = page_of(as_(northmoor.actors["coordinator"]), person)
    order = ["Likes to be called", "How to talk with Zee", "Text first", "I want to stay at my school",
             "What is due", "Risk of admission", "Who is around Zee", "Dawn Moss", "Looked after by the council",
             "Other risks, apart from the colour", "Education at risk", "Ash House", "What happened"]  # fmt: skip
    places = [body.index(words) for words in order]
    assert places == sorted(places)
    assert "999 000 0018" in body and "in a mental health hospital since" in body


@pytest.mark.parametrize(("days", "state"), [(28, "due"), (29, "later")])
def test_what_is_due_within_28_days_stands_open_in_the_order_of_its_day(days: int, state: str) -> None:
    cards = showing.duties([row_due(-1), row_due(3), row_due(days)], NOW)
    soon = [row_due(day) for day in (-1, 3)] + ([row_due(days)] if state == "due" else [])
    assert [card["due"].isoformat() for card in cards["now"]] == [row[8] for row in soon]
    assert len(cards["later"]) == (state == "later")


def test_one_thing_stands_open_however_late_it_is_due_and_the_backlog_stands_apart() -> None:
    cards = showing.duties([row_due(-9, backlog="2026-11-19"), row_due(60), row_due(90)], NOW)
    assert [len(cards[name]) for name in ("now", "later", "backlog")] == [1, 1, 1]
    assert cards["now"][0]["state"] == "later"


def row_due(days: int, backlog: str | None = None) -> list[Any]:
    due = (NOW + timedelta(days=days)).isoformat()
    return [
        1,
        7,
        "Look",
        "Because.",
        "S",
        "V",
        False,
        due,
        due,
        None,
        False,
        "rate",
        "Us",
        backlog,
        "rule",
        None if backlog else due,
    ]


def test_of_what_is_imported_the_day_alone_is_told(northmoor: Area) -> None:
    person, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        start = datetime(2026, 10, 1, tzinfo=clock.LONDON)
        rate(
            note,
            entry=entry,
            colour="amber",
            because="",
            by=me,
            demanded=NO_FLOOR,
            rated_at=start,
            origin=Rating.Origin.IMPORT,
        )
    body = page_of(as_(northmoor.actors["coordinator"]), person)
    assert "1 October 2026" in body and "at midnight" not in body


def test_the_newest_ten_are_on_the_page_and_the_rest_one_link_away(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        for number in range(12):
            with recording(by=me, at=clock.now()) as note:
                note("said", words=f"Thing {number:02d}.", person_id=person.pk, icb_id=northmoor.icb.pk, topic=7)
    body = page_of(as_(northmoor.actors["coordinator"]), person)
    assert body.count("Thing ") == 10 and "Everything that happened" in body


def test_the_page_asks_little(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    told(northmoor, person)
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        page_of(client, person)
    assert len(asked) <= PAGE_BUDGET, [query["sql"][:90] for query in asked]


def test_a_partner_sees_only_their_topics(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    told(northmoor, person)
    partner = northmoor.actors["partner_education"]
    client = as_(partner)
    assert client.get(f"/people/{person.reference}").status_code == 404
    since = clock.now() - timedelta(days=1)
    topics = PARTNER_TOPICS["partner_education"]
    involve(northmoor, person, partner, topics=topics, kind="education", at=clock.now(), from_at=since)
    body = page_of(client, person)
    assert "Text first" in body and "Education at risk" in body
    hidden = "Ash House,Dawn Moss,Looked after,I want to stay,Not rated,rated blue,Agreed,Keyworker:,none yet,/duties/"
    for words in hidden.split(","):
        assert words not in body, words
    assert "Some of the record is not shown to you" in body and "/communication" not in body
    assert "Went into" not in client.get(f"/people/{person.reference}/timeline").content.decode()


@pytest.mark.parametrize("path", ["", "/timeline"])
def test_out_of_scope_is_not_there(northmoor: Area, saltby: Area, path: str) -> None:
    person, _ = add_registered(northmoor)
    hidden, _ = add_registered(northmoor, agreed=False)
    assert as_(saltby.actors["coordinator"]).get(f"/people/{person.reference}{path}").status_code == 404
    assert as_(northmoor.actors["keyworker"]).get(f"/people/{person.reference}{path}").status_code == 404
    assert as_(northmoor.actors["manager"]).get(f"/people/{hidden.reference}{path}").status_code == 404
    assert as_(northmoor.actors["coordinator"]).get(f"/people/{hidden.reference}{path}").status_code == 200
    assert as_(northmoor.actors["coordinator"]).get(f"/people/XX-0000-0000{path}").status_code == 404


@pytest.mark.parametrize("role", ["governance", "admin", "senior_officer", "regional"])
def test_nobody_opens_a_record_whose_work_it_is_not(northmoor: Area, role: str) -> None:
    person, _ = add_registered(northmoor)
    assert as_(northmoor.actors[role]).get(f"/people/{person.reference}").status_code == 403


def test_after_a_move_the_old_area_sees_its_own_past(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor)
    told(northmoor, person)
    at = clock.now()
    with acting_as(northmoor.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        offer_person(note, person=person, to_icb=saltby.icb, because="Moved house.", by=me)
    with acting_as(saltby.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        accept_person(note, person_id=person.pk, to_icb=saltby.icb, by=me)
    with acting_as(saltby.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        moved = Person.objects.get()
        record_fact(note, Circumstance, person=moved, topic=11, kind="adopted", words="Adopted.")
    old = page_of(as_(northmoor.actors["coordinator"]), person)
    assert "is with Saltby ICB now" in old and "Ash House" in old and "Adopted" not in old
    assert "Adopted" in page_of(as_(saltby.actors["coordinator"]), person)


def test_a_merged_record_leads_to_the_one_that_stays(northmoor: Area) -> None:
    stays, _ = add_registered(northmoor)
    goes, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        merge_people(note, survivor=stays, merged=goes, because="Twice on the sheet.")
    answer = as_(northmoor.actors["coordinator"]).get(f"/people/{goes.reference}")
    assert answer.status_code == 302 and answer["Location"] == f"/people/{stays.reference}"


def test_the_timeline_is_whole_across_its_pages_and_by_topic(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        for number in range(45):
            with recording(by=me, at=clock.now() - timedelta(hours=number // 3)) as note:
                note("said", words=f"Thing {number:02d}.", person_id=person.pk, icb_id=northmoor.icb.pk, topic=7)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/timeline"
    seen: list[str] = []
    address = f"{url}?topic=7"
    for _ in range(4):
        page = client.get(address)
        body = page.content.decode()
        seen += [body[i : i + 9] for i in range(len(body)) if body.startswith("Thing ", i)]
        after = body.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        if 'rel="next"' not in body:
            break
        address = after.replace("&amp;", "&")
    assert sorted(seen) == [f"Thing {number:02d}." for number in range(45)]
    assert client.get(f"{url}?print=1").content.decode().count("Thing ") == 45
    for junk in (
        "topic=99",
        "topic=x",
        "before=x~y",
        "before=2026-01-01~1",
        "before=2026-01-01T00:00:00%2B00:00~" + "9" * 30,
    ):
        assert client.get(f"{url}?{junk}").status_code == 200
