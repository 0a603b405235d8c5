"""A look is recorded in one's own name, when it happens; who is out of reach is named as such."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.models import Look
from tests.cast import NOW, Area, add_registered
from tests.second_wall.asking import by_hand, insert, refused, run

LOOK = "select audit.look(%s, 'person', %s, %s, '')"


def looks(me: Me, *ids: int) -> str:
    record_look(me, "person", list(ids), at=NOW)
    with context.as_engine():
        return Look.objects.latest("id").why


@pytest.mark.parametrize("role", ["coordinator", "family", "governance"])
def test_nobody_writes_a_look_by_hand_nor_in_another_name(northmoor: Area, role: str) -> None:
    person, _ = add_registered(northmoor)
    with by_hand(northmoor.actors[role]) as me:
        with refused("permission denied"):
            insert("recording_look", at=NOW, actor_id=me.id, page="person", person_ids=[person.pk], why="")
        with refused("another's name"):
            run(LOOK, northmoor.actors["manager"].pk, [person.pk], NOW)
    with refused("another's name"):
        run(LOOK, northmoor.actors["manager"].pk, [person.pk], NOW)


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        (NOW, True),
        (NOW - timedelta(minutes=59), True),
        (NOW - timedelta(minutes=61), False),
        (NOW + timedelta(hours=23, minutes=59), True),
        (NOW + timedelta(hours=24, minutes=1), False),
        (NOW - timedelta(days=400), False),
        (NOW + timedelta(days=4000), False),
    ],
)
def test_a_look_lies_in_the_sitting_of_whoever_looks(northmoor: Area, at: Any, taken: bool) -> None:
    person, _ = add_registered(northmoor)
    with by_hand(northmoor.actors["coordinator"]) as me:
        record_look(me, "person", [person.pk], at=clock.now())
        if taken:
            record_look(me, "person", [person.pk], at=at)
        else:
            with refused("when it happens"):
                run(LOOK, me.id, [person.pk], at)


def test_a_look_at_somebody_out_of_reach_is_kept_as_it_was_asked_for(northmoor: Area, saltby: Area) -> None:
    ours, closed, theirs = (
        add_registered(northmoor)[0].pk,
        add_registered(northmoor, agreed=False)[0].pk,
        add_registered(saltby)[0].pk,
    )
    for role, within in (
        ("manager", [ours]),
        ("coordinator", [ours, closed]),
        ("governance", [ours, closed]),
        ("keyworker", []),
        ("family", []),
    ):
        with by_hand(northmoor.actors[role]) as me:
            for one in (ours, closed, theirs):
                assert (looks(me, one) == "") == (one in within), (role, one)
            assert looks(me, *within) == "" and looks(me, *within, theirs) == "Not all within reach."
