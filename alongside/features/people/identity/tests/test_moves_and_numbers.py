"""Offering somebody to another area and its answer; NHS numbers that change; what the national service says."""

from typing import Any

import pytest

from alongside.exchange.matching import know
from alongside.features.people.identity.numbers import (
    NationalRecord,
    read_patient,
    replace_number,
    take_national_record,
)
from alongside.features.people.identity.tests.test_pages import as_, sent, words
from alongside.features.people.models import FormerNumber, Person
from alongside.features.people.operations import merge_people, undo_merge
from alongside.features.people.operations.people import nhs_number_taken
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import recording
from alongside.overview.register_list.finding import find_people
from tests.cast import NOW, Area, acting_as, add_registered

OLD, NEW, OTHER = "9990000018", "9990000026", "9990000034"


@pytest.fixture
def person(northmoor: Area) -> Person:
    return add_registered(northmoor, nhs_number=OLD)[0]


def test_a_superseded_number_finds_the_person_under_the_new_one(northmoor: Area, person: Person) -> None:
    client = as_(northmoor.actors["coordinator"])
    url = f"/people/{person.reference}/number"
    assert client.get(url).status_code == 200
    assert client.post(url, sent(nhs_number=NEW, why="superseded")).status_code == 302
    with acting_as(northmoor.actors["coordinator"]) as me:
        for number in (OLD, NEW):
            assert find_people(me, number).person_ids == [person.pk]
        assert nhs_number_taken(OLD)
    assert "999 000 0018" in words(client.get(f"/people/{person.reference}"))


def test_a_mistaken_number_finds_nobody_and_is_free_for_whose_it_is(northmoor: Area, person: Person) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            replace_number(note, person=person, number=None, why="mistaken")
        assert find_people(me, OLD).person_ids == []
        assert not nhs_number_taken(OLD)
        assert FormerNumber.objects.get().number == OLD


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"nhs_number": "9990000019", "why": "mistaken"}, "be right: check it against"),
        ({"nhs_number": OTHER, "why": "mistaken"}, "Ask the register team"),
        ({"nhs_number": OLD, "why": "mistaken"}, "stands on the record already"),
        ({"nhs_number": NEW}, "Select why the number changes"),
    ],
)
def test_a_number_that_cannot_be_used_is_refused_with_a_sentence(
    northmoor: Area, saltby: Area, person: Person, typed: dict[str, str], said: str
) -> None:
    add_registered(saltby, nhs_number=OTHER)
    answer = as_(northmoor.actors["coordinator"]).post(f"/people/{person.reference}/number", sent(**typed))
    assert (answer.status_code, said in words(answer)) == (422, True), words(answer)


def test_a_number_stays_taken_on_a_merged_record_and_finds_the_survivor(northmoor: Area, person: Person) -> None:
    kept, _ = add_registered(northmoor, given_name="Kye")
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            merge = merge_people(note, survivor=kept, merged=person, because="x", by=me)
        assert nhs_number_taken(OLD)
        assert find_people(me, OLD).person_ids == [kept.pk]
        with recording(by=me, at=NOW) as note:
            replace_number(note, person=kept, number=OLD, why="mistaken")
        with pytest.raises(NotNow, match="same NHS number"), recording(by=me, at=NOW) as note:
            undo_merge(note, merge=merge, by=me)


def patient(number: str, code: str) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": number, "meta": {"security": [{"code": code}]}}


INVALID = {
    "resourceType": "OperationOutcome",
    "issue": [{"details": {"coding": [{"code": "INVALIDATED_RESOURCE"}]}}],
}


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (patient(OLD, "U"), NationalRecord(OLD, OLD, restricted=False)),
        (patient(NEW, "U"), NationalRecord(OLD, NEW, restricted=False)),
        (patient(OLD, "R"), NationalRecord(OLD, OLD, restricted=True)),
        (patient(OLD, "V"), NationalRecord(OLD, OLD, restricted=True)),
        (INVALID, NationalRecord(OLD, "", restricted=False)),
    ],
    ids=["ordinary", "superseded", "restricted", "held back for another reason", "invalid"],
)
def test_what_the_national_service_answers_is_read(answer: dict, read: NationalRecord) -> None:
    assert read_patient(OLD, answer) == read


@pytest.mark.parametrize("answer", [{}, {"resourceType": "OperationOutcome"}, {"resourceType": "Patient", "id": "x"}])
def test_anything_else_is_no_answer(answer: dict) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        read_patient(OLD, answer)


def test_a_restricted_national_record_is_held_closely_by_a_named_person(northmoor: Area, person: Person) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        take_national_record(note, person=person, record=NationalRecord(OLD, NEW, restricted=True), by=me)
    with acting_as(northmoor.actors["coordinator"]) as me:
        held = Person.objects.visible_to(me).get(pk=person.pk)
        assert (held.restricted, held.nhs_number) == (True, NEW)
    with acting_as(northmoor.actors["manager"]) as me:
        assert not Person.objects.visible_to(me).filter(pk=person.pk).exists()


def test_a_sheet_with_a_number_from_before_is_the_same_person(northmoor: Area, person: Person) -> None:
    gone, _ = add_registered(northmoor, given_name="Kye", nhs_number=OTHER)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            replace_number(note, person=person, number=NEW, why="superseded")
        with recording(by=me, at=NOW) as note:
            merge_people(note, survivor=person, merged=gone, because="x", by=me)
        known = know(me, northmoor.icb.pk, [])
    assert {number: one.pk for number, one in known.by_number.items()} == dict.fromkeys((OLD, NEW, OTHER), person.pk)
