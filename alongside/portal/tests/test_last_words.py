"""What was said yes to and whether it opens anything; what a parent adds; whom to ring; whose page a tab is."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Document, Person
from alongside.features.people.operations import record_consent
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.documents.tests import made
from alongside.foundation.messages.contacts import set_contact
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.portal.tests.conftest import (
    PHONE,
    SEES,
    ask_in,
    comes_in,
    has_relation,
    last_sent,
    mark_of,
    signed_in,
    text_of,
)
from tests.cast import NOW, Area, acting_as
from tests.reading_age import reading_age, text_blocks

OLDEST = 9.0
DAY = timedelta(days=1)


def said(area: Area, person: Person, answer: str, *, days_ago: int = 2, **more: object) -> None:
    at = NOW - days_ago * DAY
    known: dict = {"purpose": "sharing", "basis": "sixteen", "decided_on": at.date(), "evidenced": True} | more
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        record_consent(note, person=person, answer=answer, decided_by="Kai Moss", **known)


def works_with(area: Area, person: Person, role: str, kind: str) -> None:
    with context.as_engine(), recording(by=area.actors["coordinator"], at=NOW - 3 * DAY) as note:
        Involvement.objects.create(
            actor=area.actors[role], person_id=person.pk, topics=[1, 7], because="link", relies_on="sharing",
            recipient_kind=kind, from_at=NOW - 3 * DAY,
        )  # fmt: skip
        note("x.y", words="x", person_id=person.pk, icb_id=area.icb.pk, topic=1)


def test_each_question_stands_once_with_its_newest_answer_and_names(
    northmoor: Area, kai: Person, kai_himself: Client
) -> None:
    teacher = northmoor.actors["partner_education"]
    works_with(northmoor, kai, "partner_education", "education")
    for days_ago, answer in ((2, "given"), (1, "withdrawn")):
        said(northmoor, kai, answer, days_ago=days_ago, recipient_kind="actor", recipient_id=teacher.pk)
    page = text_of(kai_himself, f"/mine/{kai.reference}/agreed")
    assert page.count(teacher.name) == 1 and "Yes before, and no now" in page
    said(northmoor, kai, "given", recipient_kind="education")
    page = text_of(kai_himself, f"/mine/{kai.reference}/agreed")
    assert "Telling others about you: everybody in schools and colleges" in page


def test_a_yes_that_opens_nothing_now_says_so(northmoor: Area, kai: Person, kai_himself: Client) -> None:
    nurse = northmoor.actors["partner_health"]
    works_with(northmoor, kai, "partner_health", "health")
    said(northmoor, kai, "given", recipient_kind="actor", recipient_id=nurse.pk)
    page = text_of(kai_himself, f"/mine/{kai.reference}/agreed")
    assert nurse.name in page and "They cannot see anything now." in page, "no agreement between the organisations"
    said(northmoor, kai, "given", recipient_kind="organisation", recipient_id=northmoor.icb.pk)
    assert page.count("They cannot see anything now.") == 1


def test_the_young_person_reads_the_name_of_their_family_and_a_parent_only_of_themselves(
    northmoor: Area, kai: Person, kai_himself: Client
) -> None:
    mother = has_relation(northmoor, kai)
    ask_in(northmoor, kai, mother, sees=[str(topic.value) for topic in (*SEES, Topic.AGREEMENT)])
    dawn = comes_in(last_sent("invitation")["link"])
    uncle = has_relation(
        northmoor, kai, name="Rob Moss", relationship="uncle", parental_responsibility=False, phone="07700 900789"
    )
    said(northmoor, kai, "given", recipient_kind="relation", recipient_id=uncle.pk)
    with context.as_engine():
        mother.refresh_from_db()
    said(northmoor, kai, "given", recipient_kind="actor", recipient_id=mother.actor_id)
    own = text_of(kai_himself, f"/mine/{kai.reference}/agreed")
    assert "Dawn Moss" in own and "Rob Moss" in own
    hers = text_of(dawn, f"/mine/{kai.reference}/agreed")
    assert "Rob" not in hers and "Telling others about them: you" in hers


def test_a_parent_adds_what_their_child_made_and_it_says_so(
    northmoor: Area, kai: Person, dawn: Client, kai_himself: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.foundation.documents.storage.data_directory", lambda: tmp_path)
    address = f"/mine/{kai.reference}/picture"
    page = text_of(dawn, address)
    assert "What Kai made" in page and "What you added" not in page
    given = {"submission": mark_of(page), "about": "My dog"}
    refused = dawn.post(address, given | {"file": SimpleUploadedFile("letter.pdf", made.letter())})
    assert refused.status_code == 422 and "Choose a picture or a sound recording." in refused.content.decode()
    other = dawn.post(address, given | {"file": SimpleUploadedFile("x.exe", b"MZ\x00\x01")}).content.decode()
    assert "PDF" not in other and "Choose a picture or a sound recording." in other
    for _ in range(2):
        assert dawn.post(address, given | {"file": SimpleUploadedFile("dog.png", made.picture())}).status_code == 302
    with context.as_engine():
        (picture,) = Document.objects.all()
    assert (picture.title, picture.topic) == ("My dog, added by their mother", Topic.OWN_WORDS)
    hers = text_of(dawn, address)
    link = re.search(r'href="(/mine/[^"]+/picture/\d+)"', hers)
    assert link and dawn.get(link[1]).headers["Content-Type"] == "image/png"
    assert "My dog, added by their mother" in text_of(kai_himself, f"/mine/{kai.reference}/words")
    assert kai_himself.get(link[1]).status_code == 200
    assert "added by their mother" in text_of(signed_in(northmoor.actors["coordinator"]), f"/people/{kai.reference}")


def test_a_parent_sees_no_picture_that_they_did_not_add(
    northmoor: Area, kai: Person, dawn: Client, kai_himself: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.foundation.documents.storage.data_directory", lambda: tmp_path)
    address = f"/mine/{kai.reference}/picture"
    given = {"submission": mark_of(text_of(kai_himself, address)), "about": "Just mine"}
    kai_himself.post(address, given | {"file": SimpleUploadedFile("dog.png", made.picture())})
    with context.as_engine():
        number = Document.objects.get().pk
    assert "Just mine" not in text_of(dawn, address)
    assert dawn.get(f"{address}/{number}").status_code == 404


def test_the_areas_number_stands_on_the_first_page_and_where_a_change_is_told(
    northmoor: Area, kai: Person, dawn: Client
) -> None:
    for page in ("", "/change"):
        assert "You can also call us" not in text_of(dawn, f"/mine/{kai.reference}{page}")
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        set_contact(note, icb_id=northmoor.icb.pk, phone="01632 960123", hours="Monday to Friday, 9am to 5pm")
    for page in ("", "/change"):
        assert "01632 960123" in text_of(dawn, f"/mine/{kai.reference}{page}")


def test_a_parents_tabs_are_not_called_mine(northmoor: Area, kai: Person) -> None:
    everything = [str(topic) for topic in EVERY_TOPIC]
    ask_in(northmoor, kai, has_relation(northmoor, kai), sees=everything, phone=PHONE)
    dawn = comes_in(last_sent("invitation")["link"])
    for page in ("", "/letters", "/agreed", "/who", "/looked", "/promised", "/picture"):
        body = text_of(dawn, f"/mine/{kai.reference}{page}")
        title = re.search(r"<title>(.*?)</title>", body, re.DOTALL)
        assert title and "Kai" in title[1], page
        assert not re.search(r"\b(my|I)\b", title[1], re.IGNORECASE), (page, title[1])


@pytest.mark.parametrize("page", ["", "/agreed", "/picture", "/change"])
def test_these_pages_ask_little_and_are_easy_to_read(northmoor: Area, kai: Person, page: str) -> None:
    everything = [str(topic) for topic in EVERY_TOPIC]
    ask_in(northmoor, kai, has_relation(northmoor, kai), sees=everything)
    dawn = comes_in(last_sent("invitation")["link"])
    teacher = northmoor.actors["partner_education"]
    works_with(northmoor, kai, "partner_education", "education")
    said(northmoor, kai, "given", recipient_kind="actor", recipient_id=teacher.pk)
    with CaptureQueriesContext(connection) as asked:
        body = text_of(dawn, f"/mine/{kai.reference}{page}")
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]
    assert reading_age(text_blocks(body)) <= OLDEST
