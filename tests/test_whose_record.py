"""Whose record it is: scope in code and in the database, when people move and areas merge."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from alongside.features.people.models import Circumstance, Person
from alongside.features.people.operations import accept_person, offer_person, record_fact
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Succession
from alongside.foundation.recording.recording import NothingNoted, recording
from alongside.overview.models import Duty, RegisterRow
from tests.cast import NOW, Area, acting_as, add_registered

LATER = NOW + timedelta(days=1)


def everything(model: type) -> set[int]:
    """What the database shows of a table without any scope in the code."""
    return set(model.objects.values_list("pk", flat=True))


def test_nobody_without_a_key_sees_anybody(northmoor: Area) -> None:
    add_registered(northmoor)
    assert everything(Person) == set()
    assert everything(Duty) == set()


def test_a_coordinator_sees_their_own_area_only(northmoor: Area, saltby: Area) -> None:
    mine, _ = add_registered(northmoor)
    add_registered(saltby)
    with acting_as(northmoor.actors["coordinator"]) as me:
        assert everything(Person) == {mine.pk} == set(Person.objects.visible_to(me).values_list("pk", flat=True))
        assert {row.person_id for row in RegisterRow.objects.all()} == {mine.pk}
        assert {duty.person_id for duty in Duty.objects.all()} == {mine.pk}


def test_without_agreement_only_the_register_team_sees_the_person(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, agreed=False)
    with acting_as(northmoor.actors["coordinator"]):
        assert everything(Person) == {person.pk}
    for role in ("manager", "commissioner", "keyworker", "governance", "admin", "regional"):
        with acting_as(northmoor.actors[role]):
            assert everything(Person) == set(), role
            assert everything(RegisterRow) == set(), role


def test_a_person_who_moves_is_seen_by_the_new_area_whole_and_by_the_old_one_in_what_it_recorded(
    northmoor: Area, saltby: Area
) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        offer_person(note, person=person, to_icb=saltby.icb, because="The family moved.", by=me)
    with (
        acting_as(saltby.actors["coordinator"], LATER) as me,
        recording(by=me, at=LATER) as note,
    ):
        accept_person(note, person_id=person.pk, to_icb=saltby.icb, by=me)
    with acting_as(saltby.actors["coordinator"], LATER) as me, recording(by=me, at=LATER) as note:
        moved = Person.objects.visible_to(me).get()
        new = record_fact(note, Circumstance, person=moved, topic=11, kind="adopted", words="Adopted.")
        assert RegisterRow.objects.get().icb_id == saltby.icb.pk, "their place on the register moved with them"
        assert RegisterEntry.objects.count() == 2, "the new area reads what the old one recorded"
    with acting_as(northmoor.actors["coordinator"], LATER) as me:
        assert everything(Person) == {person.pk}
        assert RegisterEntry.objects.get().removed_because == "moved_area"
        assert everything(RegisterRow) == set()
        assert new.pk not in everything(Circumstance), "what the next area records is not ours"
        with pytest.raises(ProgrammingError), transaction.atomic(), recording(by=me, at=LATER) as note:
            record_fact(note, Circumstance, person=person, topic=11, kind="adopted", words="Adopted.")


def test_a_successor_reads_its_predecessors_rows_and_undoing_the_merger_ends_that(
    northmoor: Area, saltby: Area
) -> None:
    person, _ = add_registered(northmoor)
    engine = Actor.objects.get(kind="engine")
    before = list(Person.objects.none())
    with context.as_engine():
        before = list(Person.objects.values())
        with recording(by=engine, at=NOW) as note:
            merger = Succession.objects.create(predecessor=northmoor.icb, successor=saltby.icb, on_date=NOW.date())
            note("area.merged", words="Northmoor became part of Saltby.", icb_id=saltby.icb.pk)
    with acting_as(saltby.actors["coordinator"]) as me:
        assert everything(Person) == {person.pk}
        assert Person.objects.visible_to(me).get() == person
    with context.as_engine():
        assert list(Person.objects.values()) == before, "no row was rewritten"
        with recording(by=engine, at=LATER) as note:
            merger.undone_at = LATER
            merger.save()
            note("area.merger_undone", words="The merger was undone.", icb_id=saltby.icb.pk)
    with acting_as(saltby.actors["coordinator"]):
        assert everything(Person) == set()


def test_a_change_that_nobody_described_is_refused_by_the_database(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with pytest.raises(ProgrammingError, match="nobody described"), transaction.atomic():
            Person.objects.filter(pk=person.pk).update(given_name="Somebody else")
        with pytest.raises(NothingNoted), recording(by=me, at=NOW):
            Person.objects.filter(pk=person.pk).update(given_name="Somebody else")
        assert Person.objects.get().given_name == "Kai"


def test_everybody_on_a_register_has_something_due_with_an_owner(northmoor: Area) -> None:
    person, entry = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]):
        duties = list(Duty.objects.filter(person=person))
        assert duties and all(duty.owner_actor_id or duty.owner_team_id for duty in duties)
        row = RegisterRow.objects.get(entry=entry)
        assert row.next_what and row.next_owner


def test_the_service_role_owns_nothing_and_bypasses_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)
