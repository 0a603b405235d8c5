"""Whatever is done to a team in whatever order, nobody loses their keyworker and nothing is left without an owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action
from alongside.features.keyworking.caseloads import caseload_rules_of, list_team
from alongside.features.keyworking.choosing import choose_keyworker, find_member
from alongside.features.keyworking.handing_over.effect import take_effect_of_all
from alongside.features.keyworking.handing_over.leaving import close_account
from alongside.features.keyworking.handing_over.operations import (
    agree_hand_over,
    begin_hand_over,
    call_off,
    choose_taker,
    end_without_taker,
    give_rest,
)
from alongside.features.keyworking.handing_over.proposing import propose_takers
from alongside.features.keyworking.handing_over.telling import tell_family
from alongside.features.keyworking.handing_over.tests.conftest import DAY, TODAY, walked_with
from alongside.features.keyworking.handing_over.work import list_open_work
from alongside.features.keyworking.models import Allocation, HandOver, HandOverLine
from alongside.features.keyworking.tests.conftest import hire
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.recording import NothingNoted, recording
from alongside.foundation.topics import Topic
from tests.cast import Area, acting_as

KINDS = (
    *("begin", "away", "choose", "end", "tell", "rest", "propose"),
    *("agree", "night", "off", "close", "name", "write", "promise"),
)
DEEDS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.integers(0, 3)), max_size=25)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is not done afterwards."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def do(area: Area, team: list[Actor], people: list[Any], deed: tuple[str, int, int], days: int) -> None:
    """One deed of the manager; what is refused is refused."""
    what, first, second = deed
    worker, other, person = team[first % len(team)], team[second % len(team)], people[second % len(people)]
    at = clock.now() + timedelta(days=days)
    today = TODAY + days * DAY
    if what == "night":
        take_effect_of_all(at)
        return
    with context.as_engine():
        hand_over = HandOver.objects.filter(worker=worker, closed_at=None).first()
        lines = list(HandOverLine.objects.filter(hand_over=hand_over).order_by("pk")) if hand_over else []
    line = lines[second % len(lines)] if lines else None
    try:
        with acting_as(area.actors["manager"], at) as me, recording(by=me, at=at) as note:
            if what == "begin":
                begin_hand_over(note, icb=area.icb, worker=worker, reason="leaving", from_date=today + second * DAY)
            elif what == "away":
                begin_hand_over(
                    note, icb=area.icb, worker=worker, reason="leave", from_date=today, to_date=today + second * DAY
                )
            elif what == "choose" and line:
                choose_taker(note, by=me, line=line, taker_id=other.pk)
            elif what == "end" and line:
                end_without_taker(note, line=line, because="Not needed")
            elif what == "tell":
                for each in lines:
                    tell_family(note, line=each, how="spoken", words="Told today")
            elif what == "rest" and hand_over:
                give_rest(note, hand_over=hand_over, to=other)
            elif what == "propose" and hand_over:
                propose_takers(note, by=me, hand_over=hand_over)
            elif what == "agree" and hand_over:
                agree_hand_over(note, by=me, hand_over=hand_over)
            elif what == "off" and hand_over:
                call_off(note, hand_over=hand_over, because="No")
            elif what == "close":
                close_account(note, by=me, icb=area.icb, worker=worker)
            elif what == "write":
                queue_message(
                    note, icb_id=area.icb.pk, kind="asked", subject="A word", body="Yes?", to_actor_id=worker.pk
                )
            elif what == "promise":
                agree_action(
                    note, by=me, person=person, topic=Topic.KEYWORKING, what="Ask the school",
                    owner=NewOwner(organisation=area.icb, actor=worker), due_on=today + 7 * DAY,
                    origin=Action.Origin.PLAN,
                )  # fmt: skip
            elif what == "name":
                rules = caseload_rules_of(area.icb)
                choose_keyworker(
                    note, by=me, person=person, member=find_member(list_team(area.icb, today, rules), worker.pk),
                    colour="amber", rules=rules, part="designated", from_date=today,
                )  # fmt: skip
    except (NotNow, Refused, NothingNoted):
        pass


def check(area: Area, team: list[Actor], people: list[Any], today: Any) -> None:
    """Everybody has exactly one named keyworker on every day, who works here; nothing belongs to whoever left."""
    with context.as_engine():
        gone = set(
            Actor.objects.filter(pk__in=[one.pk for one in team], left_on__lte=today).values_list("pk", flat=True)
        )
        for person in people:
            for day in (today, today + 2 * DAY, today + 9 * DAY):
                there = [
                    row.worker_id
                    for row in Allocation.objects.filter(person=person, part="designated", from_date__lte=day)
                    if row.to_date is None or row.to_date > day
                ]
                assert len(there) == 1 and there[0] not in gone
        held = Allocation.objects.filter(worker__in=gone)
        assert not [row for row in held if row.to_date is None or row.to_date > today]
        for worker_id in gone:
            assert list_open_work(worker_id, area.icb.pk) == []


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(DEEDS)
def test_any_history_of_a_team(northmoor: Area, deeds: list[tuple[str, int, int]]) -> None:
    with undone():
        team = [northmoor.actors["keyworker"], hire(northmoor, "Ben Okafor"), hire(northmoor, "Zoe Hart")]
        people = [walked_with(northmoor, name, "amber", team[place]) for place, name in enumerate(("Kai", "Ann", "Bo"))]
        walked_with(northmoor, "Cy", "red", team[0], part="co_worker")
        for number, deed in enumerate(deeds):
            do(northmoor, team, people, deed, days=number // 5)
            check(northmoor, team, people, TODAY + (number // 5) * DAY)


def test_hand_over_moves_everything(northmoor: Area) -> None:
    """A whole hand-over, step by step: afterwards nothing is theirs, in any kind of work."""
    with undone():
        team = [northmoor.actors["keyworker"], hire(northmoor, "Ben Okafor"), hire(northmoor, "Zoe Hart")]
        people = [walked_with(northmoor, name, "amber", team[0]) for name in ("Kai", "Ann", "Bo")]
        steps = [
            ("write", 0, 0),
            ("promise", 0, 0),
            ("promise", 0, 1),
            ("begin", 0, 1),
            ("propose", 0, 0),
            ("tell", 0, 0),
            ("rest", 0, 1),
            ("agree", 0, 0),
        ]
        for deed in steps:
            do(northmoor, team, people, deed, days=0)
        for deed in (("night", 0, 0), ("close", 0, 0)):
            do(northmoor, team, people, deed, days=1)
            check(northmoor, team, people, TODAY + DAY)
        with context.as_engine():
            assert Actor.objects.get(pk=team[0].pk).left_on == TODAY + DAY
            assert list_open_work(team[0].pk, northmoor.icb.pk) == []
            assert Action.objects.filter(superseded_by=None, owner__in=team[1:]).count() == 2
