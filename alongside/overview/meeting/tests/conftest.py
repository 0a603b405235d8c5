"""A register with a few people about whom something moved, a meeting about it, and the steps of one in short."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.features.keyworking.tests.conftest import rated
from alongside.features.people.models import Person
from alongside.features.register.meetings import operations as does
from alongside.features.register.models import AgendaItem, Meeting
from alongside.foundation.recording.recording import Notes, recording
from alongside.overview.meeting.moving import read_moved
from alongside.overview.meeting.sending import send_agenda
from alongside.overview.tests.conftest import signed_in, stands_still
from tests.cast import NOW, Area, acting_as

__all__ = ["signed_in", "stands_still"]

SIDES = {"partner_health": "health", "partner_education": "education", "partner_social_care": "care"}


def runs(area: Area, act: Callable[[Notes, Any], Any], *, role: str = "coordinator", at: datetime = NOW) -> Any:
    """One recorded act of somebody who runs the register."""
    with acting_as(area.actors[role], at) as me, recording(by=me, at=at) as note:
        return act(note, me)


def planned(area: Area, *, at: datetime = NOW, starts_at: datetime | None = None, asked: bool = True) -> Meeting:
    """A meeting to which the three partners and the commissioner are asked, unless nobody is."""
    chair = area.actors["manager"]

    def act(note: Notes, me: Any) -> Meeting:
        meeting = does.plan_meeting(
            note, icb_id=area.icb.pk, listing="child", starts_at=starts_at or NOW + timedelta(hours=1), minutes=90,
            place="Room 2", chair=chair, by=me,
        )  # fmt: skip
        for role, side in SIDES.items() if asked else ():
            actor = area.actors[role]
            if not meeting.attendances.filter(actor=actor).exists():
                does.ask_to_meeting(note, meeting=meeting, actor=actor, organisation=area.icb, side=side, by=me)
        return meeting

    return runs(area, act, at=at)


def moved(me: Any, meeting: Meeting, at: datetime = NOW) -> list[Any]:
    return read_moved(me, meeting, at)


def sent(area: Area, meeting: Meeting, at: datetime = NOW) -> Meeting:
    def act(note: Notes, me: Any) -> None:
        proposed = [one.as_proposed() for one in moved(me, meeting, at)]
        send_agenda(note, meeting=meeting, proposed=proposed, by=me)

    runs(area, act, at=at)
    return meeting


def opened(area: Area, meeting: Meeting, *, at: datetime = NOW, there: tuple[str, ...] = ()) -> Meeting:
    """Goes on, with these roles in the room."""

    def act(note: Notes, me: Any) -> None:
        proposed = [one.as_proposed() for one in moved(me, meeting, at)]
        does.open_meeting(note, meeting=meeting, proposed=proposed, by=me)
        here = [area.actors[role].pk for role in there]
        does.say_who_came(
            note, meeting=meeting, there=meeting.attendances.filter(actor__in=here).values_list("pk", flat=True), by=me
        )

    runs(area, act, at=at)
    return meeting


def item_of(area: Area, meeting: Meeting, person: Person, role: str = "coordinator") -> AgendaItem:
    with acting_as(area.actors[role]) as me:
        return AgendaItem.objects.visible_to(me).select_related("meeting").get(meeting=meeting, person=person)


@pytest.fixture
def three(northmoor: Area) -> list[Person]:
    """Red, amber and green; all came on the register after any meeting before."""
    return [
        rated(northmoor, name, colour, 5) for name, colour in (("Rhea", "red"), ("Amir", "amber"), ("Gwen", "green"))
    ]
