"""A merge that is undone leaves every row of every table about people as it stood."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Circumstance, Diagnosis, Person, PersonMerge, Relation
from alongside.features.people.operations import (
    change_address,
    change_person,
    merge_people,
    record_consent,
    record_fact,
    set_restricted,
    undo_merge,
)
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import rate
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.settle import protected_models
from alongside.foundation.recording.models import Sealed
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import Topic
from alongside.overview.models import RegisterRow
from tests.cast import NO_FLOOR, NOW, Area, acting_as, add_registered

#: Derived again from the rows below them, so their numbers may change and nothing else.
DERIVED = {"Duty", "OpenTopics"}
#: What a merge adds: its own line of the log.
ADDED = {"PersonMerge"}


def about_people() -> list[type[models.Model]]:
    """Every table with a person in it, but the sealed record of what happened, which is only ever added to."""
    found = []
    for model in protected_models():
        names = {field.attname for field in model._meta.concrete_fields}
        if names & {"person_id", "first_id"} or model is Person:
            found.append(model)
    return [model for model in found if not issubclass(model, Sealed) and model.__name__ not in ADDED]


def everything() -> dict[str, Counter[str]]:
    """Each row of each such table, as it stands."""
    with context.as_engine():
        return {
            model.__name__: Counter(_row(model, one) for one in model._base_manager.values())
            for model in about_people()
        }


def _row(model: type[models.Model], values: dict[str, Any]) -> str:
    left_out = {"id", "involvement_id"} if model.__name__ in DERIVED else set()
    return repr(sorted((name, value) for name, value in values.items() if name not in left_out))


def _circumstance(note: Notes, me: Me, area: Area, person: Person) -> None:
    record_fact(
        note, Circumstance, person=person, topic=Topic.EDUCATION, words="x", kind="ehc_plan", from_date=date(2026, 1, 5)
    )


def _diagnosis(note: Notes, me: Me, area: Area, person: Person) -> None:
    record_fact(note, Diagnosis, person=person, topic=Topic.HEALTH, words="x", kind="autism", basis="diagnosed")


def _relation(note: Notes, me: Me, area: Area, person: Person) -> None:
    record_fact(note, Relation, person=person, topic=Topic.FAMILY, words="x", name="Dawn", relationship="mother")


def _address(note: Notes, me: Me, area: Area, person: Person) -> None:
    change_address(note, person=person, kind="home", lines="1 High St", postcode="ZZ1 1AA", from_date=None)


def _name(note: Notes, me: Me, area: Area, person: Person) -> None:
    change_person(note, person=person, given_name="Kay")


def _keyworker(note: Notes, me: Me, area: Area, person: Person) -> None:
    allocate(note, person=person, worker=area.actors["keyworker"], from_date=NOW.date())


def _hospital(note: Notes, me: Me, area: Area, person: Person) -> None:
    stay = admit(
        note, person=person, kind="mental_health_hospital", place_name="Ash House", admitted_at=NOW - timedelta(hours=2)
    )
    discharge(note, stay=stay, discharged_at=NOW)


def _rating(note: Notes, me: Me, area: Area, person: Person) -> None:
    entry = RegisterEntry.objects.get(person=person, removed_on=None)
    rate(note, entry=entry, colour="amber", because="A&E twice", by=me, demanded=NO_FLOOR)


def _withdrawal(note: Notes, me: Me, area: Area, person: Person) -> None:
    record_consent(
        note,
        person=person,
        purpose="keyworking",
        answer="withdrawn",
        basis="parental",
        decided_on=NOW.date(),
        evidenced=True,
    )


DONE = (_circumstance, _diagnosis, _relation, _address, _name, _keyworker, _hospital, _rating, _withdrawal)
_steps = st.lists(st.tuples(st.sampled_from(DONE), st.booleans()), max_size=6, unique=True)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=_steps, keep_first=st.booleans())
def test_merge_then_undo_restores_every_row(northmoor: Area, steps: list[Any], keep_first: bool) -> None:
    with transaction.atomic():
        one, _ = add_registered(northmoor)
        other, _ = add_registered(northmoor, given_name="Kye")
        with acting_as(northmoor.actors["coordinator"]) as me:
            for step, first in steps:
                with recording(by=me, at=NOW) as note:
                    step(note, me, northmoor, one if first else other)
            before, involved = everything(), set(_involvements())
            survivor, merged = (one, other) if keep_first else (other, one)
            with recording(by=me, at=NOW) as note:
                merge = merge_people(note, survivor=survivor, merged=merged, because="Same mother.", by=me)
            assert everything() != before
            with recording(by=me, at=NOW + timedelta(hours=1)) as note:
                undo_merge(note, merge=PersonMerge.objects.get(pk=merge.pk), by=me)
        after, opened = everything(), set(_involvements()) - involved
        assert not [one for one in opened if one[2] is None], "what the merge opened was ended"
        for table, rows in before.items():
            more = after[table] - rows
            assert not rows - after[table], f"a row of {table} is gone or changed"
            assert sum(more.values()) <= (len(opened) if table in ("Involvement", "OpenTopics") else 0), (table, more)
        transaction.set_rollback(True)


def _involvements() -> list[tuple[Any, ...]]:
    with context.as_engine():
        return list(Involvement.objects.values_list("pk", "from_at", "to_at"))


def test_every_table_about_people_is_looked_at() -> None:
    names = {model.__name__ for model in about_people()}
    assert {"Person", "Consent", "Stay", "RegisterEntry", "RegisterRow", "Duty", "PossibleDuplicate"} <= names
    assert len(names) >= len([m for m in apps.get_models() if "person_id" in {f.attname for f in m._meta.fields}]) - 6


@pytest.mark.parametrize("role", ["keyworker", "commissioner"])
def test_only_those_who_match_people_merge(northmoor: Area, role: str) -> None:
    one, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor, given_name="Kye")
    with acting_as(northmoor.actors[role]) as me, pytest.raises(Refused), recording(by=me, at=NOW) as note:
        merge_people(note, survivor=one, merged=other, because="x", by=me)


def test_a_keyworker_of_the_one_record_works_with_the_survivor_until_it_is_undone(northmoor: Area) -> None:
    kept, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor, given_name="Kye")
    worker = northmoor.actors["keyworker"]
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            allocate(note, person=other, worker=worker, from_date=NOW.date())
        with recording(by=me, at=NOW) as note:
            merge = merge_people(note, survivor=kept, merged=other, because="x", by=me)
    with acting_as(worker) as them:
        assert Person.objects.visible_to(them).filter(pk=kept.pk).exists()
        assert RegisterRow.objects.visible_to(them).count() == 1
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        undo_merge(note, merge=merge, by=me)
    with acting_as(worker) as them:
        assert not Person.objects.visible_to(them).filter(pk=kept.pk).exists()
        assert Person.objects.visible_to(them).filter(pk=other.pk).exists()


def test_a_merged_person_has_one_line_and_what_is_recorded_on_either_counts_at_once(northmoor: Area) -> None:
    kept, entry = add_registered(northmoor)
    other, other_entry = add_registered(northmoor, given_name="Kye")
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            merge_people(note, survivor=kept, merged=other, because="x", by=me)
        (line,) = RegisterRow.objects.visible_to(me)
        assert (line.person_id, line.colour) == (kept.pk, "")
        with recording(by=me, at=NOW) as note:
            rate(note, entry=other_entry, colour="red", because="A&E", by=me, demanded=NO_FLOOR)
        (line,) = RegisterRow.objects.visible_to(me)
        assert (line.person_id, line.colour) == (kept.pk, "red"), "rated on the record that was merged"
        with recording(by=me, at=NOW) as note:
            admit(note, person=other, kind="mental_health_hospital", place_name="Ash House", admitted_at=NOW)
        assert RegisterRow.objects.visible_to(me).get().in_hospital
    assert entry.pk == line.entry_id


def test_the_record_that_is_held_more_closely_is_the_one_to_keep(northmoor: Area) -> None:
    closely, _ = add_registered(northmoor)
    other, _ = add_registered(northmoor, given_name="Kye")
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            set_restricted(note, person=closely, restricted=True, because="x")
        with pytest.raises(NotNow, match="more closely"), recording(by=me, at=NOW) as note:
            merge_people(note, survivor=other, merged=closely, because="x", by=me)


def test_no_chain_of_merges(northmoor: Area) -> None:
    people = [add_registered(northmoor, given_name=name)[0] for name in ("Kai", "Kye", "Ky")]
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            merge_people(note, survivor=people[0], merged=people[1], because="x", by=me)
        with pytest.raises(NotNow, match="already merged"), recording(by=me, at=NOW) as note:
            merge_people(note, survivor=people[2], merged=people[0], because="x", by=me)
        with recording(by=me, at=NOW) as note:
            merge_people(note, survivor=people[0], merged=people[2], because="x", by=me)


def test_two_areas_cannot_be_merged_into_one(northmoor: Area, saltby: Area) -> None:
    here, _ = add_registered(northmoor)
    there, _ = add_registered(saltby)
    with acting_as(northmoor.actors["coordinator"]) as me, pytest.raises(Refused), recording(by=me, at=NOW) as note:
        merge_people(note, survivor=here, merged=there, because="x", by=me)
