"""Whoever was told of a visit hears when it is at another time or does not happen; the message names nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.keyworking.contacts.operations import call_off, move_appointment
from alongside.features.keyworking.models import Appointment
from alongside.features.people.models import Person
from alongside.features.people.operations import change_person
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.recording.recording import recording
from alongside.portal.plans_changed import BODIES, SUBJECT
from alongside.portal.tests.test_planned import comes_as_father, meets
from tests.cast import NOW, Area, acting_as

KINDS = tuple(BODIES)


def by_asha(area: Area, act: Any, appointment: Appointment, **given: Any) -> None:
    with acting_as(area.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        act(note, appointment=appointment, **given)


def told() -> list[tuple[str, str]]:
    """Who of the family was told what."""
    with context.as_engine():
        rows = Message.objects.filter(kind__in=KINDS).select_related("to_actor").order_by("pk")
        return [(row.kind.removeprefix("appointment."), row.to_actor.name) for row in rows]


def test_another_time_and_a_calling_off_are_told_once_each(
    with_asha: Area, kai: Person, kai_himself: Client, dawn: Client
) -> None:
    first = meets(with_asha, kai, way="visit")
    assert told() == []
    by_asha(with_asha, move_appointment, first, starts_at=NOW + timedelta(days=3))
    assert sorted(told()) == [("moved", "Dawn Moss"), ("moved", "Kai Moss")]
    by_asha(with_asha, move_appointment, first, starts_at=NOW + timedelta(days=4))
    by_asha(with_asha, call_off, first, because="Asha is ill.")
    assert [kind for kind, _ in told()].count("moved") == 4
    assert [kind for kind, _ in told()].count("called_off") == 2


def test_the_message_names_nobody_and_says_nothing_of_what_it_is_about(
    with_asha: Area, kai: Person, dawn: Client
) -> None:
    by_asha(with_asha, call_off, meets(with_asha, kai), because="Kai was admitted to hospital.")
    with context.as_engine():
        sent = Delivery.objects.order_by("-pk")[0]
        (message,) = Message.objects.filter(kind__in=KINDS)
    said = f"{sent.filling} {message.subject} {message.body}"
    for word in ("Kai", "Moss", "autis", "disab", "hospital", "library", "Asha", "Northmoor"):
        assert word not in said, word
    assert message.subject == SUBJECT


@pytest.mark.parametrize("change", [{"told": True}, {"starts_at": None}, {"worker_id": "manager"}])
def test_what_changes_no_day_is_not_told(with_asha: Area, kai: Person, dawn: Client, change: dict) -> None:
    first = meets(with_asha, kai)
    given = {**change}
    if "worker_id" in given:
        given["worker_id"] = with_asha.actors["manager"].pk
    by_asha(with_asha, move_appointment, first, **given)
    assert told() == []


def test_what_they_were_not_told_of_stays_untold(with_asha: Area, kai: Person, dawn: Client) -> None:
    by_asha(with_asha, call_off, meets(with_asha, kai, told=False), because="Ill.")
    assert told() == []


def test_a_parent_who_may_not_know_where_hears_of_no_appointment(with_asha: Area, kai: Person) -> None:
    comes_as_father(with_asha, kai)
    by_asha(with_asha, call_off, meets(with_asha, kai), because="Ill.")
    assert told() == []


def test_nobody_is_told_of_a_visit_that_ends_with_a_death(with_asha: Area, kai: Person, dawn: Client) -> None:
    meets(with_asha, kai)
    with acting_as(with_asha.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=kai, died_on=NOW.date())
    assert told() == []
