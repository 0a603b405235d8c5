"""Two records with a stay each become one, and two again: whatever was written about a stay meanwhile stays with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from alongside.features.hospital.discharge.operations import mark_heading, say_date, write_plan
from alongside.features.hospital.inpatient import living, overseeing, wards
from alongside.features.hospital.inpatient.queries import find_stay
from alongside.features.hospital.inpatient.recording import lock_stay
from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.people.models import Person, PersonMerge
from alongside.features.people.operations import merge_people, undo_merge
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as, add_registered
from tests.stories.telling import staff, words

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LEAD = {"lead_name": "Jo", "lead_post": "Ward manager", "lead_organisation": "Elm ward", "lead_reach": "1234"}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def in_hospital(area: Area, name: str, ward: str, days_ago: int) -> tuple[Person, Stay]:
    person, _ = add_registered(area, given_name=name, at=NOW - timedelta(days=60))
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        known = Person.objects.get(pk=person.pk)
        begun = NOW - timedelta(days=days_ago)
        stay = admit(note, person=known, kind="mental_health_hospital", place_name=ward, admitted_at=begun)
    return known, stay


def merged(area: Area, keep: Person, other: Person) -> PersonMerge:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        return merge_people(note, survivor=keep, merged=other, because="Same mother", by=me)


def writes(area: Area, stay: Stay, operation: Any, **given: Any) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        operation(note, stay=lock_stay(me, stay.pk), **given)


def rows_of(stay: Stay) -> dict[str, set[int]]:
    """Of each table about stays: whose the rows about this one are."""
    found = {}
    for model in apps.get_app_config("hospital").get_models():
        names = {field.attname for field in model._meta.concrete_fields}
        if {"stay_id", "person_id"} <= names:
            people = set(model._base_manager.filter(stay=stay.pk).values_list("person_id", flat=True))
            if people:
                found[model.__name__] = people
    return found


def test_what_was_written_about_a_stay_while_merged_is_still_its_own_after_undoing(northmoor: Area) -> None:
    one, first = in_hospital(northmoor, "Kai", "Elm ward", 20)
    other, second = in_hospital(northmoor, "Kye", "Ash House", 10)
    merge = merged(northmoor, one, other)
    writes(northmoor, second, wards.move_ward, move="transfer", from_at=NOW - HOUR, place_name="Heron Lodge")
    writes(northmoor, second, wards.change_legal_status, code="03", from_at=NOW - HOUR)
    writes(northmoor, second, wards.record_admission_details, reason="A crisis", registered_before="yes")
    writes(northmoor, second, living.begin_segregation, from_at=NOW - HOUR, because="Nowhere else")
    told = {
        "kind": "adult_ward",
        "body": "cqc",
        "told_whom": "CQC",
        "told_by": "Sam",
        "how": "portal",
        "at": NOW - HOUR,
    }
    writes(northmoor, second, overseeing.tell_body, **told)
    writes(northmoor, second, write_plan, seen=0, where_to="Home", **LEAD)
    writes(northmoor, second, mark_heading, heading="home", standing="open", known="A flat is looked for")
    writes(northmoor, second, say_date, expected_on=None, because="No home yet", seen=0)
    with acting_as(northmoor.actors["coordinator"]) as me:
        shown = find_stay(me, second.pk)
        assert shown and (shown.person, shown.holder) == (one, other), "shown as the survivor's, and still the other's"
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW + HOUR) as note:
        undo_merge(note, merge=PersonMerge.objects.get(pk=merge.pk), by=me)
    with context.as_engine():
        of_second, of_first = rows_of(second), rows_of(first)
        assert Stay.objects.get(pk=second.pk).person_id == other.pk
    kinds = {"WardStay", "LegalStatus", "AdmissionRecord", "Segregation", "StayNotice", "DischargePlan", "HeadingMark",
             "DischargeDate"}  # fmt: skip
    assert kinds <= set(of_second)
    assert all(people == {other.pk} for people in of_second.values()), of_second
    assert all(people == {one.pk} for people in of_first.values()), of_first
    assert [found for _, found in find_differing()] in ([], [[]])
    browser = staff(northmoor, "coordinator")
    assert "Heron Lodge" in words(browser.get(f"/hospital/stays/{second.pk}"))
    assert "Heron Lodge" not in words(browser.get(f"/people/{one.reference}"))


def test_a_stay_that_ended_while_merged_ended_for_the_record_that_it_is_of(northmoor: Area) -> None:
    one, first = in_hospital(northmoor, "Kai", "Elm ward", 20)
    other, second = in_hospital(northmoor, "Kye", "Ash House", 10)
    merge = merged(northmoor, one, other)
    writes(northmoor, second, discharge, discharged_at=NOW - HOUR, destination="Home")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW + HOUR) as note:
        undo_merge(note, merge=PersonMerge.objects.get(pk=merge.pk), by=me)
    with context.as_engine():
        assert Stay.objects.get(pk=first.pk).discharged_at is None
        assert Stay.objects.get(pk=second.pk).discharged_at == NOW - HOUR
    page = words(staff(northmoor, "coordinator").get(f"/people/{other.reference}"))
    assert "Left Ash House" in page
    assert "Left Ash House" not in words(staff(northmoor, "coordinator").get(f"/people/{one.reference}"))
