"""Register meetings stand in the calendar of whoever chairs them or was sent the agenda: by time, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.features.keyworking.contacts.tests.conftest import signed_in
from alongside.features.people.models import Person
from alongside.features.register.meetings import operations as does
from alongside.features.register.models import Meeting
from alongside.foundation.accounts.models import Actor
from alongside.overview.calendar.tests.test_calendar import address
from alongside.overview.meeting.tests.conftest import planned, runs, sent
from tests.cast import NOW, Area

AT = NOW + timedelta(days=3)


def asked(area: Area, ben: Actor, *, agenda: bool = True) -> Meeting:
    """A meeting to which Ben is asked."""
    meeting = planned(area, starts_at=AT, asked=False)
    given = {"meeting": meeting, "actor": ben, "organisation": area.icb, "side": "other"}
    runs(area, lambda note, me: does.ask_to_meeting(note, by=me, **given))
    if agenda:
        sent(area, meeting)
    return meeting


def test_whoever_was_sent_the_agenda_has_it_by_its_time_alone(northmoor: Area, kai: Person, ben: Actor) -> None:
    number = asked(northmoor, ben).pk
    text = Client().get(address(ben)).content.decode()
    assert f"UID:meeting-{number}@" in text and "SUMMARY:Meeting\r\n" in text
    assert "DTSTART:20261123T090000Z\r\nDTEND:20261123T103000Z" in text
    for word in ("Room 2", "egister", "Kai", "Moss"):
        assert word not in text.replace("BEGIN:VEVENT", ""), word
    page = signed_in(ben).get("/calendar").content.decode()
    assert f'href="/meetings/{number}"' in page and "Room 2" in page


def test_whoever_chairs_it_has_it_before_the_agenda_is_sent(northmoor: Area, kai: Person) -> None:
    number = planned(northmoor, starts_at=AT).pk
    assert f"UID:meeting-{number}@" in Client().get(address(northmoor.actors["manager"])).content.decode()


@pytest.mark.parametrize("off", ["not sent", "called off", "another area"])
def test_nobody_else_has_it_nor_one_that_is_called_off(
    northmoor: Area, saltby: Area, kai: Person, ben: Actor, off: str
) -> None:
    meeting = asked(northmoor, ben, agenda=off != "not sent")
    who = saltby.actors["manager"] if off == "another area" else ben
    if off == "called off":
        runs(northmoor, lambda note, me: does.call_off(note, meeting=meeting, because="Snow", by=me))
    assert "UID:meeting-" not in Client().get(address(who)).content.decode()
    assert f"/meetings/{meeting.pk}" not in signed_in(who).get("/calendar").content.decode()
