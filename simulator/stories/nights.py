"""A night of crisis in the demonstration: Theo's emergency meeting, what was agreed for the morning, and the log."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alongside.features.actions.operations import NewOwner
from alongside.features.emergency.composing import Composed, Job
from alongside.features.emergency.crisis_logs import open_log
from alongside.features.emergency.lines import add_line
from alongside.features.emergency.models import EmergencyDraft
from alongside.features.emergency.operations import begin_meeting, finish_meeting
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach, reach_person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from simulator.replay import acting_as
from simulator.stories.telling import Teller

NUMBERS = (
    ("Crisis line of the area", "01632 960 199", "All day and night, for young people and for families"),
    ("Emergency duty team of the council", "01632 960 188", "After 5pm and at weekends"),
)


def tell_nights(t: Teller, person_id: int) -> None:
    for who, phone, about in NUMBERS:
        at = t.at(90)
        with acting_as(t.members["priya"].id, at) as me, recording(by=me, at=at) as note:
            add_line(note, icb_id=t.icbs["DEMO"][0], who=who, phone=phone, about=about)
    _did(t, person_id, 21, begin_meeting)
    _did(t, person_id, 22, _finish)
    watch = {"next_writer": t.members["asha"].id, "next_at": t.at(0, 20), "can_look": {t.members["asha"].id}}
    because = "He came home in the night. Nobody has slept, and his mother is alone with him."
    _did(t, person_id, 23, open_log, because=because, **watch)


def _finish(note: Any, *, reach: Reach, by: Any, t: Teller) -> None:
    with context.as_engine():
        asha = Actor.objects.select_related("organisation").get(pk=by.id)
        draft = EmergencyDraft.objects.get(person=reach.person)
    finish_meeting(note, draft=draft, composed=_said(t, asha), reach=reach, by=by)


def _said(t: Teller, asha: Actor) -> Composed:
    held = t.at(1, 21)
    assert asha.organisation is not None
    owner = NewOwner(organisation=asha.organisation, actor=asha)
    return Composed(
        values={
            "how": "phone", "chair": "Dr Lund, on call", "instead": "hours", "instead_words": "",
            "young_person_there": False, "young_person_words": "Asleep at last; nobody wanted to wake him.",
            "family_there": True, "family_words": "His mother", "they_said": "He wants to be in his own bed.",
            "trigger": "The police brought Theo to A&E. He had run into the road after a row about moving school.",
            "tried": "A bed in the crisis house: full. Two people at home for two nights: possible.",
            "outcome": "admission_avoided",
            "decision": "He goes home. The home treatment team comes tonight and tomorrow.",
        },
        held_at=held,
        sides=[
            ("hospital", "Sister Okafor, nurse in charge", ""),
            ("social_care", "Jo Lee, emergency duty team", ""),
            ("education", "", "It is night"),
        ],
        dissents=[("Dr Ray", "She would have liked one night on the ward.")],
        safety="Two people stay awake. Keep the house quiet. Doors to the road are locked. No word of school today.",
        numbers=[("Home treatment team", "01632 960155")],
        jobs=[Job("Ring home, and ask how the night was", owner, t.at(0, 9))],
        watcher=asha.pk,
    )  # fmt: skip


def _did(t: Teller, person_id: int, hour: int, act: Callable[..., Any], **given: Any) -> None:
    """By Asha, last night."""
    at = t.at(1, hour) + timedelta(minutes=5)
    if act is _finish:
        given["t"] = t
    with acting_as(t.members["asha"].id, at) as me, recording(by=me, at=at) as note:
        reach = reach_person(me, Person.objects.get(pk=person_id).reference)
        assert reach is not None
        act(note, reach=reach, by=me, **given)
