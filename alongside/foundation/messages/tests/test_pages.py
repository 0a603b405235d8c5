"""The pages of the inbox and the outbox."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.foundation.access import context
from alongside.foundation.access.me import find_me
from alongside.foundation.messages.models import Delivery, Message, Opened
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.providers import NotAcceptable
from alongside.foundation.messages.sending import send_waiting
from alongside.foundation.messages.tests.carrying import Remembering
from alongside.foundation.messages.ways import email, letter
from alongside.foundation.recording.models import Look
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as, add_registered, key_of

BUDGET = 8


def browser(area: Area, role: str) -> Client:
    client = Client()
    client.cookies["alongside_key"] = key_of(area.actors[role])
    return client


def write(area: Area, by: str = "coordinator", **given: object) -> Message:
    with acting_as(area.actors[by]) as me, recording(by=me, at=NOW) as note:
        told = {"kind": "test", "subject": "About Monday", "body": "Kai's review.\n\nBring\nwhat you like."} | given
        return queue_message(note, icb_id=area.icb.pk, **told)  # type: ignore[arg-type]


def typed(page: str, **more: str) -> dict[str, str]:
    """The form's mark from the page, with what is typed."""
    found = re.search(r'name="submission" value="([^"]+)"', page)
    return {"submission": found[1] if found else "", **more}


def new_of(area: Area, role: str) -> int:
    with acting_as(area.actors[role]):
        me = find_me(NOW)
        assert me
        return me.new_messages


def test_a_message_is_new_until_it_is_opened_and_the_menu_counts_it(northmoor: Area) -> None:
    told = write(northmoor, to_actor_id=northmoor.actors["keyworker"].pk)
    asha = browser(northmoor, "keyworker")
    page = asha.get("/messages").content.decode()
    assert "About Monday" in page
    assert "New" in page
    assert "Messages (1)" in asha.get("/account").content.decode()
    assert new_of(northmoor, "keyworker") == 1
    page = asha.get(f"/messages/{told.reference}").content.decode()
    assert "Bring<br>what you like." in page
    assert new_of(northmoor, "keyworker") == 0
    asha.get(f"/messages/{told.reference}")
    with context.as_engine():
        assert Opened.objects.count() == 1


@pytest.mark.parametrize("reference", ["AAAAAAAAAAAA", "1", "x" * 300])
def test_another_ones_message_is_not_there(northmoor: Area, saltby: Area, reference: str) -> None:
    told = write(northmoor, to_actor_id=northmoor.actors["keyworker"].pk)
    for area, role in ((saltby, "coordinator"), (northmoor, "manager"), (northmoor, "partner_health")):
        for guessed in (reference, told.reference):
            for end in ("", "/settle", "/letter"):
                assert browser(area, role).get(f"/messages/{guessed}{end}").status_code == 404


def test_a_team_answers_and_the_answer_comes_back_once(northmoor: Area) -> None:
    asked = write(northmoor, by="governance", to_team_id=northmoor.teams["register"].pk, may_answer=True)
    priya = browser(northmoor, "coordinator")
    assert "Not answered" in priya.get("/messages?box=team").content.decode()
    address = f"/messages/{asked.reference}"
    given = typed(priya.get(address).content.decode(), body="We looked. It is right.")
    assert priya.post(address, given).status_code == 302
    assert priya.post(address, given).status_code == 302
    with acting_as(northmoor.actors["governance"]) as me:
        (answer,) = Message.objects.filter(to_actor_id=me.id)
        assert answer.body == "We looked. It is right."
    assert "Not answered" not in priya.get("/messages?box=team").content.decode()


def test_an_empty_answer_gets_a_sentence(northmoor: Area) -> None:
    asked = write(northmoor, to_actor_id=northmoor.actors["keyworker"].pk, may_answer=True)
    asha = browser(northmoor, "keyworker")
    page = asha.post(f"/messages/{asked.reference}", typed(asha.get(f"/messages/{asked.reference}").content.decode()))
    assert page.status_code == 422
    assert "Write your answer" in page.content.decode()


def test_one_of_the_team_says_that_it_needs_no_answer(northmoor: Area) -> None:
    asked = write(northmoor, by="governance", to_team_id=northmoor.teams["register"].pk, may_answer=True)
    priya = browser(northmoor, "coordinator")
    form = {"submission": uuid4().hex}
    for _ in range(2):
        assert priya.post(f"/messages/{asked.reference}/settle", form).status_code == 302
    assert "needs no answer" in priya.get(f"/messages/{asked.reference}").content.decode()


def test_reading_about_a_person_is_a_look(northmoor: Area) -> None:
    person, _ = add_registered(northmoor)
    told = write(northmoor, to_actor_id=northmoor.actors["manager"].pk, person_id=person.pk, topic=Topic.REVIEW)
    browser(northmoor, "manager").get(f"/messages/{told.reference}")
    with context.as_engine():
        assert Look.objects.get(page="message").person_ids == [person.pk]


