"""Documents on a person's record: who may add and open them, and what becomes of wrong files."""

import html
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.documents.operations import add_document
from alongside.features.people.models import Document, Person
from alongside.foundation.access import context
from alongside.foundation.documents.checks import check_content
from alongside.foundation.documents.receiving import MOST_KEPT
from alongside.foundation.documents.refused import SENTENCES
from alongside.foundation.documents.tests import made
from alongside.foundation.documents.tests.test_checks import WRONG
from alongside.foundation.recording.models import Event, Look
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered, key_of

BUDGET = 10


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a test lie in a folder of its own."""
    monkeypatch.setattr("alongside.foundation.documents.storage.data_directory", lambda: tmp_path)


def browser(area: Area, role: str = "coordinator") -> Client:
    client = Client()
    client.cookies["alongside_key"] = key_of(area.actors[role])
    return client


def filed(area: Area, person: Person, topic: int = Topic.HEALTH, content: bytes = b"", name: str = "a.pdf") -> Document:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        checked = check_content(content or made.letter(), name)
        return add_document(note, person=person, topic=topic, kind="report", title="Speech report", checked=checked)


def mark(page: bytes, name: str = "submission") -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page.decode())
    return found[1] if found else ""


def add(client: Client, person: Person, name: str, content: bytes, **more: str) -> object:
    address = f"/people/{person.reference}/documents/add"
    file = SimpleUploadedFile(name, content)
    given = {"kind": "report", "title": "Speech report", "topic": str(Topic.HEALTH.value)} | more
    return client.post(address, given | {"submission": mark(client.get(address).content), "file": file})


def test_a_document_is_added_opened_and_its_opening_is_a_look(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    priya = browser(northmoor)
    assert add(priya, person, "letter.pdf", made.letter()).status_code == 302  # type: ignore[attr-defined]
    with context.as_engine():
        document = Document.objects.get()
        assert Event.objects.filter(code="document.recorded", words__contains="Speech report").exists()
    assert "Speech report" in priya.get(f"/people/{person.reference}/documents").content.decode()
    here = f"/people/{person.reference}/documents/{document.pk}"
    assert "page/1" in priya.get(here).content.decode()
    saved = priya.get(f"{here}/file")
    assert saved.content == made.letter()
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert saved["Content-Security-Policy"].startswith("sandbox")
    assert priya.get(f"{here}/page/1").content.startswith(b"\x89PNG")
    for number in (0, 2, 9999999):
        assert priya.get(f"{here}/page/{number}").status_code == 404
    with context.as_engine():
        assert Look.objects.filter(page="document", person_ids=[person.pk]).count() == 6


def test_wrong_files_get_their_sentences_and_nothing_is_kept(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    priya, tried = browser(northmoor), 0
    for name, content, code in WRONG:
        answer = add(priya, person, name, content)
        page = html.unescape(answer.content.decode())  # type: ignore[attr-defined]
        assert answer.status_code == 422, name  # type: ignore[attr-defined]
        assert SENTENCES[code] in page, name
        assert "Speech report" in page, "what was typed is still there"
        tried += 1
    with context.as_engine():
        assert not Document.objects.exists()
    print(f"{tried} wrong files tried, each got its sentence")


def test_a_file_over_the_limit_gets_a_sentence(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    answer = add(browser(northmoor), person, "all.pdf", bytes(MOST_KEPT + 1), title="All of it")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert SENTENCES["too_large"] in answer.content.decode()  # type: ignore[attr-defined]
    assert "All of it" in answer.content.decode()  # type: ignore[attr-defined]


def test_a_file_is_not_lost_when_something_else_is_missing(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    priya = browser(northmoor)
    answer = add(priya, person, "letter.pdf", made.letter(), title="")
    page = answer.content  # type: ignore[attr-defined]
    assert "letter.pdf is kept" in page.decode()
    address = f"/people/{person.reference}/documents/add"
    given = {"kind": "letter", "title": "Now with one", "topic": "6", "submission": mark(page)}
    other = browser(northmoor, "manager")
    assert other.post(address, given | {"set_aside": mark(page, "set_aside")}).status_code == 422, "not theirs"
    assert priya.post(address, given | {"set_aside": mark(page, "set_aside")}).status_code == 302
    with context.as_engine():
        assert Document.objects.get().file_name == "letter.pdf"


def test_sent_twice_it_is_one_document(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    priya = browser(northmoor)
    address = f"/people/{person.reference}/documents/add"
    given = {"kind": "letter", "title": "Once", "topic": "6", "submission": mark(priya.get(address).content)}
    for _ in range(2):
        file = SimpleUploadedFile("letter.pdf", made.letter())
        assert priya.post(address, given | {"file": file}).status_code == 302
    with context.as_engine():
        assert Document.objects.count() == 1


def test_outside_scope_and_topic_a_document_is_not_there(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor, given_name="Ada")
    document = filed(northmoor, person)
    for area, role, reference in (
        (saltby, "coordinator", person.reference),
        (northmoor, "keyworker", person.reference),
        (northmoor, "commissioner", person.reference),
        (northmoor, "coordinator", other.reference),
        (northmoor, "coordinator", "KM-0000-0000"),
    ):
        for end in ("", "/file", "/page/1"):
            address = f"/people/{reference}/documents/{document.pk}{end}"
            assert browser(area, role).get(address).status_code == 404, (role, address)


def test_a_recording_is_played_in_parts(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    document = filed(northmoor, person, content=made.mp3(), name="voice.mp3")
    here = f"/people/{person.reference}/documents/{document.pk}"
    priya = browser(northmoor)
    assert "<audio controls" in priya.get(here).content.decode()
    part = priya.get(f"{here}/file?show=1", headers={"range": "bytes=3-9"})
    assert (part.status_code, part.content) == (206, made.mp3()[3:10])
    assert part["Content-Disposition"].startswith("inline")
    for asked in ("bytes=999999-", "bytes=9-3", "lines=1-2", "bytes=0-1,3-4"):
        assert priya.get(f"{here}/file", headers={"range": asked}).status_code == 200


def test_a_file_that_is_gone_gets_a_sentence(northmoor: Area, tmp_path: Path) -> None:
    person, _ = add_registered(northmoor)
    document = filed(northmoor, person)
    next((tmp_path / "files").rglob(document.storage_key)).write_bytes(b"changed behind our back")
    here = f"/people/{person.reference}/documents/{document.pk}"
    assert "can&#39;t be found" in browser(northmoor).get(here).content.decode()
    assert browser(northmoor).get(f"{here}/file").status_code == 404


def test_their_own_picture_stands_with_their_own_words(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    priya = browser(northmoor)
    address = f"/people/{person.reference}/documents/add-own"
    refused = priya.post(
        address,
        {"submission": mark(priya.get(address).content), "file": SimpleUploadedFile("letter.pdf", made.letter())},
    )
    assert "Choose a picture or a sound recording." in refused.content.decode()
    given = {"submission": mark(priya.get(address).content), "about": "My dog and me"}
    assert priya.post(address, given | {"file": SimpleUploadedFile("dog.png", made.picture())}).status_code == 302
    page = priya.get(f"/people/{person.reference}").content.decode()
    own = page[page.index('id="own-words"') : page.index('id="due"')]
    assert "My dog and me" in own
    assert "/file?show=1" in own


@pytest.mark.parametrize("end", ["", "/add", "/{pk}", "/{pk}/file"])
def test_each_page_asks_little(northmoor: Area, end: str) -> None:
    person, _ = add_registered(northmoor)
    for _ in range(4):
        document = filed(northmoor, person)
    priya = browser(northmoor)
    address = f"/people/{person.reference}/documents{end.format(pk=document.pk)}"
    with CaptureQueriesContext(connection) as asked:
        assert priya.get(address).status_code == 200
    assert len(asked) <= BUDGET
