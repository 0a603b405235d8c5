"""Whom an area gives a keyworker whatever the rating: due as soon as the rule or the record says so, to nobody else."""

from datetime import timedelta

import pytest

from alongside.features.keyworking.tests.conftest import TODAY, rated
from alongside.features.keyworking.tests.test_left_out import leave_out
from alongside.features.keyworking.tests.test_two_of_four import decided
from alongside.features.people.models import Circumstance, Person
from alongside.features.people.operations import correct_fact, record_fact
from alongside.features.referrals.eligibility import set_entry_rule
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.recounting import count_all
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as


def gives(area: Area, *names: str) -> None:
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        set_entry_rule(note, icb=area.icb, key="keyworker_also", value=names, starts_on=TODAY)


def looked_after(area: Area, person: Person) -> Circumstance:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        return record_fact(
            note, Circumstance, person=person, topic=Topic.SOCIAL_CARE, words="Looked after.", kind="looked_after",
            from_date=TODAY - timedelta(days=400),
        )  # fmt: skip


def to_name(person: Person) -> list[Duty]:
    with context.as_engine():
        return list(Duty.objects.filter(person=person, doing="name_keyworker"))


@pytest.fixture
def gwen(northmoor: Area) -> Person:
    return rated(northmoor, "Gwen", "green", 10)


def nobody_differs() -> bool:
    return [number for _, differing in find_differing() for number in differing] == []


def test_a_rule_from_today_is_work_for_the_team_once_everybody_is_counted_again(northmoor: Area, gwen: Person) -> None:
    looked_after(northmoor, gwen)
    assert to_name(gwen) == []
    gives(northmoor, "looked_after")
    list(count_all(lambda: NOW))
    (duty,) = to_name(gwen)
    assert duty.owner_team_id == northmoor.teams["keyworking"].pk and duty.breach is None and duty.source
    assert duty.shows_from <= NOW < duty.due
    assert "looked after" not in duty.because
    assert nobody_differs()


def test_what_is_recorded_later_is_due_at_once_and_ends_with_it(northmoor: Area, gwen: Person) -> None:
    gives(northmoor, "looked_after")
    row = looked_after(northmoor, gwen)
    assert len(to_name(gwen)) == 1
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        correct_fact(note, row, words="Came home.", to_date=TODAY - timedelta(days=1))
    assert to_name(gwen) == [] and nobody_differs()


def test_two_of_four_is_due_by_the_decision_and_not_any_more_by_a_later_no(northmoor: Area, gwen: Person) -> None:
    gives(northmoor, "two_of_four")
    decided(northmoor, gwen, opens=True)
    assert len(to_name(gwen)) == 1
    decided(northmoor, gwen, opens=False)
    assert to_name(gwen) == [] and nobody_differs()


def test_what_the_family_left_out_opens_nothing(northmoor: Area, gwen: Person) -> None:
    gives(northmoor, "looked_after")
    looked_after(northmoor, gwen)
    leave_out(northmoor, gwen, [Topic.SOCIAL_CARE])
    assert to_name(gwen) == [] and nobody_differs()
