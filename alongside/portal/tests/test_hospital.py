"""In hospital and afterwards, as the family reads it: plain words, and nothing for whoever may not know where."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from alongside.features.actions.operations import NewOwner
from alongside.features.hospital.discharge.delays import begin_ready
from alongside.features.hospital.discharge.leaving import LeftOne, write_leaving
from alongside.features.hospital.discharge.operations import agree_condition, say_date, write_plan
from alongside.features.hospital.models import DischargeCondition, Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.people.models import Person
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.portal.tests.conftest import ask_in, comes_in, has_relation, last_sent, text_of
from tests.cast import NOW, Area, acting_as

BUDGET = 12
KNOWS = (Topic.IDENTITY, Topic.KEYWORKING, Topic.HOSPITAL, Topic.PLACEMENT)
TODAY = NOW.date()
LEAD = {
    "lead_name": "Sister Okafor",
    "lead_post": "Ward manager",
    "lead_organisation": "Larch House",
    "lead_reach": "01632 960177",
}


def did(area: Area, operation: Callable[..., Any], **given: Any) -> Any:
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        stay = Stay.objects.select_related("person").first()
        return operation(note, **{"stay": stay} | given)


def in_hospital(area: Area, person: Person) -> None:
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        stay = admit(
            note,
            person=Person.objects.get(pk=person.pk),
            kind=Stay.Kind.HOSPITAL,
            place_name="Willow Ward",
            admitted_at=NOW - timedelta(days=20),
        )
        stay.person = Person.objects.get(pk=person.pk)
        write_plan(note, stay=stay, seen=0, where_to="Home to Mum", **LEAD)
        first = say_date(note, stay=stay, expected_on=TODAY, because="", seen=0)
        say_date(note, stay=stay, expected_on=TODAY + timedelta(days=7), because="The ramp is late.", seen=first.pk)
        owner = NewOwner(organisation=None, name="Dee Marsh", post="Housing officer", place="Northmoor Council")
        given = {"heading": "home", "what": "A ramp is built", "owner": owner, "due_on": TODAY + timedelta(days=5)}
        agree_condition(note, by=me, stay=stay, **given)
        begin_ready(note, stay=stay, from_date=TODAY, reason="10", body="07", detail="Council slow")


def parent(area: Area, person: Person, name: str, phone: str, sees: tuple[Topic, ...]) -> Client:
    relation = has_relation(area, person, name=name, relationship="parent", phone=phone)
    ask_in(area, person, relation, phone=phone, sees=[str(topic.value) for topic in sees])
    return comes_in(last_sent("invitation")["link"])


def test_before_the_day_that_it_moved_and_why_what_is_missing_and_who_to_ask(
    with_asha: Area, kai: Person, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    in_hospital(with_asha, kai)
    mother = parent(with_asha, kai, "Dawn Moss", "07700 900123", KNOWS)
    with django_assert_max_num_queries(BUDGET):
        assert "Going home from hospital" in text_of(mother, f"/mine/{kai.reference}")
    with django_assert_max_num_queries(BUDGET):
        page = text_of(mother, f"/mine/{kai.reference}/hospital")
    for words in ("27 November 2026", "The ramp is late.", "A ramp is built", "Dee Marsh", "Sister Okafor", "Home to"):
        assert words in page, words
    for never in ("Housing", "Council slow", "delay", "nights", "blue"):
        assert never not in page, never


def test_afterwards_what_happens_when_and_whom_to_ring(with_asha: Area, kai: Person) -> None:
    in_hospital(with_asha, kai)
    mother = parent(with_asha, kai, "Dawn Moss", "07700 900123", KNOWS)
    with acting_as(with_asha.actors["manager"]):
        ramp = DischargeCondition.objects.get().pk
    left = [LeftOne(ramp, "moved", "Dr Lee", "On loan", TODAY + timedelta(days=9))]
    did(with_asha, discharge, discharged_at=NOW, left=left)
    did(
        with_asha, write_leaving, closure="family_home", seen=0, ring="Crisis team", ring_phone="01632 960100",
        week_1="Somebody comes each day.",
    )  # fmt: skip
    assert "After hospital" in text_of(mother, f"/mine/{kai.reference}")
    page = text_of(mother, f"/mine/{kai.reference}/hospital")
    for words in ("Week 1", "Somebody comes each day.", "22 November 2026", "27 November 2026", "4 December 2026"):
        assert words in page, words
    assert "01632 960100" in page and "A ramp is built" in page and "Week 4" in page


def test_whoever_may_not_know_where_they_are_reads_nothing_of_it(with_asha: Area, kai: Person) -> None:
    in_hospital(with_asha, kai)
    father = parent(with_asha, kai, "Paul Moss", "07700 900789", (Topic.IDENTITY, Topic.KEYWORKING, Topic.HOSPITAL))
    assert "Going home from hospital" not in text_of(father, f"/mine/{kai.reference}")
    assert father.get(f"/mine/{kai.reference}/hospital").status_code == 404


def test_nobody_in_hospital_has_no_such_page(with_asha: Area, kai: Person) -> None:
    mother = parent(with_asha, kai, "Dawn Moss", "07700 900123", KNOWS)
    assert mother.get(f"/mine/{kai.reference}/hospital").status_code == 404
