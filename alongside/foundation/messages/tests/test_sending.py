"""The post room: what is sent, what is tried again, what is given up and seen."""

from datetime import datetime, timedelta

import pytest

from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.providers import Fate, NotAcceptable, TryLater
from alongside.foundation.messages.sending import TRY_AGAIN_MINUTES, ask_whether_arrived, send_waiting
from alongside.foundation.messages.tests.carrying import Remembering
from alongside.foundation.messages.ways import Way, email, letter, sms
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as


def queue(area: Area, *ways: Way) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        queue_message(
            note,
            icb_id=area.icb.pk,
            kind="test",
            to_name="Dawn Moss",
            subject="About Monday",
            body="Kai's review is on Monday.\n\nBring what you like.",
            ways=ways,
        )


def send(carrier: Remembering, at: datetime = NOW) -> int:
    return send_waiting(lambda: at, carrier)


def only() -> Delivery:
    with context.as_engine():
        return Delivery.objects.get()


def test_an_email_says_that_there_is_something_to_read_and_no_more(northmoor: Area) -> None:
    queue(northmoor, email("dawn@example.org"))
    carrier = Remembering()
    assert send(carrier) == 1
    (parcel,) = carrier.taken
    assert parcel.subject == "You have a new message"
    assert parcel.body.startswith("You have a new message from Alongside.\n\nSign in to read it: http://localhost")
    assert "Kai" not in parcel.subject + parcel.body
    assert only().state == "sent"
    assert only().filling == {}


def test_a_letter_carries_the_message_itself(northmoor: Area, posted_for_us: None) -> None:
    queue(northmoor, letter("Dawn Moss", "1 High Street", "NM1 1AA"))
    carrier = Remembering()
    assert send(carrier) == 1
    assert carrier.taken[0].pdf and carrier.taken[0].pdf.startswith(b"%PDF")


def test_what_was_sent_is_not_sent_again(northmoor: Area) -> None:
    queue(northmoor, email("dawn@example.org"), sms("07700 900123"))
    carrier = Remembering()
    assert [send(carrier), send(carrier)] == [2, 0]


def test_an_answer_that_was_lost_is_asked_for_and_nothing_is_sent_twice(northmoor: Area) -> None:
    queue(northmoor, email("dawn@example.org"))
    carrier = Remembering(loses_the_answer=True)
    with pytest.raises(ConnectionError):
        send(carrier)
    assert only().state == "sending"
    assert send(carrier) == 1
    assert len(carrier.taken) == 1
    assert only().provider_id == f"id of {only().reference}"


def test_a_try_that_failed_is_made_again_later_and_given_up_after_the_last(northmoor: Area) -> None:
    queue(northmoor, email("dawn@example.org"))
    carrier, at = Remembering(refuses=TryLater("Away.")), NOW
    for minutes in TRY_AGAIN_MINUTES:
        assert send(carrier, at) == 0
        waits = only()
        assert (waits.state, waits.error) == ("failed", "Away.")
        assert waits.next_try_at == at + timedelta(minutes=minutes)
        send(carrier, waits.next_try_at - timedelta(seconds=1))
        assert only().attempts == waits.attempts, "not before its time"
        at = waits.next_try_at
    send(carrier, at)
    assert (only().state, only().next_try_at) == ("given_up", None)
    with acting_as(northmoor.actors["coordinator"]):
        assert Event.objects.filter(code="delivery.given_up").count() == 1
    with context.as_engine():
        assert Event.objects.get(code="delivery.given_up").by_name == "The post room"


def test_a_code_is_given_up_after_three_tries_and_forgotten(northmoor: Area) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        queue_notice(note, icb_id=northmoor.icb.pk, way=sms("07700 900123", notice="code", code="482913"))
    carrier = Remembering(refuses=TryLater("Away."))
    for hours in range(3):
        send(carrier, NOW + timedelta(hours=hours))
    assert (only().state, only().filling) == ("given_up", {})


def test_an_address_that_cannot_be_right_is_given_up_at_once(northmoor: Area) -> None:
    queue(northmoor, sms("12"))
    send(Remembering(refuses=NotAcceptable("That is not a number.")))
    assert (only().state, only().error) == ("given_up", "That is not a number.")


def test_what_the_carrier_later_says_has_failed_is_seen(northmoor: Area) -> None:
    queue(northmoor, email("nobody@example.org"))
    carrier = Remembering()
    send(carrier)
    carrier.fates[only().provider_id] = Fate("failed", "No such address.")
    assert ask_whether_arrived(lambda: NOW + timedelta(minutes=9), carrier) == 0
    assert ask_whether_arrived(lambda: NOW + timedelta(minutes=10), carrier) == 1
    assert (only().state, only().error) == ("given_up", "No such address.")


def test_what_arrived_is_not_asked_after_again(northmoor: Area) -> None:
    queue(northmoor, email("dawn@example.org"))
    carrier = Remembering()
    send(carrier)
    carrier.fates[only().provider_id] = Fate("arrived")
    later = NOW + timedelta(hours=1)
    assert [ask_whether_arrived(lambda: later, carrier) for _ in range(2)] == [1, 0]
    assert only().arrived_at == later
