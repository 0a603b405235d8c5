"""Offering somebody to another area and its answer; NHS numbers that change; what the national service says."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.exchange.matching import know
from alongside.features.people.identity.numbers import (
    NationalRecord,
    read_patient,
    replace_number,
    take_national_record,
)
from alongside.features.people.identity.tests.test_pages import as_, sent, words
from alongside.features.people.models import FormerNumber, MoveOffer, Person
from alongside.features.people.operations import merge_people, set_restricted, undo_merge
from alongside.features.people.operations.people import nhs_number_taken
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.register_list.finding import find_people
from tests.cast import NOW, Area, acting_as, add_registered

OLD, NEW, OTHER = "9990000018", "9990000026", "9990000034"


def offer(northmoor: Area, saltby: Area, person: Person) -> Any:
    typed = sent(to_icb=str(saltby.icb.pk), because="Moves in with an aunt.", told="yes")
    return as_(northmoor.actors["coordinator"]).post(f"/people/{person.reference}/offer", typed)


def the_offer() -> MoveOffer:
    with context.as_engine():
        return MoveOffer.objects.get()


@pytest.fixture
def person(northmoor: Area) -> Person:
    return add_registered(northmoor, nhs_number=OLD)[0]


def test_the_other_area_reads_the_least_it_needs_and_accepts(northmoor: Area, saltby: Area, person: Person) -> None:
    page = as_(northmoor.actors["coordinator"]).get(f"/people/{person.reference}/offer")
    assert "Saltby ICB" in words(page) and "Northmoor ICB</option>" not in page.content.decode()
    assert offer(northmoor, saltby, person).status_code == 302
    there = as_(saltby.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        listed = words(there.get("/people/offered"))
    assert "Kai Moss" in listed and "Moves in with an aunt." in listed
    assert person.reference not in listed and "999" not in listed
    assert len(asked) <= 5, [query["sql"][:90] for query in asked]
    assert there.get(f"/people/{person.reference}").status_code == 404, "nothing else is open yet"
    answer = there.post(f"/people/offered/{the_offer().pk}", sent(answer="yes"))
    assert answer["Location"] == f"/people/{person.reference}"
    assert there.get(answer["Location"]).status_code == 200
    with context.as_engine():
        assert Person.objects.get().icb == saltby.icb


def test_a_no_has_a_reason_and_the_old_area_stays_responsible(northmoor: Area, saltby: Area, person: Person) -> None:
    offer(northmoor, saltby, person)
    here, there = as_(northmoor.actors["coordinator"]), as_(saltby.actors["manager"])
    assert "A move to Saltby ICB was offered" in words(here.get(f"/people/{person.reference}"))
    url = f"/people/offered/{the_offer().pk}"
    assert there.post(url, sent(answer="no")).status_code == 422
    typed = sent(answer="no", because="They stay for a week only.")
    assert there.post(url, typed).status_code == 302
    assert there.post(url, typed).status_code == 302, "sent twice, answered once"
    assert "Nobody is offered to you" in words(there.get("/people/offered"))
    assert "They stay for a week only." in words(here.get(f"/people/{person.reference}"))
    with context.as_engine():
        assert Person.objects.get().icb == northmoor.icb


def test_an_offer_is_due_from_the_other_area_until_it_is_answered_or_taken_back(
    northmoor: Area, saltby: Area, person: Person
) -> None:
    offer(northmoor, saltby, person)
    with acting_as(saltby.actors["coordinator"]):
        (duty,) = Duty.objects.filter(subject="move_offer")
    assert (duty.icb_id, duty.subject_id) == (saltby.icb.pk, the_offer().pk)
    assert "Kai" not in duty.what + duty.because
    here = as_(northmoor.actors["coordinator"])
    assert offer(northmoor, saltby, person).status_code == 422, "offered already"
    url = f"/people/{person.reference}/offer/take-back"
    assert here.get(url).status_code == 200
    assert here.post(url, sent(because="They stay.")).status_code == 302
    assert here.get(url).status_code == 404
    with acting_as(saltby.actors["coordinator"]):
        assert not Duty.objects.filter(subject="move_offer").exists()
    late = as_(saltby.actors["coordinator"]).post(f"/people/offered/{the_offer().pk}", sent(answer="yes"))
    assert (late.status_code, "taken back meanwhile" in words(late)) == (422, True)


def test_of_a_closely_held_record_no_name_is_told(northmoor: Area, saltby: Area, person: Person) -> None:
    offer(northmoor, saltby, person)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        set_restricted(note, person=person, restricted=True, because="x")
    page = words(as_(saltby.actors["coordinator"]).get(f"/people/offered/{the_offer().pk}"))
    assert "Moss" not in page and "4 March 2012" not in page
    assert "Ring Register coordinator of TNM" in page


def test_a_third_area_sees_no_offer(northmoor: Area, saltby: Area, person: Person) -> None:
    offer(northmoor, northmoor, person)
    with context.as_engine():
        assert not MoveOffer.objects.exists(), "not to oneself"
    offer(northmoor, saltby, person)
    for actor in (northmoor.actors["coordinator"], saltby.actors["commissioner"]):
        assert as_(actor).get(f"/people/offered/{the_offer().pk}").status_code in (403, 404)


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
