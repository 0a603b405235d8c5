"""By straight statements, too, a plan is decided on by the area, and shared word by word as it was approved."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection

from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.tests.conftest import hire
from alongside.features.people.models import Person
from alongside.features.plans.models import TOPIC_OF, PlanPart, PlanProposal, PlanVersion
from alongside.features.plans.tests.conftest import CRISIS, send, share, write
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as
from tests.second_wall.asking import by_hand, fact_by, insert, run

DECIDE = "update plans_planproposal set state = %s, decided_by_id = %s, decided_at = now(), decided_because = 'x'"
AS_SENT: dict[str, Any] = {"kind": "crisis", "words": CRISIS, "plain": "Dark.", "easy": '[["plans/quiet", "Quiet."]]'}


@pytest.fixture
def sent(northmoor: Area, kai: Person) -> PlanProposal:
    """A crisis part in three faces, sent by the keyworker."""
    write(northmoor, kai, "crisis", CRISIS, plain="Dark.", easy=[["plans/quiet", "Quiet."]])
    send(northmoor, kai)
    with context.as_engine():
        return PlanProposal.objects.get(person=kai)


@pytest.fixture
def second(northmoor: Area, kai: Person) -> Actor:
    """Another keyworker, who works with Kai as well."""
    worker = hire(northmoor, "Zoe Hart")
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=kai, worker=worker, part="co_worker", from_date=NOW.date())
    return worker


def share_by_hand(me: Me, sent: PlanProposal, **other: Any) -> int:
    """The proposal is approved and its version written. Returns the version's id."""
    run(DECIDE, "shared", me.id)
    version = {"number": 1, "proposal_id": sent.pk, "writer_id": sent.recorded_by_id, "review_on": sent.review_on}
    known = {"topic": Topic.KEYWORKING.value, "changed": "[]", "changed_words": ""} | version | other
    insert("plans_planversion", **fact_by(me, sent.person, **known))
    return PlanVersion.objects.get().pk


def add_part(me: Me, sent: PlanProposal, version: int, **other: Any) -> int:
    part = {"topic": Topic.HEALTH.value, "version_id": version} | AS_SENT | other
    return insert("plans_planpart", **fact_by(me, sent.person, **part))


def add_empty_ones(me: Me, sent: PlanProposal, version: int) -> None:
    for kind in set(TOPIC_OF) - {"crisis"}:
        add_part(me, sent, version, kind=kind, topic=TOPIC_OF[kind], words="", plain="", easy="[]")


@pytest.mark.parametrize("state", ["shared", "returned"])
def test_a_second_keyworker_decides_on_no_plan(sent: PlanProposal, second: Actor, state: str) -> None:
    with by_hand(second) as me, pytest.raises(DatabaseError, match="decided on by those who supervise"):
        run(DECIDE, state, me.id)


@pytest.mark.parametrize("role", ["manager", "coordinator"])
@pytest.mark.parametrize("state", ["shared", "returned"])
def test_those_who_supervise_in_the_area_decide(northmoor: Area, sent: PlanProposal, role: str, state: str) -> None:
    with by_hand(northmoor.actors[role]) as me:
        assert run(DECIDE, state, me.id) == 1


def test_a_second_keyworker_shares_nothing_that_a_supervisor_approved(
    northmoor: Area, sent: PlanProposal, second: Actor
) -> None:
    with by_hand(northmoor.actors["manager"]) as me:
        run(DECIDE, "shared", me.id)
    with by_hand(second) as me, pytest.raises(DatabaseError, match="A plan is shared"):
        known = {"topic": 15, "number": 1, "proposal_id": sent.pk, "writer_id": sent.recorded_by_id}
        more = {"review_on": sent.review_on, "changed": "[]", "changed_words": ""}
        insert("plans_planversion", **fact_by(me, sent.person, **known, **more))


def test_a_part_is_shared_as_it_was_approved(northmoor: Area, sent: PlanProposal) -> None:
    with by_hand(northmoor.actors["manager"]) as me:
        version = share_by_hand(me, sent)
        assert add_part(me, sent, version) == 1
        add_empty_ones(me, sent, version)
        assert PlanPart.objects.count() == len(TOPIC_OF)


@pytest.mark.parametrize(
    "other",
    [
        {"words": "Hold them down."},
        {"plain": "Hold them down."},
        {"easy": json.dumps([["plans/stop", "Hold them down."]])},
        {"kind": "helps", "topic": Topic.COMMUNICATION.value},
        {"topic": Topic.COMMUNICATION.value},
    ],
)
def test_a_part_with_other_words_or_on_another_topic_is_refused(
    northmoor: Area, sent: PlanProposal, other: dict[str, Any]
) -> None:
    with by_hand(northmoor.actors["manager"]) as me:
        version = share_by_hand(me, sent)
        with pytest.raises(DatabaseError, match="part of a plan is shared as it was approved"):
            add_part(me, sent, version, **other)
        add_part(me, sent, version)
        add_empty_ones(me, sent, version)


def test_a_later_look_again_than_was_approved_is_refused(northmoor: Area, sent: PlanProposal) -> None:
    with by_hand(northmoor.actors["manager"]) as me:
        with pytest.raises(DatabaseError, match="shared as it was approved"):
            share_by_hand(me, sent, review_on=date(2036, 1, 1))


def test_a_part_that_was_approved_is_not_left_out(northmoor: Area, sent: PlanProposal) -> None:
    with by_hand(northmoor.actors["manager"]) as me:
        version = share_by_hand(me, sent)
        add_empty_ones(me, sent, version)
        with pytest.raises(DatabaseError, match="every part that was approved"):
            run("set constraints all immediate")
        add_part(me, sent, version)
        run("set constraints all immediate")
        run("set constraints all deferred")


def test_the_database_knows_each_part_and_what_it_is_about(northmoor: Area, kai: Person, sent: PlanProposal) -> None:
    version = share(northmoor, kai)
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
    with context.as_engine():
        assert dict(PlanPart.objects.filter(version=version).values_list("kind", "topic")) == TOPIC_OF
