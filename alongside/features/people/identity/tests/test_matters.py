"""Pairs and offers are due from somebody, by a day, and the duty goes when they are settled."""

from datetime import date

import pytest

from alongside.features.people.identity.operations import say_different, say_same
from alongside.features.people.models import PossibleDuplicate
from alongside.features.people.operations import set_restricted, undo_merge
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from alongside.policy.duties import PossibleDuplicateFacts, matter_duties
from alongside.policy.tests.building import CALENDAR, RULES, TEAMS, moment
from tests.cast import NOW, Area, acting_as, add_registered


def due(area: Area) -> list[str]:
    with acting_as(area.actors["coordinator"]):
        return list(Duty.objects.filter(subject="possible_duplicate").values_list("what", flat=True))


@pytest.fixture
def pair(northmoor: Area) -> PossibleDuplicate:
    add_registered(northmoor)
    add_registered(northmoor, given_name="Kye")
    with context.as_engine():
        return PossibleDuplicate.objects.select_related("first", "second").get()


def test_a_pair_is_due_within_five_working_days() -> None:
    facts = PossibleDuplicateFacts(
        kind="possible_duplicate", id=1, icb_id=1, opened_at=moment("2026-06-05"), because="The same family name"
    )
    (duty,) = matter_duties(facts, RULES, CALENDAR, TEAMS)
    assert duty.due.date() == date(2026, 6, 12), "found on a Friday"
    assert duty.local_default


def test_the_register_team_has_it_to_do_and_a_manager_does_not_hear_of_it(
    northmoor: Area, pair: PossibleDuplicate
) -> None:
    assert due(northmoor) == ["Say whether two records are one person"]
    with context.as_engine():
        duty = Duty.objects.get(subject="possible_duplicate")
    assert "Kai" not in duty.what + duty.because and pair.first.reference not in duty.because
    assert duty.owner_team_id == northmoor.teams["register"].pk


def test_it_goes_when_they_are_told_apart(northmoor: Area, pair: PossibleDuplicate) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        say_different(note, pair=pair, because="Cousins.", by=me)
    assert due(northmoor) == []


def test_it_goes_with_a_merge_and_comes_back_when_that_is_undone(northmoor: Area, pair: PossibleDuplicate) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me:
        with recording(by=me, at=NOW) as note:
            merge = say_same(note, pair=pair, keep=pair.first, because="Same mother.", by=me)
        assert due(northmoor) == []
        with recording(by=me, at=NOW) as note:
            undo_merge(note, merge=merge, by=me)
    assert due(northmoor) == ["Say whether two records are one person"]


def test_a_pair_with_a_restricted_record_tells_nobody(northmoor: Area, pair: PossibleDuplicate) -> None:
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        set_restricted(note, person=pair.first, restricted=True, because="x")
    assert due(northmoor) == []
