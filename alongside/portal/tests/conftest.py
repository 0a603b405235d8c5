"""A family at the door: helpers that every test of these pages uses."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.actions.models import Action
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations import record_fact
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from tests.cast import NOW, Area, acting_as, add_registered, key_of

PHONE = "07700 900123"
SEES = (Topic.IDENTITY, Topic.EDUCATION, Topic.KEYWORKING, Topic.REGISTER)


@pytest.fixture(autouse=True)
def _at_nine_on_a_friday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the test's own transaction began, so that what is opened now is open in it."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def has_relation(area: Area, person: Person, **known: object) -> Relation:
    """Kai's mother Dawn, unless told otherwise."""
    values = {"name": "Dawn Moss", "relationship": "mother", "parental_responsibility": True, "phone": PHONE} | known
    with acting_as(area.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        return record_fact(note, Relation, person=person, topic=Topic.FAMILY, words="Added.", **values)


def mark_of(page: str) -> str:
    """The mark of the form on a page, which makes sending it twice one act."""
    found = re.search(r'name="submission" value="([^"]+)"', page)
    assert found, page
    return found[1]


def ask_in(
    area: Area, person: Person, relation: Relation | None, *, way: str = "sms", by: str = "coordinator", **more: object
) -> str:
    """The coordinator asks somebody in; comes out with the page that answers."""
    staff = signed_in(area.actors[by])
    address = f"/people/{person.reference}/family/invite/{relation.pk if relation else 0}"
    typed = {
        "submission": mark_of(staff.get(address).content.decode()),
        "way": way,
        "phone": PHONE,
        "email": "",
        "how_known": "She gave it to me at the visit, and I rang it.",
        "sees": [str(topic.value) for topic in SEES],
        "confirm": "1",
    } | more
    answer = staff.post(address, typed, follow=True)
    return answer.content.decode()


def last_sent(notice: str) -> dict[str, str]:
    """What the newest notice of this kind carries."""
    with context.as_engine():
        return Delivery.objects.filter(notice=notice).order_by("-pk")[0].filling


def comes_in(link: str) -> Client:
    """Opens the link, asks for a code, and types it."""
    visitor = Client()
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, {"send": "1"}).status_code == 302
    answer = visitor.post(link, {"code": last_sent("code")["code"]})
    assert answer.status_code == 302 and answer.headers["Location"] == "/mine"
    return visitor


@pytest.fixture
def kai(northmoor: Area) -> Person:
    return add_registered(northmoor, at=NOW - timedelta(days=10))[0]


@pytest.fixture
def dawn(northmoor: Area, kai: Person) -> Client:
    """Kai's mother, who has come in by her phone and knows where he lives."""
    knows = (*SEES, Topic.PLACEMENT)
    ask_in(northmoor, kai, has_relation(northmoor, kai), sees=[str(topic.value) for topic in knows])
    return comes_in(last_sent("invitation")["link"])


@pytest.fixture
def kai_himself(northmoor: Area, kai: Person) -> Client:
    """Kai, who has come in by a phone of his own and sees everything."""
    everything = [str(topic) for topic in EVERY_TOPIC]
    ask_in(northmoor, kai, None, phone="07700 900456", sees=everything)
    return comes_in(last_sent("invitation")["link"])


@pytest.fixture
def with_asha(northmoor: Area, kai: Person) -> Area:
    """The keyworker is named, and somebody has promised something."""
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=kai, worker=northmoor.actors["keyworker"], from_date=NOW.date())
        with context.as_engine():
            record_fact(
                note,
                Action,
                person=kai,
                topic=Topic.EDUCATION,
                words="Agreed.",
                origin="plan",
                what="Ask the school for a quiet room",
                owner=northmoor.actors["keyworker"],
                owner_organisation=northmoor.icb,
                due_on=date(2026, 12, 4),
                state="accepted",
            )
    return northmoor


def tells(family: Client, person: Person, **typed: object) -> None:
    address = f"/mine/{person.reference}/change"
    mark = mark_of(family.get(address).content.decode())
    answer = family.post(
        address, {"submission": mark, "kind": "school", "told": "He is out of school.", **typed}, follow=True
    )
    assert "We have got it" in answer.content.decode()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()