def failed(area: Area) -> Delivery:
    write(area, to_name="Dawn Moss", ways=[email("dawn@exmple.org"), letter("Dawn Moss", "1 High Street", "NM1 1AA")])
    send_waiting(lambda: NOW, Remembering(refuses=NotAcceptable("No such address.")))
    with context.as_engine():
        return Delivery.objects.get(channel="email")


def test_what_was_not_delivered_is_seen_and_sent_another_way(northmoor: Area) -> None:
    gone = failed(northmoor)
    priya = browser(northmoor, "coordinator")
    assert "No such address." in priya.get("/outbox").content.decode()
    address = f"/outbox/{gone.reference}"
    given = typed(priya.get(address).content.decode(), channel="email", email="dawn@example.org")
    assert priya.post(address, given).status_code == 302
    assert priya.post(address, given).status_code == 302, "a second time does nothing"
    carrier = Remembering()
    assert send_waiting(lambda: NOW.replace(year=2027), carrier) == 1
    assert carrier.taken[0].address == "dawn@example.org"
    assert "dawn@exmple.org" not in priya.get("/outbox").content.decode()
    again = priya.post(address, typed(priya.get("/outbox").content.decode(), channel="same", submission=uuid4().hex))
    assert again.status_code == 422
    assert "already sent again" in again.content.decode()


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ("", "Select how should it be sent"),
        ("email", "Enter the e-mail address"),
        ("sms", "Enter the mobile number"),
        ("letter", "Enter the name and the address"),
        ("pigeon", "Select how should it be sent"),
    ],
)
def test_what_is_missing_gets_a_sentence(northmoor: Area, channel: str, sentence: str) -> None:
    gone = failed(northmoor)
    page = browser(northmoor, "coordinator").post(
        f"/outbox/{gone.reference}", {"submission": uuid4().hex, "channel": channel}
    )
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_the_outbox_is_not_for_others(northmoor: Area, saltby: Area) -> None:
    gone = failed(northmoor)
    assert browser(northmoor, "keyworker").get("/outbox").status_code == 403
    assert browser(saltby, "coordinator").get(f"/outbox/{gone.reference}").status_code == 404
    assert "dawn" not in browser(saltby, "coordinator").get("/outbox?list=").content.decode()
    assert browser(northmoor, "coordinator").get(f"/outbox/{gone.reference}/letter").status_code == 404


@pytest.mark.parametrize(
    "address", ["/messages", "/messages?box=team", "/outbox?list=", "/messages?before=9x", "/outbox?before=-1"]
)
def test_each_list_asks_as_much_for_many_as_for_few(northmoor: Area, address: str) -> None:
    person, _ = add_registered(northmoor)
    for _ in range(35):
        write(
            northmoor,
            to_actor_id=northmoor.actors["coordinator"].pk,
            to_team_id=northmoor.teams["register"].pk,
            person_id=person.pk,
            topic=Topic.REVIEW,
            ways=[email("dawn@example.org")],
        )
    priya = browser(northmoor, "coordinator")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert priya.get(address).status_code == 200
    assert len(asked) <= BUDGET


def test_an_unanswered_message_to_a_team_is_due_until_it_is_answered(northmoor: Area) -> None:
    asked = write(northmoor, by="governance", to_team_id=northmoor.teams["keyworking"].pk, may_answer=True)
    with acting_as(northmoor.actors["manager"]):
        (duty,) = Duty.objects.filter(subject="message")
        assert duty.owner_team_id == northmoor.teams["keyworking"].pk
        assert duty.due.date() == date(2026, 11, 24), "two working days after a Friday"
    tom = browser(northmoor, "manager")
    assert tom.get(f"/messages/number/{asked.pk}")["Location"] == f"/messages/{asked.reference}"
    assert tom.get("/messages/number/999999").status_code == 404
    tom.post(f"/messages/{asked.reference}", {"submission": uuid4().hex, "body": "Yes."})
    with context.as_engine():
        assert not Duty.objects.filter(subject="message", subject_id=asked.pk).exists()


def test_what_was_given_up_is_due_until_it_is_sent_another_way(northmoor: Area) -> None:
    gone = failed(northmoor)
    priya = browser(northmoor, "coordinator")
    with acting_as(northmoor.actors["coordinator"]):
        due = Duty.objects.get(subject="delivery", subject_id=gone.pk)
        assert due.what == "Reach somebody another way"
        assert "dawn" not in due.because.lower()
    assert priya.get(f"/outbox/number/{gone.pk}")["Location"] == f"/outbox/{gone.reference}"
    priya.post(f"/outbox/{gone.reference}", {"submission": uuid4().hex, "channel": "email", "email": "d@example.org"})
    with context.as_engine():
        assert not Duty.objects.filter(subject="delivery", subject_id=gone.pk).exists()
