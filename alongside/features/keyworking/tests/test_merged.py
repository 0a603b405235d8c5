"""Two records of one person that were merged: one person waits, is held, covered and handed over."""

from datetime import timedelta

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action
from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.covering import find_cover
from alongside.features.keyworking.handing_over.proposing import propose_takers
from alongside.features.keyworking.handing_over.queries import list_lines, taker_of
from alongside.features.keyworking.handing_over.tests.conftest import begun, does, lines_of
from alongside.features.keyworking.handing_over.work import list_open_work
from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.tests.conftest import TODAY, ben, rated
from alongside.features.keyworking.tests.test_waiting import listed
from alongside.features.keyworking.views import find_held
from alongside.features.people.models import Person
from alongside.features.people.operations import merge_people
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, add_registered

__all__ = ["ben"]


def two_records(area: Area) -> tuple[Person, Person]:
    """The record that is kept, without a rating; and the one merged into it, rated red three days ago."""
    kept, _ = add_registered(area, given_name="Kai", at=NOW - timedelta(days=2))
    return kept, rated(area, "Kay", "red", 3)


def merge(area: Area, kept: Person, other: Person) -> None:
    does(area, lambda note, me: merge_people(note, survivor=kept, merged=other, because="One child", by=me), at=NOW)
    with context.as_engine():
        other.refresh_from_db()


def names(area: Area, person: Person, worker: Actor, part: str = "designated") -> Allocation:
    return does(area, lambda note, me: allocate(note, person=person, worker=worker, part=part, from_date=TODAY), at=NOW)


def test_one_person_waits_by_the_greater_risk_until_a_keyworker_is_named_on_either_record(
    northmoor: Area, ben: Actor
) -> None:
    kept, other = two_records(northmoor)
    merge(northmoor, kept, other)
    (waits,) = listed(northmoor)
    assert (waits.person_id, waits.need.colour, waits.days) == (kept.pk, "red", 3)
    names(northmoor, other, ben)
    assert listed(northmoor) == []
    with acting_as(northmoor.actors["manager"]) as me:
        held = find_held(me, kept, TODAY)
        assert held and held.worker == ben


def test_another_keyworker_ends_the_time_of_the_one_on_the_other_record(northmoor: Area, ben: Actor) -> None:
    kept, other = two_records(northmoor)
    before = names(northmoor, other, ben)
    merge(northmoor, kept, other)
    names(northmoor, kept, northmoor.actors["keyworker"])
    with context.as_engine():
        before.refresh_from_db()
        assert before.to_date == TODAY
        assert Allocation.objects.get(to_date=None).worker == northmoor.actors["keyworker"]


def test_cover_on_one_record_is_cover_for_the_keyworker_on_the_other(northmoor: Area, ben: Actor) -> None:
    kept, other = two_records(northmoor)
    names(northmoor, other, northmoor.actors["keyworker"])
    names(northmoor, kept, ben, "cover")
    merge(northmoor, kept, other)
    with acting_as(ben) as me:
        cover = find_cover(me, TODAY)
        assert cover and (cover.owners, cover.people) == ((northmoor.actors["keyworker"].pk,), (kept.pk,))


def test_all_work_about_the_one_person_goes_to_whoever_takes_them(northmoor: Area, ben: Actor) -> None:
    kept, other = two_records(northmoor)
    asha = northmoor.actors["keyworker"]
    names(northmoor, other, asha)
    with acting_as(asha) as me, recording(by=me, at=NOW) as note:
        own = NewOwner(organisation=northmoor.icb, actor=asha)
        agree_action(
            note, by=me, person=other, topic=Topic.KEYWORKING, what="Ring the school", owner=own,
            due_on=TODAY + timedelta(days=9), origin=Action.Origin.CONTACT,
        )  # fmt: skip
    merge(northmoor, kept, other)
    hand_over = begun(northmoor, asha)
    does(northmoor, lambda note, me: propose_takers(note, by=me, hand_over=hand_over))
    (row,) = lines_of(hand_over)
    assert row.taker_id == ben.pk
    (line,) = list_lines(None, hand_over, caseload_rules_of(northmoor.icb), TODAY)
    assert (line.person_id, line.colour) == (kept.pk, "red")
    (item,) = list_open_work(asha.pk, northmoor.icb.pk)
    assert item.row.person_id == kept.pk and taker_of(hand_over, [line], item) == ben.pk
