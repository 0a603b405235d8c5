"""Two of four: questions that may open keyworking without a colour. The answers suggest, a named person decides."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person
from alongside.features.register.models import EntryAnswers, RegisterEntry
from alongside.features.register.operations import rate
from alongside.features.register.queries import lock_entry
from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from tests.cast import NO_FLOOR, Area, acting_as, add_registered, key_of

BUDGET, SAVE_BUDGET = 9, 12
TWO = {"item_placement": "yes", "item_education": "yes", "item_moving_in": "no"}


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


@pytest.fixture
def asked(northmoor: Area) -> tuple[Person, RegisterEntry]:
    return add_registered(northmoor, at=clock.now())


def url(person: Person) -> str:
    return f"/people/{person.reference}/two-of-four"


def typed(**more: Any) -> dict[str, Any]:
    return TWO | {"opens": "yes", "newest": "", "submission": new_token()} | more


def kept(area: Area) -> list[EntryAnswers]:
    with acting_as(area.actors["coordinator"]):
        return list(EntryAnswers.objects.order_by("id"))


def test_two_answers_of_yes_open_keyworking_and_the_answers_are_kept(
    northmoor: Area, asked: tuple[Person, RegisterEntry]
) -> None:
    person, _ = asked
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as read:
        page = client.get(url(person))
    body = page.content.decode()
    assert page.status_code == 200 and "Do they attend education 50% of the time or less?" in body
    assert "local practice, Norfolk" in body and len(read) <= BUDGET, [query["sql"][:90] for query in read]
    suggested = client.post(url(person), typed(step="suggest", opens=""))
    assert "The answers open keyworking" in suggested.content.decode() and not kept(northmoor)
    sent = typed()
    with CaptureQueriesContext(connection) as saved:
        assert client.post(url(person), sent).status_code == 302
    assert len(saved) <= SAVE_BUDGET, [query["sql"][:90] for query in saved]
    client.post(url(person), sent)
    (row,) = kept(northmoor)
    assert (row.suggested, row.opens_keyworking) == ("keyworking_entry", True)
    assert row.answers == {"placement": True, "education": True, "moving_in": False}
    with acting_as(northmoor.actors["coordinator"]):
        said = Event.objects.get(code="entry_questions.answered").words
    assert said == "Two of four: entry to keyworking: 2 of 4 answered yes; keyworking is open to them."
    assert "Last answered on" in client.get(url(person)).content.decode()


@pytest.mark.parametrize(
    ("answers", "opens", "because", "status"),
    [
        ({}, "no", "", 422),
        ({}, "no", "The family asked for somebody else.", 302),
        ({"item_education": "no"}, "yes", "", 422),
        ({"item_education": "no"}, "yes", "She moves in three weeks.", 302),
        ({"item_education": "no"}, "no", "", 302),
        ({}, "", "", 422),
    ],
)
def test_who_decides_otherwise_than_the_answers_says_why(
    northmoor: Area, asked: tuple[Person, RegisterEntry], answers: dict, opens: str, because: str, status: int
) -> None:
    client = as_(northmoor.actors["manager"])
    answer = client.post(url(asked[0]), typed(**answers, opens=opens, because=because))
    assert answer.status_code == status
    if status == 422:
        body = answer.content.decode()
        assert "Say why your decision differs" in body or "Select whether they come into keyworking" in body
        assert 'value="yes"' in body and not kept(northmoor)


def test_nothing_answered_is_nothing_to_keep(northmoor: Area, asked: tuple[Person, RegisterEntry]) -> None:
    none = dict.fromkeys(TWO, "")
    answer = as_(northmoor.actors["coordinator"]).post(url(asked[0]), typed(**none, opens="no"))
    assert answer.status_code == 422 and "Answer at least one of the questions" in answer.content.decode()


def test_the_second_of_two_at_once_is_told_and_may_save_again(
    northmoor: Area, asked: tuple[Person, RegisterEntry]
) -> None:
    client = as_(northmoor.actors["coordinator"])
    client.post(url(asked[0]), typed())
    late = client.post(url(asked[0]), typed(item_education="no", opens="no"))
    assert late.status_code == 409 and "Somebody answered these questions while you did" in late.content.decode()
    first = kept(northmoor)[0]
    assert client.post(url(asked[0]), typed(item_education="no", opens="no", newest=first.pk)).status_code == 302
    assert [row.opens_keyworking for row in kept(northmoor)] == [True, False]


@pytest.mark.parametrize(("colour", "asks"), [("green", True), ("amber", False), ("red", False)])
def test_they_are_for_people_who_are_not_red_amber_or_in_hospital(
    northmoor: Area, asked: tuple[Person, RegisterEntry], colour: str, asks: bool
) -> None:
    person, entry = asked
    now = clock.now()
    with acting_as(northmoor.actors["coordinator"], now) as me, recording(by=me, at=now) as note:
        rate(note, entry=lock_entry(me, entry.pk), colour=colour, because="Seen.", by=me, demanded=NO_FLOOR)
    client = as_(northmoor.actors["coordinator"])
    body = client.get(url(person)).content.decode()
    assert ("Save" in body) is asks and (f"They are rated {colour}" in body) is not asks
    assert (client.post(url(person), typed()).status_code == 302) is asks
    assert (url(person) in client.get(f"/register/entries/{entry.pk}/rate").content.decode()) is asks


def test_whom_they_concern_and_who_may_answer(
    northmoor: Area, saltby: Area, asked: tuple[Person, RegisterEntry]
) -> None:
    person, _ = asked
    assert as_(saltby.actors["coordinator"]).get(url(person)).status_code == 404
    assert as_(northmoor.actors["commissioner"]).get(url(person)).status_code == 403
    assert as_(northmoor.actors["partner_health"]).get(url(person)).status_code == 403
