"""Whom a contact is with: a few likely names, and one field for everybody else. What is due comes first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from alongside.features.keyworking.contacts.finding import LIKELY, likely_people, named
from alongside.features.keyworking.contacts.operations import plan_appointment
from alongside.features.keyworking.contacts.queries import MyPerson
from alongside.features.keyworking.contacts.tests.conftest import on, signed_in, walked_with
from alongside.features.keyworking.models import Appointment
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as

PEOPLE = [
    MyPerson(1, "A", "Zoë", "Ó Baoill", None),
    MyPerson(2, "B", "Ann-Marie", "Hill", None),
    MyPerson(3, "C", "Bo", "Hale", None),
]


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("zoe", [1]), ("HILL ann", [2]), ("h", [2, 3]), ("marie", [2]), ("o b", [1]), ("ill", []), ("", [1, 2, 3])],
)
def test_names_are_found_by_the_beginnings_of_their_words(typed: str, fits: list[int]) -> None:
    assert [one.person_id for one in named(PEOPLE, typed)] == fits


@pytest.mark.parametrize(("hours", "first", "to_write_up"), [(-1, 3, True), (1, 3, False), (24, 1, False)])
def test_whoever_has_an_appointment_today_comes_first(hours: int, first: int, to_write_up: bool) -> None:
    planned = Appointment(person_id=3, starts_at=NOW + timedelta(hours=hours))
    (one, written), *_ = likely_people(PEOPLE, [planned], NOW)
    assert (one.person_id, written is not None) == (first, to_write_up)


@pytest.mark.parametrize(("more", "has_field"), [(LIKELY - 1, False), (LIKELY, True)])
def test_my_day_shows_what_is_due_then_a_few_names_and_a_field(
    northmoor: Area, kai: Person, ben: Actor, more: int, has_field: bool
) -> None:
    for number in range(more):
        walked_with(northmoor, ben, f"Ann {number}")
    page = signed_in(ben).get("/").content.decode()
    box = page[page.index("Log a contact with") :].split("</section>")[0]
    assert box.count("/contact?") == LIKELY and ("Somebody else" in box) is has_field
    assert page.index("On this page") < page.index("Log a contact with") < page.index('id="late-heading"')


def test_the_field_leads_to_the_one_who_fits_and_else_offers_all(northmoor: Area, kai: Person, ben: Actor) -> None:
    walked_with(northmoor, ben, "Ann")
    browser = signed_in(ben)
    found = browser.post("/contact", {"q": "kai"})
    assert found.status_code == 302 and found["Location"] == f"/people/{kai.reference}/contact?next=/"
    several = browser.post("/contact", {"q": "Moss"}).content.decode()
    assert "Kai Moss" in several and "Ann Moss" in several
    nobody = browser.post("/contact", {"q": "Xenia"}).content.decode()
    assert "Nobody of your people has this name" in nobody and "Ann Moss" in nobody
    meeting = browser.post("/appointments/add", {"q": "kai"})
    assert meeting["Location"] == f"/people/{kai.reference}/appointments/add?next=/calendar"


def test_a_meeting_with_several_people_is_put_in_and_stands_in_the_calendar(
    kai: Person, ben: Actor, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    browser, here = signed_in(ben), f"/people/{kai.reference}/appointments/add"
    typed = {"way": "meeting", "at": "10:30", "minutes": 60, "with_whom": "Mrs Reed, SENCO\r\nDr Ode\r\nDawn"}
    typed |= {"told": "on", "where": "School", "submission": new_token(), **on("on", NOW.date() + timedelta(days=3))}
    assert browser.post(here, typed).status_code == 302
    with context.as_engine():
        made = Appointment.objects.get()
    assert made.told and made.others == "Mrs Reed, SENCO; Dr Ode; Dawn"
    with django_assert_max_num_queries(12):
        page = browser.get("/calendar").content.decode()
    assert "Mrs Reed, SENCO; Dr Ode; Dawn" in page and "The family sees it" in page
    change = f"/people/{kai.reference}/appointments/{made.pk}"
    assert 'name="told"' in browser.get(change).content.decode()
    assert "The family reads this" in browser.get(f"{change}/call-off").content.decode()
    moved = {"at": "11", "submission": new_token(), **on("on", NOW.date() + timedelta(days=4))}
    assert browser.post(change, moved).status_code == 302
    with context.as_engine():
        made.refresh_from_db()
    assert not made.told, "the tick was taken out"


def test_what_was_planned_without_the_tick_is_the_teams_own(kai: Person, ben: Actor) -> None:
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        made = plan_appointment(note, person=kai, worker_id=ben.pk, way="visit", starts_at=NOW + timedelta(days=1))
    assert made.told is False
