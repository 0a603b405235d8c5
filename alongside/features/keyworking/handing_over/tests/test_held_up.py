"""One hand-over that is stopped holds up no other, and a merged record counts as its survivor."""

from typing import Any

import pytest
from django.db import IntegrityError

from alongside.features.keyworking.caseloads import caseload_rules_of, count_caseloads
from alongside.features.keyworking.handing_over import effect
from alongside.features.keyworking.handing_over.tests.conftest import (
    TODAY,
    agreed,
    begun,
    does,
    prepared,
    walked_with,
)
from alongside.features.keyworking.handing_over.tests.test_handing_over import keyworkers_of
from alongside.features.keyworking.held import list_held
from alongside.features.keyworking.models import HandOver
from alongside.features.people.operations import merge_people
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes
from alongside.overview.models import Duty
from tests.cast import Area, acting_as


def test_a_merged_record_counts_in_the_caseload_once_and_as_its_survivor(northmoor: Area, asha: Actor) -> None:
    merged, other = walked_with(northmoor, "Kai", "red", asha), walked_with(northmoor, "Kay", "amber", asha)
    rules = caseload_rules_of(northmoor.icb)
    assert count_caseloads(northmoor.icb.pk, TODAY, rules)[asha.pk].people == 2
    does(northmoor, lambda note, me: merge_people(note, survivor=other, merged=merged, because="The same.", by=me))
    caseload = count_caseloads(northmoor.icb.pk, TODAY, rules)[asha.pk]
    with acting_as(northmoor.actors["manager"]) as me:
        held = list_held(me, northmoor.icb, asha.pk, rules, TODAY)
    assert caseload.people == 1 and [one.person_id for one in held] == [other.pk]
    assert caseload.halves == held[0].halves


@pytest.mark.parametrize("stop", [Refused("no", "Not theirs."), IntegrityError("a clash"), NotNow("no", "Not yet.")])
def test_a_hand_over_that_is_stopped_holds_up_no_other(
    northmoor: Area, asha: Actor, ben: Actor, zoe: Actor, monkeypatch: pytest.MonkeyPatch, stop: Exception
) -> None:
    kai, kay = walked_with(northmoor, "Kai", "red", asha), walked_with(northmoor, "Kay", "amber", zoe)
    first, second = begun(northmoor, asha), begun(northmoor, zoe)
    for hand_over in (first, second):
        prepared(northmoor, hand_over, ben)
        agreed(northmoor, hand_over)
    moves = effect._move

    def stopped(note: Notes, hand_over: HandOver, *more: Any) -> dict[str, int]:
        if hand_over.pk == first.pk:
            raise stop
        return moves(note, hand_over, *more)

    monkeypatch.setattr(effect, "_move", stopped)
    assert effect.take_effect_of_all(clock.now()) == 1
    assert keyworkers_of(kay) == [("designated", "Ben Okafor")]
    assert ("designated", asha.name) in keyworkers_of(kai), "all of it or none"
    with context.as_engine():
        states = dict(HandOver.objects.values_list("pk", "state"))
        assert states == {first.pk: HandOver.State.AGREED, second.pk: HandOver.State.DONE}
        due = Duty.objects.get(subject="hand_over")
        assert (due.subject_id, due.rule_key) == (first.pk, "hand_over_done")
