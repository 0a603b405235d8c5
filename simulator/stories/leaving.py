"""Hospital in the demonstration: Mimi on the ward, her plan with a date that moved, and Noah's first weeks at home."""

from collections.abc import Callable
from typing import Any

from alongside.features.actions.operations import NewOwner
from alongside.features.hospital.discharge.delays import begin_ready
from alongside.features.hospital.discharge.leaving import write_leaving
from alongside.features.hospital.discharge.operations import (
    agree_condition,
    mark_heading,
    record_meeting,
    say_date,
    write_plan,
)
from alongside.features.hospital.inpatient.living import begin_leave, record_incident
from alongside.features.hospital.inpatient.overseeing import know_admission, record_visit
from alongside.features.hospital.inpatient.wards import record_admission_details
from alongside.features.hospital.models import Stay
from alongside.foundation.recording.recording import recording
from simulator.replay import acting_as
from simulator.stories.telling import Teller

LEAD = {
    "lead_name": "Sister Bea Amadi",
    "lead_post": "Ward manager",
    "lead_organisation": "Larch House",
    "lead_reach": "01632 960177",
}
CONDITIONS = (
    ("home", "The front door is made safe, so that nobody worries at night", "Dev Rao", "Housing officer", 6),
    ("care", "Two people she knows come on three evenings a week", "Samira Yusuf", "Social worker", 4),
    ("education", "College has a quiet room and a timetable in writing", "Ed Holloway", "SENCO", 8),
)


def leave_hospital(teller: Teller, made: dict[str, int]) -> None:
    mimi = _stay_of(teller, made["maya"])
    _on_the_ward(teller, mimi)
    _mimi(teller, mimi)
    _noah(teller, _stay_of(teller, made["noah"]))


def _stay_of(teller: Teller, person: int) -> Stay:
    with acting_as(teller.members["priya"].id, teller.at(1)):
        return Stay.objects.select_related("person").get(person=person)


def _did(teller: Teller, who: str, days: int, operation: Callable[..., Any], **given: Any) -> Any:
    at = teller.at(days, 15)
    with acting_as(teller.members[who].id, at) as me, recording(by=me, at=at) as note:
        return operation(note, **({"by": me} if operation is agree_condition else {}), **given)


def _on_the_ward(t: Teller, stay: Stay) -> None:
    _did(t, "asha", 34, know_admission, stay=stay, keyworker_id=t.members["asha"].id)
    known = {"registered_before": "yes", "rating_before": "amber", "review_before": "none", "diagnosed": "before"}
    known |= {"admission_kind": "first", "ehc_plan": "yes", "council": "Fenbridge Council", "advocate": "children"}
    _did(t, "carol", 33, record_admission_details, stay=stay, reason="Could not be kept safe at home.", **known)
    what = "Held by two of the staff for four minutes after the fire alarm went off."
    told = {"told_by": "Sister Amadi", "family_told": "yes"}
    _did(t, "asha", 25, record_incident, stay=stay, kind="physical", at=t.at(26, 18), what=what, minutes=4, **told)
    found = {"they_said": "I sleep better now. The alarm is the worst.", "environment": "Her room is next to the bell."}
    _did(
        t, "carol", 14, record_visit, stay=stay, at=t.at(14, 11), by_whom="Carol Webb", face_to_face=True,
        seen_alone=True, spoke_with=["family", "staff"], action_at_once="She moves to a room at the end.", **found,
    )  # fmt: skip
    away = {"where": "Home", "with_whom": "Her mother, Ngozi", "back_by": t.at(-1, 17)}
    _did(t, "asha", 1, begin_leave, stay=stay, kind="s17", from_at=t.at(1, 14), **away)


def _mimi(t: Teller, stay: Stay) -> None:
    said = "I want my cat to be there when I come. And a plan with a date."
    _did(t, "asha", 33, write_plan, stay=stay, seen=0, where_to="Home to her mother", they_say=said, **LEAD)
    first = _did(t, "asha", 20, say_date, stay=stay, expected_on=t.day(4), because="", seen=0)
    agreed = "Home on the day that was said, if the front door is safe and the evenings are covered."
    came = {"who_came": "Sister Amadi, Mimi, her mother, Asha, Samira", "young_person_came": True, "family_came": True}
    _did(t, "asha", 20, record_meeting, stay=stay, held_on=t.day(20), agreed=agreed, **came)
    for heading, what, name, post, days in CONDITIONS:
        owner = NewOwner(organisation=None, name=name, post=post, place="Fenbridge Council")
        given = {"heading": heading, "what": what, "owner": owner, "due_on": t.day(-days)}
        _did(t, "asha", 20, agree_condition, stay=stay, **given)
    known = "Four weeks of medicines to take home; her GP prescribes then."
    _did(t, "asha", 12, mark_heading, stay=stay, heading="health", standing="in_place", known=known)
    because = "The new front door comes ten days later than we were told."
    _did(t, "asha", 6, say_date, stay=stay, expected_on=t.day(-8), because=because, seen=first.pk)
    delay = {"reason": "10", "body": "07", "detail": "The front door"}
    _did(t, "carol", 4, begin_ready, stay=stay, from_date=t.day(4), **delay)


def _noah(t: Teller, stay: Stay) -> None:
    _did(
        t,
        "asha",
        10,
        write_leaving,
        stay=stay,
        closure="family_home",
        where_to="Home to his parents",
        support_by="The home treatment team",
        support_until=t.day(-4),
        ring="Home treatment team",
        ring_phone="01632 960155",
        week_1="Somebody of the home treatment team comes each day.",
        week_2="They come every second day. Asha comes on Wednesday.",
    )
