"""A review of Kai that is being organised, through operations."""

from datetime import date, datetime, timedelta

import pytest

from alongside.features.people.agreement.answers import Decided
from alongside.features.people.models import Person
from alongside.features.reviews.models import Expert, PlannedReview
from alongside.features.reviews.organising import agreeing, operations, pool, seats
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as, add_registered

#: Two and a half weeks ahead, at ten.
DAY = (NOW + timedelta(days=18)).replace(hour=10, minute=0)


class Organising:
    """The area's coordinator, and what they do with a review."""

    def __init__(self, area: Area, person: Person) -> None:
        self.area, self.person = area, person

    def acting(self, role: str = "coordinator", at: datetime = NOW):
        return acting_as(self.area.actors[role], at)

    def asked(self, kind: str = "community", role: str = "coordinator", **more: object) -> PlannedReview:
        said = {"why": "Two nights in A&E", "asked_by": "family", "asked_name": "Dawn", "asked_on": NOW.date()} | more
        with self.acting(role) as me, recording(by=me, at=NOW) as note:
            return operations.ask_for_review(note, person=self.person, kind=kind, **said)

    def dated(self, on: datetime = DAY, kind: str = "community", **more: object) -> PlannedReview:
        planned = self.asked(kind=kind, **more)
        with self.acting() as me, recording(by=me, at=NOW) as note:
            return operations.set_day(note, planned=planned, starts_at=on, minutes=360, place="Room 2, Town Hall")

    def does(self, operation, at: datetime = NOW, role: str = "coordinator", **more: object):
        with self.acting(role, at) as me, recording(by=me, at=at) as note:
            return operation(note, **more)

    def says(self, planned: PlannedReview, agrees: bool, *, at: datetime = NOW, family: bool | None = None) -> None:
        with self.acting(at=at) as me, recording(by=me, at=at) as note:
            way = agreeing.ways_to_decide(self.person, at.date())[0]
            decided = Decided(way.basis, "Dawn Moss", at.date(), "Page 2 of the planner")
            agreeing.record_agreement(note, planned=planned, agrees=agrees, decided=decided, family=family)

    def seats(self, planned: PlannedReview, part: str, name: str, *, confirmed: bool = False, **more: object):
        more.setdefault("independent", part != "chair")
        member = self.does(seats.seat_member, planned=planned, part=part, name=name, **more)
        if confirmed:
            self.does(seats.vouch, member=member, name="Jo Hart, lead for panels", on=NOW.date())
        return member

    def full_panel(self, planned: PlannedReview) -> None:
        self.seats(planned, "chair", "Ruth Lee")
        self.seats(planned, "clinical", "Dr Ade Bello", reach="ade@example.org", confirmed=True)
        self.seats(planned, "experience", "Sam Cole", reach="sam@example.org", confirmed=True)

    def expert(self, **values: object) -> Expert:
        known: dict[str, object] = {
            "name": "Dr Ade Bello", "part": "clinical", "started_on": date(2026, 1, 5),
            "trained_on": date(2026, 1, 5), "checked_until": date(2028, 1, 5), "registration": "HCPC PYL1",
        }  # fmt: skip
        with self.acting() as me, recording(by=me, at=NOW) as note:
            return pool.add_expert(note, icb_id=self.area.icb.pk, by=me, **(known | values))


@pytest.fixture
def organising(northmoor: Area) -> Organising:
    person, _ = add_registered(northmoor)
    return Organising(northmoor, person)
