"""A request for one's own record: the clock, all that is held, what tells of others, two people, giving it out."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Communication, Fact, OwnWords, Person, Relation, Share
from alongside.features.people.operations import record_fact, record_own_words
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.settle import protected_models
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.subject_access.files import PDF, TAKEN_OUT, plain_cell
from alongside.overview.subject_access.models import AccessRequest, Checked
from alongside.overview.subject_access.pack import LEFT_OUT, Part, read_parts, tables
from alongside.overview.subject_access.titles import TITLES
from tests.cast import Area, acting_as, add_registered, key_of


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("alongside.foundation.documents.storage.data_directory", lambda: tmp_path)


@pytest.fixture
def kai(northmoor: Area) -> Person:
    person, _ = add_registered(northmoor, given_name="Kai", family_name="Moss", nhs_number="9990000018")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        record_fact(note, Communication, person=person, topic=Topic.COMMUNICATION, words="x", best_way="=Write it down")
        record_fact(
            note, Relation, person=person, topic=Topic.FAMILY, words="x", name="Dawn Quill", relationship="Aunt"
        )
        record_own_words(note, person=person, words="I like trains.")
    return person


def client_of(actor: Actor) -> Client:
    client = Client()
    client.cookies["alongside_key"] = key_of(actor)
    return client


def sends(client: Client, address: str, **given: str) -> object:
    return client.post(address, {"submission": uuid4().hex} | given)


def asks(area: Area, person: Person, by: str = "governance", **more: str) -> object:
    came = clock.today() - timedelta(days=2)
    given = {
        "reference": person.reference,
        "received_on-day": str(came.day),
        "received_on-month": str(came.month),
        "received_on-year": str(came.year),
        "asked_as": "self",
        "asked_by": "Kai Moss",
        "proof": "Passport seen",
        "second": str(area.actors["manager"].pk),
    }
    return sends(client_of(area.actors[by]), "/subject-access/new", **given | more)


def number_of() -> int:
    with context.as_engine():
        return AccessRequest.objects.order_by("-pk")[0].pk


def checks_everything(area: Area, number: int, out: type | None = Relation) -> None:
    """Goes through the pages of parts to be checked; takes out what is about somebody else."""
    client = client_of(area.actors["governance"])
    for _ in range(20):
        with context.as_engine():
            person_id = AccessRequest.objects.get(pk=number).person_id
            done = set(Checked.objects.filter(request=number).values_list("table", "row_id"))
        left = [part for part in read_parts(person_id) if part.other and part.key not in done]
        if not left:
            return
        given = {}
        for part in left[:8]:
            name = f"{part.table}-{part.row_id}"
            gone = out is not None and part.table == out._meta.db_table
            given |= {name: "out" if gone else "leave", f"{name}-because": "She has not agreed" if gone else ""}
        answer = sends(client, f"/subject-access/{number}/check", **given)
        assert answer.status_code == 302, answer.content.decode()[-3000:]


def test_a_request_becomes_work_with_a_clock(northmoor: Area, kai: Person) -> None:
    assert asks(northmoor, kai).status_code == 302
    with context.as_engine():
        duty = Duty.objects.get(subject="subject_access")
    assert duty.rule_row == 60 and duty.owner_actor_id == northmoor.actors["governance"].pk
    assert "Moss" not in duty.what + duty.because
    opened = client_of(northmoor.actors["governance"]).get(f"/duties/{duty.pk}/do")
    assert opened.status_code == 302 and opened.url == f"/subject-access/{duty.subject_id}"
    again = asks(northmoor, kai)
    assert again.status_code == 422 and "open already" in again.content.decode()


def test_everything_that_names_the_person_is_in_the_pack(kai: Person) -> None:
    named = {
        model.__name__
        for model in protected_models()
        if {"person_id", "person_ids"} & {field.column for field in model._meta.concrete_fields}
    }
    assert named - set(LEFT_OUT) <= {model.__name__ for model, _ in tables().values()}
    assert {model.__name__ for model in protected_models() if issubclass(model, Fact)} <= named - set(LEFT_OUT)
    said = " ".join(words for part in read_parts(kai.pk) for _, words in part.lines)
    for words in ("Moss", "999", "Write it down", "Dawn Quill", "I like trains.", "4 March 2012", "A&E twice"):
        assert words in said


def test_every_part_has_a_heading_in_plain_words() -> None:
    assert {model.__name__ for model, _ in tables().values()} <= set(TITLES)


def test_codes_are_given_out_as_words(northmoor: Area, kai: Person) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=clock.now()) as note:
        note("person.corrected", words="Written down.", person_id=kai.pk, icb_id=northmoor.icb.pk, topic=1)
        Person.objects.filter(pk=kai.pk).update(gender="1", ethnicity="H")
    said = dict(next(part.lines for part in read_parts(kai.pk) if part.section == "Who you are"))
    assert (said["Gender"], said["Ethnicity"]) == ("Male", "Asian: Indian")


def test_what_is_about_others_is_flagged_and_ones_own_words_are_not(kai: Person) -> None:
    flagged = {part.table: part.other for part in read_parts(kai.pk)}
    assert flagged[Relation._meta.db_table] and flagged[Communication._meta.db_table]
    assert not flagged[OwnWords._meta.db_table] and not flagged["people_person"]


def test_the_way_to_the_pack(northmoor: Area, kai: Person) -> None:
    asks(northmoor, kai)
    number = number_of()
    here = f"/subject-access/{number}"
    governance, manager = client_of(northmoor.actors["governance"]), client_of(northmoor.actors["manager"])
    early = sends(manager, f"{here}/approve")
    assert early.status_code == 422 and "not checked yet" in early.content.decode()
    early = sends(governance, f"{here}/close", how="sent", words="By post")
    assert early.status_code == 422 and "approve" in early.content.decode()
    assert governance.get(f"{here}/file.pdf").status_code == 404
    page = governance.get(f"{here}/check").content.decode()
    assert "Dawn Quill" in page
    checks_everything(northmoor, number)
    refused = sends(governance, f"{here}/approve")
    assert refused.status_code == 422 and "Somebody else" in refused.content.decode()
    assert "Taken out" in manager.get(f"{here}/pack").content.decode()
    assert sends(manager, f"{here}/approve").status_code == 302
    pdf = governance.get(f"{here}/file.pdf")
    assert pdf.content[:5] == b"%PDF-" and pdf["Content-Type"] == "application/pdf"
    pack = zipfile.ZipFile(io.BytesIO(governance.get(f"{here}/file.zip").content))
    data = json.loads(pack.read("your-record.json"))
    assert "Dawn Quill" not in pack.read("your-record.json").decode()
    assert data["Your family and people close to you"] == [TAKEN_OUT]
    assert data["Your own words"][0]["What"] == "I like trains."
    rows = list(csv.reader(io.StringIO(pack.read("data/how-to-talk-with-you.csv").decode())))
    assert any("'=Write it down" in row for row in rows) and PDF in pack.namelist()
    assert sends(governance, f"{here}/close", how="collected", words="By Kai, in person").status_code == 302
    with context.as_engine():
        assert not Duty.objects.filter(subject="subject_access").exists()
        share = Share.objects.get()
    assert (share.told_to, share.lawful_basis, share.recorded_by_id) == (
        "Kai Moss",
        "legal_obligation",
        northmoor.actors["governance"].pk,
    )
    assert sends(governance, f"{here}/close", how="sent", words="x").status_code == 404


def test_the_second_person_finds_the_pack_in_what_is_due_and_knows_the_last_day(northmoor: Area, kai: Person) -> None:
    asks(northmoor, kai)
    number, manager = number_of(), client_of(northmoor.actors["manager"])
    with context.as_engine():
        answer_due = Duty.objects.get(subject="subject_access").due
    page = manager.get(f"/subject-access/{number}").content.decode()
    assert day(answer_due) in page, "it is another's duty, and whoever looks at the pack knows until when"
    assert "Look at the pack" not in manager.get("/").content.decode()
    checks_everything(northmoor, number)
    assert "Look at the pack" in manager.get("/").content.decode()
    sends(manager, f"/subject-access/{number}/approve")
    assert "Look at the pack" not in manager.get("/").content.decode()


def test_a_complex_request_takes_longer_when_they_were_told(northmoor: Area, kai: Person) -> None:
    asks(northmoor, kai)
    number, today = number_of(), clock.today()
    day = {"told_on-day": str(today.day), "told_on-month": str(today.month), "told_on-year": str(today.year)}
    client = client_of(northmoor.actors["governance"])
    with context.as_engine():
        before = Duty.objects.get(subject="subject_access").due
    assert sends(client, f"/subject-access/{number}/longer", because="Five files", **day).status_code == 302
    with context.as_engine():
        assert Duty.objects.get(subject="subject_access").due - before > timedelta(days=55)


def test_taking_out_without_a_reason_is_asked_for_again(northmoor: Area, kai: Person) -> None:
    asks(northmoor, kai)
    with context.as_engine():
        part = next(p for p in read_parts(kai.pk) if p.table == Relation._meta.db_table)
    name = f"{part.table}-{part.row_id}"
    answer = sends(client_of(northmoor.actors["governance"]), f"/subject-access/{number_of()}/check", **{name: "out"})
    assert answer.status_code == 422 and "Say why it is taken out" in answer.content.decode()


@pytest.mark.parametrize("role", ["coordinator", "keyworker", "partner_health", "commissioner", "admin"])
def test_nobody_else_opens_it(northmoor: Area, saltby: Area, kai: Person, role: str) -> None:
    asks(northmoor, kai)
    number = number_of()
    for path in ("", "/pack", "/check", "/approve", "/close", "/file.zip"):
        assert client_of(northmoor.actors[role]).get(f"/subject-access/{number}{path}").status_code in (403, 404)
    for other in ("governance", "manager"):
        assert client_of(saltby.actors[other]).get(f"/subject-access/{number}").status_code == 404
    assert client_of(northmoor.actors["governance"]).get(f"/subject-access/{number + 99}").status_code == 404
    with acting_as(northmoor.actors[role]):
        assert not AccessRequest.objects.exists() and not Checked.objects.exists()


def test_the_database_lets_nobody_approve_for_the_second_person(northmoor: Area, kai: Person) -> None:
    asks(northmoor, kai)
    with acting_as(northmoor.actors["governance"]) as me, pytest.raises(DatabaseError, match="another's name"):
        with recording(by=me, at=clock.now()) as note:
            note("x.y", words="x")
            AccessRequest.objects.update(approved_at=clock.now(), approved_by_id=northmoor.actors["manager"].pk)


def test_another_areas_reference_is_not_known(northmoor: Area, saltby: Area, kai: Person) -> None:
    second = str(saltby.actors["manager"].pk)
    answer = asks(saltby, kai, second=second)
    assert answer.status_code == 422 and "No record with this reference" in answer.content.decode()


def test_a_cell_is_no_formula() -> None:
    assert [plain_cell(text) for text in ("=1+1", "+44", "a=b", "")] == ["'=1+1", "'+44", "a=b", ""]
    assert Part("t", 1, "s", ()).key == ("t", 1)


def test_pages_take_few_statements_however_much_is_held(northmoor: Area, kai: Person) -> None:
    asks(northmoor, kai)
    number = number_of()
    client = client_of(northmoor.actors["governance"])
    for path in ("", f"/{number}", f"/{number}/pack", f"/{number}/check"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/subject-access{path}").status_code == 200
        assert len(asked) <= 12, (path, [q["sql"][-90:] for q in asked])
