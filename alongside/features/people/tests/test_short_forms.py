"""The short forms about a person: each saves, keeps what was typed, answers junk with a sentence, and minds scope."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client

from alongside.features.people.models import (
    Address,
    Belonging,
    Circumstance,
    Communication,
    Diagnosis,
    LifeEvent,
    OwnWords,
    Person,
    Professional,
    Relation,
)
from alongside.features.people.views import SHORT
from alongside.features.register.models import Rating
from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.topics import EVERY_TOPIC
from tests.cast import NOW, Area, acting_as, add_registered, involve, key_of


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


YESTERDAY = clock.today() - timedelta(days=1)
GOOD: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "communication": (Communication, {"best_way": "Text first", "avoid": "Phone"}),
    "own-words": (OwnWords, {"words": "I like the garden."}),
    "circumstance": (Circumstance, {"kind": "looked_after", **on("from_date", YESTERDAY)}),
    "life-event": (LifeEvent, {"kind": "police", "severity": "2", **on("on", YESTERDAY)}),
    "relation": (Relation, {"name": "Dawn Moss", "relationship": "Mother", "parental_responsibility": "yes"}),
    "professional": (Professional, {"name": "Lee Ash", "post": "Social worker"}),
    "address": (Address, {"kind": "home", "lines": "1 High Street", "postcode": "zz1 1aa"}),
    "belonging": (Belonging, {"kind": "school", "name": "Oak Lane"}),
    "diagnosis": (Diagnosis, {"kind": "autism", "basis": "diagnosed"}),
    "change": (Person, {"given_name": "Kay", "family_name": "Moss"}),
}  # fmt: skip
LESS: dict[str, dict[str, Any]] = {"communication": {}, "address": {"kind": "home", "postcode": "nowhere"}}


def test_every_short_form_is_tried_here() -> None:
    assert GOOD.keys() == SHORT.keys()


@pytest.mark.parametrize("what", GOOD)
def test_a_short_form_shows_saves_and_does_nothing_twice(northmoor: Area, what: str) -> None:
    person, _ = add_registered(northmoor)
    model, typed = GOOD[what]
    url, client = f"/people/{person.reference}/{what}", as_(northmoor.actors["coordinator"])
    with acting_as(northmoor.actors["coordinator"]):
        before = model.objects.count()
    assert client.get(url).status_code == 200
    sent = typed | {"submission": new_token()}
    for _ in range(2):
        answer = client.post(url, sent)
        assert answer.status_code == 302, answer.content.decode()
        assert answer["Location"] == f"/people/{person.reference}"
    with acting_as(northmoor.actors["coordinator"]):
        assert model.objects.count() == before + (what != "change")
        assert Person.objects.get().given_name == ("Kay" if what == "change" else "Kai")
    assert client.get(f"/people/{person.reference}").status_code == 200


@pytest.mark.parametrize("what", GOOD)
def test_nothing_typed_is_answered_with_sentences(northmoor: Area, what: str) -> None:
    person, _ = add_registered(northmoor)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/{what}"
    for sent in ({}, {"submission": new_token()} | LESS.get(what, {})):
        page = client.post(url, sent)
        assert page.status_code == 422 and "There is a problem" in page.content.decode()


@pytest.mark.parametrize("what", GOOD)
def test_scope_of_the_short_forms(northmoor: Area, saltby: Area, what: str) -> None:
    person, _ = add_registered(northmoor)
    url = f"/people/{person.reference}/{what}"
    assert as_(saltby.actors["coordinator"]).get(url).status_code == 404
    assert as_(northmoor.actors["keyworker"]).get(url).status_code == 404
    assert as_(northmoor.actors["governance"]).get(url).status_code == 403
    partner = northmoor.actors["partner_health"]
    since = NOW - timedelta(days=1)
    involve(northmoor, person, northmoor.actors["keyworker"], topics=EVERY_TOPIC, from_at=since)
    assert as_(northmoor.actors["keyworker"]).get(url).status_code == 403, "reads and may not write"
    assert as_(partner).get(url).status_code == 403


def test_the_next_school_ends_the_one_before(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    client, url = as_(northmoor.actors["coordinator"]), f"/people/{person.reference}/belonging"
    for name in ("Oak Lane", "Elm Road"):
        client.post(url, {"kind": "school", "name": name, "submission": new_token()})
    with acting_as(northmoor.actors["coordinator"]):
        found = list(Belonging.objects.order_by("id").values_list("name", "to_date"))
    assert found == [("Oak Lane", clock.today() - timedelta(days=1)), ("Elm Road", None)]
    body = client.get(f"/people/{person.reference}").content.decode()
    assert "Elm Road" in body.partition("What happened")[0]
    assert "Oak Lane" not in body.partition("What happened")[0]


def test_a_notice_on_a_placement_proposes_red(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    sent = {"kind": "placement_notice", "submission": new_token(), **on("on", YESTERDAY)}
    client = as_(northmoor.actors["coordinator"])
    assert client.post(f"/people/{person.reference}/life-event", sent).status_code == 302
    with acting_as(northmoor.actors["coordinator"]):
        assert Rating.objects.get().standing == "proposed"
    assert "Red is proposed" in client.get(f"/people/{person.reference}").content.decode()


def test_something_stops_being_so_and_never_before_it_began(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    begun = {"kind": "excluded", "submission": new_token(), **on("from_date", YESTERDAY)}
    client.post(f"/people/{person.reference}/circumstance", begun)
    with acting_as(northmoor.actors["coordinator"]):
        fact = Circumstance.objects.get()
    url = f"/people/{person.reference}/circumstance/{fact.pk}/end"
    assert client.get(url).status_code == 200
    early = {"submission": new_token(), **on("to_date", YESTERDAY - timedelta(days=1))}
    assert client.post(url, early).status_code == 422
    assert client.post(url, {"submission": new_token(), **on("to_date", YESTERDAY)}).status_code == 302
    assert client.get(f"/people/{person.reference}/consent/{fact.pk}/end").status_code == 404
    assert client.get(f"/people/{person.reference}/circumstance/999999/end").status_code == 404


@pytest.mark.parametrize(
    ("number", "sentence"), [("999 000 0019", "can&#39;t be right"), ("9990000026", "can&#39;t be used")]
)
def test_an_nhs_number_that_clashes_reveals_nobody(northmoor: Area, saltby: Area, number: str, sentence: str) -> None:
    person, _ = add_registered(northmoor)
    add_registered(saltby, nhs_number="9990000026", family_name="Hidden")
    sent = {"given_name": "Kai", "family_name": "Moss", "nhs_number": number, "submission": new_token()}
    page = as_(northmoor.actors["coordinator"]).post(f"/people/{person.reference}/change", sent)
    assert page.status_code == 422 and sentence in page.content.decode() and "Hidden" not in page.content.decode()
    assert number in page.content.decode(), "what was typed stays"


def test_a_partner_reads_the_list_of_people_they_work_with(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    client = as_(northmoor.actors["partner_health"])
    assert "Nobody yet" in client.get("/people").content.decode()
    involve(northmoor, person, northmoor.actors["partner_health"], topics=[1], from_at=NOW - timedelta(days=1))
    assert "Kai Moss" in client.get("/people").content.decode()
