"""Answers that were only carried over, beside those that say more: what the database makes of them."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.features.people.agreement.ledger import list_answers
from alongside.features.people.models import Guard, Person
from alongside.features.people.operations import record_consent
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as, add_registered

DAY = timedelta(days=1)
CARRIED: dict[str, Any] = {"decided_on": None, "evidenced": False}


def answered(area: Area, person: Person, *answers: tuple[str, dict[str, Any]]) -> int:
    """One answer a day, the last today; how closely the record is held then."""
    for ago, (answer, known) in zip(range(len(answers), 0, -1), answers, strict=True):
        at = clock.now() - (ago - 1) * DAY
        said = {"decided_on": at.date(), "evidenced": True} | known
        with context.as_engine(), recording(by=area.actors["coordinator"], at=at) as note:
            record_consent(note, person=person, purpose="register", answer=answer, basis="not_stated", **said)
    with context.as_engine():
        return Person.objects.get(pk=person.pk).guard


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        ([("refused", CARRIED), ("given", CARRIED)], Guard.ORDINARY),
        ([("given", CARRIED), ("refused", CARRIED)], Guard.REGISTER_TEAM),
        ([("refused", {}), ("given", CARRIED)], Guard.CLOSED),
        ([("refused", {}), ("refused", CARRIED), ("given", CARRIED)], Guard.REGISTER_TEAM),
        ([("refused", CARRIED), ("given", CARRIED), ("given", {})], Guard.ORDINARY),
        ([("given", CARRIED), ("refused", {})], Guard.CLOSED),
    ],
)
def test_a_yes_without_a_day_lifts_a_no_that_was_carried_over_and_never_one_that_was_said(
    northmoor: Area, answers: list[tuple[str, dict[str, Any]]], held: Guard
) -> None:
    person, _ = add_registered(northmoor, agreed=False, at=clock.now() - 30 * DAY)
    assert answered(northmoor, person, *answers) == held


def test_the_page_of_answers_says_which_of_them_counts(northmoor: Area) -> None:
    person, _ = add_registered(northmoor, agreed=False, at=clock.now() - 30 * DAY)
    answered(northmoor, person, ("refused", CARRIED), ("given", CARRIED))
    with acting_as(northmoor.actors["coordinator"]) as me:
        counting = [one.answer for one in list_answers(me, person) if one.counts]
    assert counting == ["Agreed"]
