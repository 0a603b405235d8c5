"""What was said in a contact is the team's own note; what is due stays equal to what the facts say."""

from collections.abc import Callable
from datetime import datetime, timedelta

from alongside.features.keyworking.contacts.operations import (
    call_off,
    log_contact,
    move_appointment,
    note_promise,
    plan_appointment,
    set_out_of_hours,
    step_promise,
)
from alongside.features.keyworking.models import Appointment, Contact, OutOfHours, Promise, PromiseStep
from alongside.features.people.models import Person
from alongside.features.people.operations.family import open_to_family
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import EVERY_TOPIC
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as

NOTES = (Contact, Promise, PromiseStep, Appointment)


def written_down(kai: Person, ben: Actor) -> None:
    """One of each."""
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        log_contact(note, person=kai, way="visit", with_whom=["family"], outcome="Dawn spoke of her own worries")
        promise = note_promise(note, person=kai, who="Mr Ash", what="Ring back", by_date=NOW.date())
        step_promise(note, promise=promise, kind="chased", said="No reply")
        plan_appointment(note, person=kai, worker_id=ben.pk, way="phone", starts_at=NOW + timedelta(hours=1))
        set_out_of_hours(note, person=kai, who="The crisis line", phone="0300 000 0000")


def test_nobody_reads_the_notes_through_the_family_door(northmoor: Area, kai: Person, ben: Actor) -> None:
    written_down(kai, ben)
    himself = northmoor.actors["young_person"]
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        open_to_family(
            note,
            actor=himself,
            person_id=kai.pk,
            relation_id=None,
            role=Role.YOUNG_PERSON,
            topics=EVERY_TOPIC,
            asked_by=ben,
        )
        note("family.let_in", words="Kai came in.", person_id=kai.pk, icb_id=northmoor.icb.pk, topic=5)
    with acting_as(himself) as own:
        for model in NOTES:
            assert not model._default_manager.all().exists(), f"{model.__name__}: the database lets it through"
            assert not model.objects.visible_to(own).exists(), f"{model.__name__}: the code lets it through"
        assert OutOfHours.objects.visible_to(own).get().who == "The crisis line"
    with acting_as(ben) as him:
        assert all(model.objects.visible_to(him).count() == 1 for model in NOTES)


def test_another_area_reads_nothing(saltby: Area, kai: Person, ben: Actor) -> None:
    written_down(kai, ben)
    with acting_as(saltby.actors["manager"]):
        assert not any(model._default_manager.all().exists() for model in (*NOTES, OutOfHours))


def test_what_is_stored_equals_what_the_facts_say(
    kai: Person, ben: Actor, stands_still: Callable[[datetime], None]
) -> None:
    written_down(kai, ben)
    with acting_as(ben) as me, recording(by=me, at=NOW + timedelta(minutes=5)) as note:
        move_appointment(note, appointment=Appointment.objects.get(), starts_at=NOW + timedelta(days=2))
        log_contact(note, person=kai, way="phone", with_whom=["family"], reached=False)
    with context.as_engine():
        kinds = set(Duty.objects.filter(person=kai).values_list("doing", flat=True))
    assert {"log_contact", "open_promise", "log_appointment"} <= kinds
    assert [differing for _, found in find_differing() for differing in found] == []
    for day in range(0, 60, 7):
        moment = NOW + timedelta(days=day)
        assert [differing for _, found in find_differing(moment) for differing in found] == []
    with acting_as(ben) as me, recording(by=me, at=NOW + timedelta(minutes=6)) as note:
        call_off(note, appointment=Appointment.objects.get(), because="Kai is ill")
    assert [differing for _, found in find_differing() for differing in found] == []
