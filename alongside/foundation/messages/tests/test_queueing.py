"""Saying something to somebody: who reads it, and that it is said once."""

import pytest
from django.db import ProgrammingError, transaction

from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.ways import NotNeutral, email, letter, sms
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered


def say(area: Area, **given: object) -> Message:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        told = {"kind": "test", "subject": "A message for you", "body": "Kai's meeting is on Monday."} | given
        note("test.happened", words="Something happened.")
        return queue_message(note, icb_id=area.icb.pk, **told)  # type: ignore[arg-type]


def readers(*areas: Area) -> set[str]:
    found = set()
    for area in areas:
        for role, actor in area.actors.items():
            with acting_as(actor):
                if Message.objects.exists():
                    found.add(f"{role} {area.icb.code}")
    return found


def test_a_message_about_nobody_is_read_by_whom_it_is_to_and_whom_it_is_from(northmoor: Area, saltby: Area) -> None:
    say(northmoor, to_actor_id=northmoor.actors["governance"].pk)
    assert readers(northmoor, saltby) == {"governance TNM", "coordinator TNM"}


def test_a_message_to_a_team_is_read_by_its_members(northmoor: Area, saltby: Area) -> None:
    say(northmoor, to_team_id=northmoor.teams["keyworking"].pk)
    assert readers(northmoor, saltby) == {"keyworker TNM", "manager TNM", "coordinator TNM"}


def test_a_message_about_a_person_is_read_by_whoever_reaches_them_on_its_topic(northmoor: Area, saltby: Area) -> None:
    person, _ = add_registered(northmoor)
    say(northmoor, to_actor_id=northmoor.actors["keyworker"].pk, person_id=person.pk, topic=Topic.HEALTH)
    assert readers(northmoor, saltby) == {"coordinator TNM", "manager TNM"}, "the keyworker isn't theirs"


def test_nobody_writes_into_the_inbox_past_the_operation(northmoor: Area) -> None:
    say(northmoor, to_actor_id=northmoor.actors["keyworker"].pk)
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        note("message.changed", words="Something was changed.")
        assert Message.objects.update(body="Something else") == 0
        with pytest.raises(ProgrammingError), transaction.atomic():
            Message.objects.create(icb=northmoor.icb, by_id=me.id, to_name="x", subject="x", body="x", made_at=NOW)


def test_what_is_said_once_stays_said_once(northmoor: Area) -> None:
    first = say(northmoor, to_name="Dawn", once="outcome of 1", ways=[email("dawn@example.org")])
    again = say(northmoor, to_name="Dawn", once="outcome of 1", ways=[email("dawn@example.org")])
    with context.as_engine():
        assert first == again
        assert Delivery.objects.count() == 1


def test_each_way_is_a_delivery_and_only_those_who_look_after_the_area_see_them(northmoor: Area, saltby: Area) -> None:
    ways = [email("dawn@example.org"), sms("07700 900123"), letter("Dawn Moss", "1 High Street", "NM1 1AA")]
    say(northmoor, to_name="Dawn Moss", ways=ways)
    for area, role, seen in (
        (northmoor, "coordinator", 3),
        (northmoor, "admin", 3),
        (northmoor, "keyworker", 0),
        (saltby, "coordinator", 0),
    ):
        with acting_as(area.actors[role]):
            assert Delivery.objects.count() == seen, (area.icb.code, role)


def test_nothing_is_queued_when_the_change_is_not_kept(northmoor: Area) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        acting_as(northmoor.actors["coordinator"]) as me,
        recording(by=me, at=NOW) as note,
    ):
        queue_notice(note, icb_id=northmoor.icb.pk, way=sms("07700 900123", notice="code", code="123456"))
        1 / 0  # noqa: B018
    with context.as_engine():
        assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "way",
    [
        email("dawn@example.org", notice="Kai's review"),
        email("dawn@example.org", link="https://elsewhere.example/x"),
        email("dawn@example.org", link="/people/autism"),
        sms("07700 900123", notice="code", code="Kai Moss"),
        sms("07700 900123", notice="code"),
    ],
)
def test_what_would_say_more_than_that_there_is_something_is_refused(northmoor: Area, way: object) -> None:
    with pytest.raises(NotNeutral):
        say(northmoor, to_name="Dawn", ways=[way])
    with context.as_engine():
        assert not Message.objects.exists()
