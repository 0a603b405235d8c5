"""Coming back: what was so last time stands before whoever decides; the rating is decided anew."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Communication, Person
from alongside.features.people.operations import record_fact
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import rate, remove
from alongside.features.register.queries import lock_entry
from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NO_FLOOR, Area, acting_as, add_registered, key_of

TODAY = clock.today()
BUDGET = 12


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


@pytest.fixture
def gone(northmoor: Area) -> Person:
    """Rated amber with reasons, then off the register."""
    at = clock.now() - timedelta(days=40)
    person, entry = add_registered(northmoor, at=at, listing="adult")
    with acting_as(northmoor.actors["coordinator"], at) as me:
        with recording(by=me, at=at) as note:
            why = {"reasons": ["placement", "staff"], "because": "The night staff left."}
            rate(note, entry=lock_entry(me, entry.pk), colour="amber", by=me, demanded=NO_FLOOR, **why)
            record_fact(note, Communication, person=person, topic=Topic.COMMUNICATION, words="Told.", best_way="Text")
        with recording(by=me, at=at) as note:
            ended = {"on": at.date(), "because": "risk_low", "detail": "School stays in touch."}
            remove(note, entry=lock_entry(me, entry.pk), by=me, **ended)
    return person


def come_back(client: Client, person: Person, **more: Any) -> Any:
    day = {"entered_on-day": TODAY.day, "entered_on-month": TODAY.month, "entered_on-year": TODAY.year}
    sent = {"listing": "adult", "reason": "Worried again", "submission": new_token()} | day | more
    return client.post(f"/people/{person.reference}/enter", sent, follow=True)


def test_last_time_is_before_whoever_puts_them_back(northmoor: Area, gone: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        body = client.get(f"/people/{gone.reference}/enter").content.decode()
    assert len(asked) <= BUDGET, [query["sql"][:90] for query in asked]
    for words in (
        "Put on the register again",
        "They came because: A&amp;E twice",
        "The risk has stayed low. School stays in touch.",
        "The night staff left.",
        "Home or placement breaking down",
        "agreed on",
    ):
        assert words in body, words
    adult = body[body.index('value="adult"') :]
    assert "checked" in adult[: adult.index(">")], "the list they were on is proposed"


def test_what_is_known_stands_and_the_rating_is_decided_anew(northmoor: Area, gone: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    body = come_back(client, gone).content.decode()
    assert "on the register again" in body and "a rating is due now" in body and "Text" in body
    with acting_as(northmoor.actors["coordinator"]):
        entry = RegisterEntry.objects.get(removed_on=None)
        assert not Rating.objects.filter(entry=entry).exists()
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/register/entries/{entry.pk}/rate").content.decode()
    assert len(asked) <= BUDGET, [query["sql"][:90] for query in asked]
    assert "Last time" in page and "The night staff left." in page and "Nobody has rated them yet" in page
    ticked = [part.split(">")[0] for part in page.split("<input")[1:] if "checked" in part.split(">")[0]]
    assert [name for name in ("placement", "staff", "amber") if any(f'value="{name}"' in one for one in ticked)] == [
        "placement",
        "staff",
    ], "reasons of last time stand until taken away; no colour is chosen beforehand"


def test_somebody_who_comes_for_the_first_time_has_no_last_time(northmoor: Area) -> None:
    person, entry = add_registered(northmoor)
    client = as_(northmoor.actors["coordinator"])
    assert "Last time" not in client.get(f"/people/{person.reference}/enter").content.decode()
    assert "Last time" not in client.get(f"/register/entries/{entry.pk}/rate").content.decode()


def test_the_four_questions_may_follow_at_once(northmoor: Area, gone: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    answer = come_back(client, gone, then_asked="on")
    assert answer.redirect_chain[0][0] == f"/people/{gone.reference}/two-of-four"
    born = date(2012, 3, 4)
    sent = {
        "given_name": "Ada", "family_name": "Quill", "listing": "child", "reason": "A&E twice", "answer": "unknown",
        "entered_on-day": TODAY.day, "entered_on-month": TODAY.month, "entered_on-year": TODAY.year,
        "birth_date-day": born.day, "birth_date-month": born.month, "birth_date-year": born.year,
        "then_asked": "on", "submission": new_token(),
    }  # fmt: skip
    assert client.post("/people/add", sent)["Location"].endswith("/two-of-four")
