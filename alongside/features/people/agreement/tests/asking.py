"""Somebody at the pages of an asking, for the tests beside."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.conf import settings
from django.test import Client

from alongside.features.people.agreement.operations import record_capacity
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations import record_fact
from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, key_of


def as_(actor: Actor) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(actor)
    return client


def on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def who(basis: str = "parental", day: date | None = None, **more: Any) -> dict[str, Any]:
    """The first page."""
    return {
        "basis": basis,
        "decided_by": "" if basis in ("sixteen", "competent_child") else "Dawn Moss",
        "evidence": "Said at the visit",
        **on("decided_on", day or clock.today()),
        **more,
    }


def ask(
    client: Client,
    person: Person,
    *,
    may: dict[str, Any] | None = None,
    known: dict[str, Any] | None = None,
    **first: Any,
) -> Any:
    """The three pages, and the page that reads back. `known`: by a recipient's name; nothing asked about the rest."""
    url = f"/people/{person.reference}/agreement"
    may = {"register": "later", "keyworking": "later", "told": "Dawn, by telephone"} | (may or {})
    for page, sent in (("", who(**first)), ("/may", may)):
        answer = client.post(url + page, sent)
        assert answer.status_code == 302, answer.content.decode()
    answer = client.post(url + "/known", answers_to(client.get(url + "/known"), known or {}))
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"])


def questions(page: Any) -> dict[str, str]:
    """Questions with answers to choose from: their names, and what is asked."""
    found = re.findall(r'<legend[^>]*>\s*(.*?)\s*</legend>.*?name="([^"]+)"', page.content.decode(), re.DOTALL)
    return {name: unescape(words) for words, name in found}


def choices(page: Any, name: str, *, ticked: bool = False) -> list[str]:
    """The answers that a question offers, or those that are chosen."""
    found = re.findall(rf'name="{name}" type="\w+" value="([^"]*)"( checked)?', page.content.decode())
    return [value for value, chosen in found if chosen or not ticked]


def answers_to(page: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    """'Not asked now' to all but these, by the name of who is asked about. A list leaves these topics out."""
    sent: dict[str, Any] = {}
    for name, words in questions(page).items():
        if "later" in choices(page, name):
            answer = next((each for who, each in wanted.items() if words.startswith(who)), "later")
            sent |= {name: "but", f"{name}_not": answer} if isinstance(answer, list) else {name: answer}
    return sent


def mark_of(page: Any) -> str:
    """What the page that was read back says, as one mark."""
    return re.findall(r'name="read" value="(\w+)"', page.content.decode())[0]


def save(client: Client, person: Person, page: Any, **more: Any) -> Any:
    """Presses the button on a page that was read back."""
    sent = {"submission": new_token(), "read": mark_of(page), **more}
    return client.post(f"/people/{person.reference}/agreement/read-back", sent)


def found_out(area: Area, person: Person, able: bool, *abouts: str, test: str = "competence") -> None:
    """The coordinator writes down whether they can decide."""
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_capacity(
            note, person=person, abouts=abouts or ("register", "keyworking", "sharing"), able=able, test=test,
            decided_on=NOW.date(), assessor="Dr Lee", basis="Talked it through", support_given="Pictures",
            took_part="Dawn and an advocate", review_date=None,
        )  # fmt: skip


def add_mother(area: Area, person: Person, *, responsible: bool = True, actor: Actor | None = None) -> Relation:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        return record_fact(
            note, Relation, person=person, topic=Topic.FAMILY, words="Added.", name="Dawn Moss",
            relationship="Mother", parental_responsibility=responsible, actor=actor,
        )  # fmt: skip
