"""After a death keyworking ends at once, with the reason; where it was a mistake, it stands again."""

from datetime import date, timedelta

import pytest

from alongside.features.keyworking.models import Allocation, StepDown
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.stepping_down.operations import plan_step_down
from alongside.features.keyworking.tests.conftest import TODAY, hire, rated
from alongside.features.people.models import Person
from alongside.features.people.operations import change_person
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from alongside.policy.stepping_down import Step
from tests.cast import NOW, Area, acting_as

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def sol(northmoor: Area, ben: Actor) -> Person:
    """Red, with a keyworker, a co-worker, and one who comes in next week; contact is planned to become less."""
    person = rated(northmoor, "Sol", "red", 20)
    cora = hire(northmoor, "Cora Day")
    for worker, part, ahead in ((ben, "designated", -9), (cora, "co_worker", -3), (cora, "incoming", 7)):
        with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
            allocate(note, person=person, worker=worker, part=part, from_date=TODAY + timedelta(days=ahead))
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        plan_step_down(
            note, person=person, starts_on=TODAY, ends_on=TODAY + timedelta(days=60), steps=[Step(TODAY, 14)]
        )
    return person


def dies(area: Area, person: Person, on: date | None) -> None:
    at = NOW if on else LATER
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        change_person(note, person=person, died_on=on)


def parts(person: Person) -> dict[str, date | None]:
    with context.as_engine():
        return dict(Allocation.objects.filter(person=person).values_list("part", "to_date"))


def test_every_keyworker_ends_that_day_and_what_they_could_see_closes(northmoor: Area, sol: Person, ben: Actor) -> None:
    dies(northmoor, sol, TODAY)
    assert parts(sol) == {"designated": TODAY, "co_worker": TODAY, "incoming": TODAY + timedelta(days=7)}
    with acting_as(ben, LATER):
        assert not Person.objects.filter(pk=sol.pk).exists()
    with context.as_engine():
        assert not Duty.objects.filter(person=sol).exists()
        words = list(Event.objects.filter(person_id=sol.pk, code="keyworker.ended").values_list("words", flat=True))
        plan = StepDown.objects.get(person=sol, superseded_by=None)
    assert len(words) == 3 and all(one.endswith("They have died.") for one in words)
    assert (plan.closed_on, plan.closed_because) == (TODAY, "They have died.")
    assert [number for _, differing in find_differing() for number in differing] == []


def test_a_death_written_down_by_mistake_gives_everybody_back(northmoor: Area, sol: Person, ben: Actor) -> None:
    dies(northmoor, sol, TODAY)
    dies(northmoor, sol, None)
    assert parts(sol) == {"designated": None, "co_worker": None, "incoming": None}
    with acting_as(ben, LATER):
        assert Person.objects.filter(pk=sol.pk).exists()
    with context.as_engine():
        assert StepDown.objects.get(person=sol, superseded_by=None).closed_on is None
        assert Duty.objects.filter(person=sol, owner_actor=ben).exists()


def test_whoever_ended_before_the_death_stays_ended(northmoor: Area, sol: Person) -> None:
    with context.as_engine(), recording(by=northmoor.actors["manager"], at=NOW) as note:
        Allocation.objects.filter(person=sol, part="co_worker").update(to_date=TODAY - timedelta(days=1))
        note("ended", words="Ended before.", icb_id=northmoor.icb.pk)
    dies(northmoor, sol, TODAY)
    dies(northmoor, sol, None)
    assert parts(sol)["co_worker"] == TODAY - timedelta(days=1)


def test_nobody_reads_by_an_allocation_after_the_death(northmoor: Area, sol: Person) -> None:
    dies(northmoor, sol, TODAY)
    with context.as_engine():
        held = Involvement.objects.filter(person_id=sol.pk, because="allocation")
        assert held.exists() and not held.filter(to_at=None).exists()
