"""A plan is written, approved by somebody else, shared, and never changes again."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.features.people.models import Person
from alongside.features.people.operations import accept_person, merge_people, offer_person
from alongside.features.plans.models import PlanPart, PlanProposal, PlanVersion
from alongside.features.plans.operations import share_plan
from alongside.features.plans.queries import card_of, latest_version, my_caseload, open_proposal, parts_of
from alongside.features.plans.tests.conftest import CRISIS, STORY, send, share, signed_in, write
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered, involve


def test_a_plan_goes_from_draft_through_a_supervisor_to_the_family(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai, changed_words="This is the first plan.")
    with acting_as(northmoor.actors["keyworker"], NOW) as me:
        assert latest_version(me, kai) is None
    version = share(northmoor, kai)
    with acting_as(northmoor.actors["keyworker"], NOW) as me:
        parts = parts_of(me, version)
        assert version.number == 1 and parts["story"].words == STORY and len(parts) == 12
        assert version.changed == [["story", "new"]] and open_proposal(me, kai) is None


def test_nothing_can_be_sent_where_nothing_is_written(northmoor: Area, kai: Person) -> None:
    with pytest.raises(NotNow, match="Nothing is written"):
        send(northmoor, kai)


def test_nobody_approves_what_they_sent_themselves(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai, by="manager")
    with pytest.raises(Refused, match="You sent this plan yourself"):
        share(northmoor, kai, by="manager")
    assert share(northmoor, kai, by="coordinator").number == 1


def test_a_keyworker_approves_no_plan(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai, by="manager")
    with pytest.raises(Refused, match="approves plans"):
        share(northmoor, kai, by="keyworker")


def test_the_database_refuses_a_version_that_nobody_approved(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai)
    with acting_as(northmoor.actors["manager"], NOW) as me:
        proposal = open_proposal(me, kai)
        with pytest.raises(Error, match="shared by somebody else"), recording(by=me, at=NOW) as note:
            note("x", words="x", person_id=kai.pk)
            PlanVersion.objects.create(
                person=kai,
                topic=Topic.KEYWORKING,
                recorded_icb_id=kai.icb_id,
                recorded_by_id=me.id,
                recorded_at=NOW,
                happened_at=NOW,
                number=1,
                proposal=proposal,
                writer_id=northmoor.actors["keyworker"].pk,
                review_on=date(2027, 1, 15),
            )


@pytest.mark.parametrize("table", ["plans_planversion set number = 9", "plans_planpart set words = 'other'"])
def test_a_shared_version_is_changed_by_nobody(northmoor: Area, kai: Person, shared: PlanVersion, table: str) -> None:
    for role in ("keyworker", "manager", "coordinator"):
        with acting_as(northmoor.actors[role], NOW) as me, pytest.raises(Error, match="permission denied"):
            with transaction.atomic(), recording(by=me, at=NOW) as note, connection.cursor() as cursor:
                note("x", words="x", person_id=kai.pk)
                cursor.execute(f"update {table}")


def test_what_was_sent_stays_as_it_was_sent(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai)
    with acting_as(northmoor.actors["keyworker"], NOW) as me:
        with pytest.raises(Error, match="not changed|stays as it was"), recording(by=me, at=NOW) as note:
            note("x", words="x", person_id=kai.pk)
            PlanProposal.objects.filter(person=kai).update(parts={})


def test_a_second_version_says_what_changed_part_by_part(northmoor: Area, kai: Person, shared: PlanVersion) -> None:
    write(northmoor, kai, "story", "I like trains.")
    write(northmoor, kai, "helps", "A walk outside.")
    send(northmoor, kai)
    second = share(northmoor, kai)
    assert second.number == 2 and second.changed == [["story", "changed"], ["helps", "new"]]
    with acting_as(northmoor.actors["keyworker"], NOW) as me:
        assert parts_of(me, shared)["story"].words == STORY


def test_a_plan_waits_for_one_decision_at_a_time(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai)
    with pytest.raises(NotNow, match="sent already"):
        send(northmoor, kai)
    share(northmoor, kai)
    with acting_as(northmoor.actors["manager"], NOW) as me, pytest.raises(NotNow, match="decided"):
        with context.as_engine():
            proposal = PlanProposal.objects.get(person=kai)
        with recording(by=me, at=NOW) as note:
            share_plan(note, proposal=proposal, by=me)


def test_each_part_is_read_on_its_own_topic(northmoor: Area, kai: Person, shared: PlanVersion) -> None:
    school = northmoor.actors["partner_education"]
    involve(northmoor, kai, school, topics=[Topic.IDENTITY, Topic.COMMUNICATION, Topic.EDUCATION], kind="education")
    with acting_as(school, NOW):
        assert set(PlanPart.objects.values_list("kind", flat=True)) == {"communication", "helps"}
        assert not PlanVersion.objects.exists() and not PlanProposal.objects.exists()
    health = northmoor.actors["partner_health"]
    involve(northmoor, kai, health, topics=[Topic.IDENTITY, Topic.HEALTH])
    with acting_as(health, NOW):
        assert set(PlanPart.objects.values_list("kind", flat=True)) == {"early_signs", "formulation", "crisis"}


def test_a_commissioner_writes_no_plan(northmoor: Area, kai: Person) -> None:
    write(northmoor, kai, "gaps", "No short breaks.")
    with acting_as(northmoor.actors["commissioner"], NOW) as me:
        with pytest.raises(Error, match="row-level security"), recording(by=me, at=NOW) as note:
            send_plan_as(note, kai, me)


def send_plan_as(note: object, person: Person, me: object) -> None:
    from alongside.features.people.operations import record_fact

    record_fact(
        note,  # type: ignore[arg-type]
        PlanProposal,
        person=person,
        topic=Topic.KEYWORKING,
        words="x",
        parts={},
        review_on=date(2027, 1, 15),
    )


def moved(person: Person, here: Area, there: Area) -> Person:
    with acting_as(here.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        offer_person(note, person=person, to_icb=there.icb, because="They moved house.", by=me)
    with acting_as(there.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        accept_person(note, person_id=person.pk, to_icb=there.icb, by=me)
        allocate(note, person=Person.objects.get(), worker=there.actors["keyworker"], from_date=NOW.date())
        return Person.objects.get()


def test_what_waits_when_somebody_moves_is_decided_by_the_area_that_holds_them(
    northmoor: Area, saltby: Area, kai: Person
) -> None:
    write(northmoor, kai, "story", STORY)
    send(northmoor, kai)
    assert share(saltby, moved(kai, northmoor, saltby)).recorded_icb_id == saltby.icb.pk


def test_who_moves_away_and_comes_back_has_a_next_version(northmoor: Area, saltby: Area, shared: PlanVersion) -> None:
    there = moved(shared.person, northmoor, saltby)
    write(saltby, there, "story", "I live by the sea.")
    send(saltby, there)
    assert share(saltby, there).number == 1
    back = moved(there, saltby, northmoor)
    write(northmoor, back, "story", "I am home.")
    send(northmoor, back)
    assert share(northmoor, back).number == 2


def test_what_was_merged_into_a_record_is_read_with_it(northmoor: Area, shared: PlanVersion) -> None:
    survivor, _ = add_registered(northmoor, given_name="Kay")
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        merge_people(note, survivor=survivor, merged=shared.person, because="The same.", by=me)
    with acting_as(northmoor.actors["keyworker"], NOW) as me:
        card = card_of(me, survivor, NOW.date())
        assert CRISIS in {part.words for part in card.parts} and card.ring[0][1] == "Keyworker"
        assert latest_version(me, survivor) == shared
        assert my_caseload(me, NOW.date()) == [survivor]
    assert STORY in signed_in(northmoor.actors["keyworker"]).get(f"/people/{survivor.reference}/plan").content.decode()


def test_the_card_names_nobody_who_is_the_keyworker_no_more_from_that_day(
    northmoor: Area, kai: Person, shared: PlanVersion
) -> None:
    today, keyworker = NOW.date(), northmoor.actors["keyworker"]
    with context.as_engine():
        held = Allocation.objects.get(person=kai)
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        end_allocation(note, allocation=held, on=today)
    with acting_as(northmoor.actors["manager"], NOW) as me:
        assert keyworker.name in [name for name, *_ in card_of(me, kai, today - timedelta(days=1)).ring]
        assert keyworker.name not in [name for name, *_ in card_of(me, kai, today).ring]
    with acting_as(keyworker, NOW) as me:
        assert my_caseload(me, today) == []
