"""Promises are chased until they are closed; appointments are somebody's until they are over; who to ring is told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alongside.features.actions.models import Action
from alongside.features.keyworking.contacts import open_work
from alongside.features.keyworking.contacts.operations import note_promise
from alongside.features.keyworking.contacts.queries import (
    find_out_of_hours,
    list_appointments,
    list_contacts,
    list_my_people,
    list_people_of,
    list_promises,
)
from alongside.features.keyworking.contacts.tests.conftest import a_contact, on, signed_in
from alongside.features.keyworking.contacts.tests.test_logging import contacts_of, due
from alongside.features.keyworking.models import Allocation, Appointment, ContactDraft, Promise, PromiseStep
from alongside.features.keyworking.operations import end_allocation
from alongside.features.keyworking.tests.conftest import hire
from alongside.features.people.models import Person
from alongside.features.people.operations import change_person, merge_people
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered

TODAY = NOW.date()  # a Friday
Stand = Callable[[datetime], None]


def promised(kai: Person, ben: Actor, by: date = TODAY) -> Promise:
    sent = {"what": "Send the assessment", "who": "Mr Ash", "organisation_name": "Council", "submission": new_token()}
    assert signed_in(ben).post(f"/people/{kai.reference}/promises/add", sent | on("by_date", by)).status_code == 302
    with context.as_engine():
        return Promise.objects.get(person=kai)


def step(kai: Person, ben: Actor, promise: Promise, kind: str, **more: Any) -> int:
    sent = {"kind": kind, "submission": new_token(), **more}
    return signed_in(ben).post(f"/people/{kai.reference}/promises/{promise.pk}", sent).status_code


def test_a_promise_comes_back_the_day_after_and_after_each_chasing(
    kai: Person, ben: Actor, stands_still: Stand
) -> None:
    promise = promised(kai, ben)
    duty = due(kai, f"promise:{promise.pk}")
    assert duty and duty.shows_from.date() == date(2026, 11, 21) and duty.due.date() == date(2026, 11, 23)
    for button in ("do", "not-needed"):
        goes = signed_in(ben).get(f"/duties/{duty.pk}/{button}")
        assert goes["Location"] == f"/people/{kai.reference}/promises/{promise.pk}?next=/"
    stands_still(datetime.fromisoformat("2026-11-25T10:00+00:00"))
    assert step(kai, ben, promise, "chased", said="No reply to the message") == 302
    duty = due(kai, f"promise:{promise.pk}")
    assert duty and duty.due.date() == date(2026, 11, 26) and "Chased once." in duty.because
    page = signed_in(ben).get(f"/people/{kai.reference}/promises/{promise.pk}").content.decode()
    assert "No reply to the message" in page
    assert "Chased once" in signed_in(ben).get("/promises").content.decode()


@pytest.mark.parametrize("kind", ["kept", "not_kept", "not_needed"])
def test_a_closed_promise_is_closed_once(kai: Person, ben: Actor, kind: str) -> None:
    promise = promised(kai, ben)
    assert step(kai, ben, promise, kind) == 302
    assert due(kai, "promise:") is None
    assert step(kai, ben, promise, "chased") == 422
    with context.as_engine():
        assert Promise.objects.get().closed_as == kind and PromiseStep.objects.count() == 1
    assert "Send the assessment" not in signed_in(ben).get("/promises").content.decode()


def test_a_new_day_needs_a_day_and_moves_what_is_due(kai: Person, ben: Actor) -> None:
    promise = promised(kai, ben)
    assert step(kai, ben, promise, "moved") == 422
    assert step(kai, ben, promise, "moved", **on("by_date", TODAY - timedelta(days=1))) == 422
    assert step(kai, ben, promise, "moved", **on("by_date", date(2026, 12, 1))) == 302
    duty = due(kai, "promise:")
    assert duty and duty.due.date() == date(2026, 12, 2)


def planned(kai: Person, ben: Actor, on_day: date = TODAY, at: str = "14:00") -> Appointment:
    sent = {"way": "visit", "at": at, "where": "At home", "minutes": "45", "submission": new_token()}
    answer = signed_in(ben).post(f"/people/{kai.reference}/appointments/add", sent | on("on", on_day))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    with context.as_engine():
        return Appointment.objects.latest("id")


def test_an_appointment_stands_on_my_day_and_ends_when_it_is_written_up(
    kai: Person, ben: Actor, stands_still: Stand
) -> None:
    appointment = planned(kai, ben)
    assert appointment.starts_at == datetime.fromisoformat("2026-11-20T14:00+00:00") and appointment.worker == ben
    browser = signed_in(ben)
    assert "At home" in browser.get("/").content.decode() and "Write it up" not in browser.get("/").content.decode()
    stands_at = datetime.fromisoformat("2026-11-20T15:30+00:00")
    stands_still(stands_at)
    browser = signed_in(ben)
    duty = due(kai, "appointment:")
    assert duty and duty.shows_from < stands_at < duty.due
    goes = browser.get(f"/duties/{duty.pk}/do")["Location"]
    assert goes == f"/people/{kai.reference}/contact?appointment={appointment.pk}&next=/"
    form = browser.get(goes).content.decode()
    assert 'value="14:00"' in form and "At home" in form
    sent = a_contact(way="visit", appointment=appointment.pk, at="14:00", **on("on", TODAY))
    assert browser.post(f"/people/{kai.reference}/contact", sent).status_code == 302
    assert due(kai, "appointment:") is None and due(kai, "first_visit") is None
    with context.as_engine():
        assert Appointment.objects.get().contact == contacts_of(kai)[0]
    assert "At home" not in browser.get("/").content.decode()


def test_nobody_there_leaves_the_appointment_to_be_called_off_or_moved(kai: Person, ben: Actor) -> None:
    appointment = planned(kai, ben)
    browser = signed_in(ben)
    browser.post(f"/people/{kai.reference}/contact", a_contact(outcome="", tried="1", appointment=appointment.pk))
    assert due(kai, "appointment:")
    url = f"/people/{kai.reference}/appointments/{appointment.pk}"
    moved = {"at": "9am", "submission": new_token(), **on("on", TODAY + timedelta(days=3))}
    assert browser.post(url, moved | on("on", TODAY)).status_code == 422
    assert browser.post(url, moved).status_code == 302
    nothing = browser.post(f"{url}/call-off", {"submission": new_token()})
    assert nothing.status_code == 422 and "Enter the reason" in nothing.content.decode()
    assert browser.post(f"{url}/call-off", {"because": "Kai is ill", "submission": new_token()}).status_code == 302
    assert due(kai, "appointment:") is None
    assert browser.post(url, moved | {"submission": new_token()}).status_code == 422


@pytest.mark.parametrize("path", ["appointments/999999", "promises/999999", "contacts/999999/correct"])
def test_what_is_not_there_is_404(kai: Person, ben: Actor, path: str) -> None:
    assert signed_in(ben).get(f"/people/{kai.reference}/{path}").status_code == 404


def test_appointments_and_contacts_begun_go_with_a_hand_over(northmoor: Area, kai: Person, ben: Actor) -> None:
    appointment, asha = planned(kai, ben), hire(northmoor, "Asha Patel")
    signed_in(ben).post(f"/people/{kai.reference}/contact/kept", {"outcome": "Half a sentence"})
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note, context.as_engine():
        for listed, moved in (
            (open_work.list_appointments_of, open_work.pass_on_appointments),
            (open_work.list_drafts_of, open_work.pass_on_drafts),
        ):
            open_ = list(listed(ben.pk, northmoor.icb.pk))
            assert len(open_) == 1 and open_[0][1] == kai.pk and "Kai" not in open_[0][2]
            moved(note, [line[0] for line in open_], asha)
            assert not listed(ben.pk, northmoor.icb.pk) and len(listed(asha.pk, northmoor.icb.pk)) == 1
    with context.as_engine():
        assert Appointment.objects.get(pk=appointment.pk).worker == asha
        assert ContactDraft.objects.get().answers == {"outcome": ["Half a sentence"]}
    duty = due(kai, "appointment:")
    assert duty and duty.owner_actor == ben, "until she sees the record, what came of it is the keyworker's to write"


def test_who_to_ring_takes_the_place_of_what_stood_before(northmoor: Area, kai: Person, ben: Actor) -> None:
    browser, url = signed_in(ben), f"/people/{kai.reference}/out-of-hours"
    for who in ("The crisis line", "The night team"):
        sent = {"who": who, "phone": "0300 000 0000", "arrangement": "Until ten", "submission": new_token()}
        assert browser.post(url, sent).status_code == 302
    assert 'value="The night team"' in browser.get(url).content.decode()
    with acting_as(northmoor.actors["manager"]) as me:
        stands = find_out_of_hours(me, kai)
        assert stands and stands.who == "The night team" and stands.supersedes
    page = browser.get(f"/people/{kai.reference}").content.decode()
    assert "The night team" in page and "The crisis line:" not in page


def test_my_people_are_those_alive_and_a_merged_record_is_its_survivor(
    northmoor: Area, kai: Person, ben: Actor
) -> None:
    signed_in(ben).post(f"/people/{kai.reference}/contact", a_contact())
    survivor, _ = add_registered(northmoor, given_name="Kay")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        merge_people(note, survivor=survivor, merged=kai, because="The same.", by=me)
    with acting_as(ben) as me:
        assert [(one.given_name, one.last_at) for one in list_my_people(me, TODAY)] == [("Kay", NOW)]
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=survivor, died_on=TODAY)
    with acting_as(ben) as me:
        assert list_my_people(me, TODAY) == []


def test_what_was_written_on_a_merged_record_is_found_and_worked_with_on_its_survivor(
    northmoor: Area, kai: Person, ben: Actor
) -> None:
    browser = signed_in(ben)
    browser.post(f"/people/{kai.reference}/contact", a_contact())
    promise, appointment = promised(kai, ben), planned(kai, ben)
    ring = {"who": "The crisis line", "phone": "0808 157 0000", "submission": new_token()}
    assert browser.post(f"/people/{kai.reference}/out-of-hours", ring).status_code == 302
    survivor, _ = add_registered(northmoor, given_name="Kay")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        merge_people(note, survivor=survivor, merged=kai, because="The same.", by=me)
    with acting_as(ben) as me:
        assert len(list_contacts(me, survivor, before=None, most=5)) == 1
        assert list_promises(me, survivor) == [promise] and list_appointments(me, survivor) == [appointment]
        stands = find_out_of_hours(me, survivor)
        assert stands and stands.who == "The crisis line"
    for path in ("contacts", f"promises/{promise.pk}", f"appointments/{appointment.pk}"):
        assert browser.get(f"/people/{survivor.reference}/{path}").status_code == 200, path
    assert step(survivor, ben, promise, "kept") == 302
    with context.as_engine():
        assert not open_work.list_promises_of(ben.pk, northmoor.icb.pk)


def test_a_promise_on_a_merged_record_is_chased_by_the_keyworker_of_its_survivor(
    northmoor: Area, kai: Person, ben: Actor
) -> None:
    promise = promised(kai, ben)
    survivor, _ = add_registered(northmoor, given_name="Kay")
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        merge_people(note, survivor=survivor, merged=kai, because="The same.", by=me)
    with context.as_engine():
        assert [row[0] for row in open_work.list_promises_of(ben.pk, northmoor.icb.pk)] == [promise.pk]
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        change_person(note, person=survivor, died_on=TODAY)
    with context.as_engine():
        assert not open_work.list_promises_of(ben.pk, northmoor.icb.pk)


def test_on_the_day_a_keyworker_is_it_no_more_nobody_is_theirs(northmoor: Area, kai: Person, ben: Actor) -> None:
    with context.as_engine():
        held = Allocation.objects.get(person=kai, worker=ben)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        end_allocation(note, allocation=held, on=TODAY)
    with acting_as(northmoor.actors["manager"]) as me:
        assert list_people_of(me, ben.pk, TODAY) == []
        assert [one.person_id for one in list_people_of(me, ben.pk, TODAY - timedelta(days=1))] == [kai.pk]


def test_a_promise_becomes_an_action_that_somebody_owns(kai: Person, ben: Actor) -> None:
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        promise = note_promise(
            note, person=kai, who="Mrs Reed", organisation_name="TNM ICB", what="Send the report", by_date=NOW.date()
        )
    browser, here = signed_in(ben), f"/people/{kai.reference}/promises/{promise.pk}"
    assert f"{here}/action" in browser.get(here).content.decode()
    page = browser.get(f"{here}/action").content.decode()
    assert "Send the report" in page and "Mrs Reed" in page and "Make the promise an action" in page
    typed = {"what": "Send the report", "how_known": "It is here", "topic": Topic.KEYWORKING.value}
    typed |= {"owner": f"actor-{ben.pk}"}
    typed |= {"origin": "contact", "submission": new_token(), **on("due_on", NOW.date() + timedelta(days=2))}
    for _ in range(2):
        assert browser.post(f"{here}/action", typed).status_code == 302, "sent twice, done once"
    assert browser.get(f"{here}/action").status_code == 404, "closed"
    with context.as_engine():
        action = Action.objects.get(person=kai)
        promise.refresh_from_db()
    assert (action.what, action.owner_id, promise.closed_as) == ("Send the report", ben.pk, "not_needed")
