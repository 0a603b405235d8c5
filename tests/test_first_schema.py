"""The schema holds all of the product: one of each kind is stored here (docs/decisions/0001)."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from alongside.features.actions.models import Action
from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit
from alongside.features.people.models import (
    Address,
    Belonging,
    Consent,
    Document,
    Fact,
    Guard,
    Kept,
    OwnWords,
    Person,
    PersonMerge,
    PersonName,
)
from alongside.features.people.operations import (
    add_person,
    correct_fact,
    merge_people,
    record_consent,
    record_fact,
    set_restricted,
    undo_merge,
)
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import enter_register
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered


def test_an_adult_stands_on_the_adults_list_and_on_the_childrens_list_at_once(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, birth_date=date(1950, 1, 1), listing="adult")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        enter_register(note, person=person, listing="child", entered_on=NOW.date(), by=me)
    with acting_as(northmoor.actors["coordinator"]):
        assert RegisterEntry.objects.filter(person=person).count() == 2


def test_names_addresses_and_belongings_are_dated_rows_and_a_correction_supersedes(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        put = {"person": person, "words": "Recorded."}
        record_fact(note, PersonName, topic=Topic.IDENTITY, kind="preferred", given_name="Kit", **put)
        home = record_fact(note, Address, topic=Topic.CONTACT, kind="home", postcode="ZZ1 1AA", **put)
        record_fact(note, Address, topic=Topic.CONTACT, kind="current", postcode="ZZ2 2BB", **put)
        for kind in Belonging.Kind:
            record_fact(note, Belonging, topic=Topic.CONTACT, kind=kind, name="Somewhere", **put)
        better = correct_fact(note, home, words="The postcode was mistyped.", postcode="ZZ1 1AB")
    with acting_as(northmoor.actors["coordinator"]):
        assert Address.objects.get(pk=home.pk).postcode == "ZZ1 1AA"
        assert better.supersedes == home and better.happened_at == home.happened_at


def test_stays_of_every_secure_and_residential_kind_are_held_and_a_residential_one_may_run_beside_a_ward(
    northmoor: Area,
) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me:
        for kind in Stay.Kind:
            with recording(by=me, at=NOW) as note:
                person = add_person(note, icb_id=northmoor.icb.pk, given_name="Ada", family_name=kind.value)
                admit(note, person=person, kind=kind, place_name="A place", admitted_at=NOW - timedelta(days=9))
        with recording(by=me, at=NOW) as note:
            pupil = Person.objects.get(family_name="residential_school")
            admit(note, person=pupil, kind=Stay.Kind.HOSPITAL, place_name="A ward", admitted_at=NOW)
        assert Stay.objects.filter(person=pupil, discharged_at=None).count() == 2


def test_consent_is_for_a_purpose_a_recipient_and_topics_and_is_never_changed(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            consent = record_consent(
                note,
                person=person,
                purpose="sharing",
                answer="given",
                basis="sixteen",
                decided_on=NOW.date(),
                about_topics=[Topic.EDUCATION],
                recipient_kind="school",
                recipient_id=7,
                decided_by="Kai",
            )
        assert consent.about_topics == [Topic.EDUCATION]
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).update(answer="refused")


def test_an_action_has_one_of_many_origins_and_an_owner_who_may_have_no_account(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        owner = Actor.objects.create(name="Head of Year 9")
        note("actor.added", words="An owner without an account.")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        for origin in Action.Origin:
            record_fact(
                note,
                Action,
                person=person,
                topic=Topic.EDUCATION,
                words="An action was agreed.",
                origin=origin,
                what="Ring the school",
                owner=owner,
                owner_organisation=northmoor.icb,
                due_on=NOW.date(),
            )
        assert Action.objects.filter(owner=owner, owner__user=None).count() == len(Action.Origin)


def test_a_merge_is_a_pointer_no_row_moves_and_undoing_it_gives_back_every_row(northmoor: Area) -> None:
    kept, _ = add_registered(northmoor, given_name="Kai")
    other, _ = add_registered(northmoor, given_name="Kay")

    def rows() -> list[list[dict]]:
        tables = [m for m in apps.get_models() if issubclass(m, Fact)]
        return [list(model.objects.order_by("pk").values()) for model in [Person, *tables]]

    with acting_as(northmoor.actors["coordinator"]) as me:
        before = rows()
        with recording(by=me, at=NOW) as note:
            merge = merge_people(note, survivor=kept, merged=other, because="Same mother, same school.")
        assert Person.objects.get(pk=other.pk).survivor_id == kept.pk
        assert rows()[1:] == before[1:]
        with recording(by=me, at=NOW) as note:
            undo_merge(note, merge=PersonMerge.objects.get(pk=merge.pk))
        assert rows() == before


def test_a_restricted_record_is_found_by_named_people_only(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    named = northmoor.actors["manager"]
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        for actor in (named, northmoor.actors["coordinator"]):
            with context.as_engine():
                Involvement.objects.create(
                    actor=actor,
                    person_id=person.pk,
                    topics=[t.value for t in Topic],
                    writes=True,
                    sees_guarded=Guard.RESTRICTED,
                    because="named",
                    relies_on="",
                    from_at=NOW,
                )
        set_restricted(note, person=person, restricted=True, because="Family in hiding.")
    with acting_as(named):
        assert Person.objects.filter(pk=person.pk).exists()
    for role in ("commissioner", "keyworker", "governance"):
        with acting_as(northmoor.actors[role]):
            assert not Person.objects.filter(pk=person.pk).exists(), role


def test_every_table_about_people_has_a_retention_class_a_hold_and_a_topic() -> None:
    facts = [model for model in apps.get_models() if issubclass(model, Fact)]
    assert len(facts) > 15 and issubclass(Person, Kept)
    for model in facts:
        names = {field.name for field in model._meta.get_fields()}
        assert {"retention_class", "on_hold", "topic", "happened_at", "recorded_at", "supersedes"} <= names, model
    assert Document in facts and OwnWords in facts
    assert {"topic", "happened_at", "recorded_at"} <= {field.name for field in Event._meta.get_fields()}


def test_nobody_is_held_by_two_areas_at_once(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor)
    with (
        context.as_engine(),
        pytest.raises(IntegrityError, match="one_responsible_icb"),
        recording(by=northmoor.actors["coordinator"], at=NOW) as note,
    ):
        note("person.accepted", words="Twice.", person_id=person.pk)
        accepted_by = northmoor.actors["coordinator"]
        person.responsibilities.create(icb=northmoor.icb, from_at=NOW, accepted_by=accepted_by)
