"""Reviews that are being organised in the demonstration: Leo's with a full panel, Mimi's, and Iona's, which is late.

Nobody asked Iona, so that no paper could go out, and nobody wrote down whether it was held on its day.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alongside.features.hospital.models import Stay
from alongside.features.people.agreement.answers import Decided
from alongside.features.people.models import Person
from alongside.features.reviews.models import Expert, PanelMember, PlannedReview
from alongside.features.reviews.organising import agreeing, operations, pool, seats
from alongside.foundation.recording.recording import recording
from simulator.replay import acting_as
from simulator.stories.telling import Teller

ASKED, AHEAD = 6, 18
PLANNED, WENT_BY = 16, 4
POOL = (
    ("Dr Ade Bello", Expert.Part.CLINICAL, "Speech and language therapist", "HCPC SL40000"),
    ("Sam Cole", Expert.Part.EXPERIENCE, "", ""),
    ("Lena Frost", Expert.Part.EXPERIENCE, "", ""),
)


def plan_reviews(t: Teller, person_id: int) -> None:
    with acting_as(t.members["priya"].id, t.at(ASKED)):
        person = Person.objects.get(pk=person_id)
    for name, part, profession, registration in POOL:
        # Lena Frost is new: she can't be seated before her training.
        known: dict[str, Any] = {"trained_on": t.day(300), "checked_until": t.day(-500)}
        if name == "Lena Frost":
            known = {}
        _did(
            t, pool.add_expert, icb_id=person.icb_id, name=name, part=part, profession=profession,
            registration=registration, started_on=t.day(ASKED), by_whom=True, **known,
        )  # fmt: skip
    planned: PlannedReview = _did(
        t, operations.ask_for_review, person=person, kind="community", asked_by="family", asked_name="Leo’s father",
        asked_on=t.day(ASKED), why="He has been to A&E twice, and school can’t keep him safe.", to_be_held=True,
    )  # fmt: skip
    planned = _did(
        t, operations.set_day, planned=planned, starts_at=t.working_at(-AHEAD), minutes=360, place="Room 2, Town Hall"
    )
    _did(t, seats.seat_member, planned=planned, part=PanelMember.Part.CHAIR, name="Carol Webb", post="Commissioner")
    for name in ("Dr Ade Bello", "Sam Cole"):
        with acting_as(t.members["priya"].id, t.at(ASKED)):
            expert = Expert.objects.get(name=name)
        _did(t, seats.seat_member, planned=planned, part=expert.part, name=name, expert=expert, independent=True)
    with acting_as(t.members["priya"].id, t.at(ASKED)):
        way = agreeing.ways_to_decide(person, t.day(ASKED))[0]
    decided = Decided(way.basis, person.shown_name, t.day(ASKED), "Said at the visit, with pictures")
    _did(t, agreeing.record_agreement, planned=planned, agrees=True, decided=decided)
    _did(t, agreeing.tick, planned=planned, line="adjustments", done=True, said="A quiet room, and breaks")


def miss_review(t: Teller, person_id: int) -> None:
    with acting_as(t.members["priya"].id, t.at(PLANNED)):
        stay = Stay.objects.select_related("person").get(person=person_id)
    planned: PlannedReview = _did(
        t, operations.ask_for_review, days=PLANNED, person=stay.person, kind="post_admission", asked_by="policy",
        asked_on=t.day(PLANNED), why="Due within two weeks of the admission.", stay=stay, to_be_held=True,
    )  # fmt: skip
    planned = _did(
        t, operations.set_day, days=PLANNED, planned=planned, starts_at=t.working_at(WENT_BY, 13), minutes=240,
        place="Alder Ward",
    )  # fmt: skip
    _did(
        t, seats.seat_member, days=PLANNED, planned=planned, part=PanelMember.Part.CHAIR, name="Carol Webb",
        post="Commissioner",
    )  # fmt: skip


def plan_with_her(t: Teller, person_id: int) -> None:
    """Mimi is 16: she asked for it herself, agreed, and wants her mother there. Both can get ready."""
    with acting_as(t.members["priya"].id, t.at(ASKED)):
        stay = Stay.objects.select_related("person").get(person=person_id)
    planned: PlannedReview = _did(
        t, operations.ask_for_review, person=stay.person, kind="inpatient", asked_by="young_person", asked_name="Mimi",
        asked_on=t.day(ASKED), why="I want to know why I am still here.", stay=stay, to_be_held=True,
    )  # fmt: skip
    planned = _did(
        t,
        operations.set_day,
        planned=planned,
        starts_at=t.working_at(-20, 11),
        minutes=240,
        place="Larch House, garden room",
    )
    _did(t, seats.seat_member, planned=planned, part=PanelMember.Part.CHAIR, name="Carol Webb", post="Commissioner")
    with acting_as(t.members["priya"].id, t.at(ASKED)):
        way = agreeing.ways_to_decide(stay.person, t.day(ASKED))[0]
    decided = Decided(way.basis, stay.person.shown_name, t.day(ASKED), "Written by her")
    _did(t, agreeing.record_agreement, planned=planned, agrees=True, decided=decided, family=True)


def _did(t: Teller, operation: Callable[..., Any], *, by_whom: bool = False, days: int = ASKED, **given: Any) -> Any:
    at = t.at(days, 11) + timedelta(minutes=5)
    with acting_as(t.members["priya"].id, at) as me, recording(by=me, at=at) as note:
        return operation(note, **({"by": me} if by_whom else {}), **given)
