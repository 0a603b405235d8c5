"""What is agreed, promised, planned or sent and not over keeps a record, also on one merged into it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.keyworking.contacts.operations import call_off, note_promise, plan_appointment, step_promise
from alongside.features.people.models import Person
from alongside.features.people.operations import merge_people, record_fact
from alongside.features.plans.models import PlanProposal
from alongside.features.plans.operations import take_back
from alongside.foundation.access.me import Me
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import Topic
from alongside.overview.retention.queries import list_records
from alongside.overview.retention.tests.test_disposal import LEFT, left, northmoor
from tests.cast import Area, acting_as

__all__ = ["northmoor"]

Closing = Callable[[Notes, Me], Any]
DAY = date(2009, 4, 1)


def does(area: Area, deed: Callable[[Notes, Me], Any]) -> Any:
    with acting_as(area.actors["manager"], LEFT) as me, recording(by=me, at=LEFT) as note:
        return deed(note, me)


def an_action(area: Area, person: Person) -> Closing:
    def deed(note: Notes, me: Me) -> Any:
        own = NewOwner(organisation=area.icb, actor=area.actors["manager"])
        return agree_action(
            note, by=me, person=person, topic=Topic.HEALTH, what="x", owner=own, due_on=DAY, origin="contact"
        )

    row = does(area, deed)
    return lambda note, me: take_step(note, action=row, kind="given_up", by=me, because="No need")


def a_promise(area: Area, person: Person) -> Closing:
    row = does(area, lambda note, me: note_promise(note, person=person, who="A", what="x", by_date=DAY))
    return lambda note, me: step_promise(note, promise=row, kind="not_needed")


def an_appointment(area: Area, person: Person) -> Closing:
    at = LEFT.replace(month=4)
    row = does(
        area,
        lambda note, me: plan_appointment(note, person=person, worker_id=me.id, way="visit", starts_at=at),
    )
    return lambda note, me: call_off(note, appointment=row, because="No need")


def a_plan(area: Area, person: Person) -> Closing:
    row = does(
        area,
        lambda note, me: record_fact(
            note, PlanProposal, person=person, topic=Topic.KEYWORKING, words="Sent.", parts={}, review_on=DAY
        ),
    )
    return lambda note, me: take_back(note, proposal=row)


@pytest.mark.parametrize(
    ("opens", "because"),
    [
        (an_action, "something that was agreed is not over"),
        (a_promise, "something that was promised or planned is not over"),
        (an_appointment, "something that was promised or planned is not over"),
        (a_plan, "a plan waits for approval"),
    ],
)
@pytest.mark.parametrize("merged", [False, True])
def test_it_keeps_the_record_until_it_is_over(
    northmoor: Area, opens: Callable[[Area, Person], Closing], because: str, merged: bool
) -> None:
    kept, other = left(northmoor, "Oldfield"), left(northmoor, "Oldfeld")
    closes = opens(northmoor, other if merged else kept)
    does(northmoor, lambda note, me: merge_people(note, survivor=kept, merged=other, because="One", by=me))

    def found() -> Any:
        (record,) = list_records(northmoor.icb.pk, northmoor.icb.code, only=[kept.pk])
        return record

    assert found().kept.value is None and because in found().kept.because
    does(northmoor, closes)
    assert found().kept.value is not None
