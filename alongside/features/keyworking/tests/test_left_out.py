"""A plan says nothing that the family left out, counts only what is shown, and blocks nobody for ever."""

from collections.abc import Iterable
from datetime import timedelta

import pytest

from alongside.features.keyworking.models import Proposal, ProposedPlace
from alongside.features.keyworking.proposing import ask_proposal, work_out
from alongside.features.keyworking.tests.conftest import rated
from alongside.features.keyworking.tests.test_deciding import as_, proposed
from alongside.features.people.models import Circumstance, Diagnosis, Person
from alongside.features.people.operations import record_consent, record_fact
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as

TOLD = ("people with a learning disability", "looked after")


def leave_out(area: Area, person: Person, topics: Iterable[int]) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(note, person=person, purpose="register", answer="refused", basis="parental",
                       decided_on=NOW.date(), evidenced=True, about_topics=sorted(topics))  # fmt: skip


@pytest.mark.parametrize("left_out", [False, True])
def test_a_plan_and_the_best_matches_say_nothing_that_the_family_left_out(
    northmoor: Area, ben: Actor, left_out: bool
) -> None:
    kai = rated(northmoor, "Kai", "red", 1)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_fact(note, Diagnosis, person=kai, topic=Topic.HEALTH, words="x", kind="learning_disability",
                    basis="diagnosed")  # fmt: skip
        record_fact(note, Circumstance, person=kai, topic=Topic.SOCIAL_CARE, words="x", kind="looked_after")
    if left_out:
        leave_out(northmoor, kai, [Topic.HEALTH, Topic.SOCIAL_CARE])
    plan = proposed(northmoor)
    with context.as_engine():
        line = ProposedPlace.objects.get(person=kai)
    assert line.worker_id
    pages = [" ".join(line.because), as_(northmoor.actors["manager"]).get(f"/keyworking/plans/{plan.pk}").content]
    pages.append(as_(northmoor.actors["manager"]).get(f"/people/{kai.reference}/keyworker").content)
    for page in pages:
        text = page.decode() if isinstance(page, bytes) else page
        assert [words in text for words in TOLD] == [not left_out] * 2, text


def test_a_plan_counts_only_the_lines_that_are_shown(northmoor: Area, ben: Actor) -> None:
    for number, name in enumerate(("Kai", "Maya", "Theo"), 1):
        hidden = rated(northmoor, name, "red", number)
    plan = proposed(northmoor)
    leave_out(northmoor, hidden, [Topic.KEYWORKING])
    pages = {
        role: as_(northmoor.actors[role]).get(f"/keyworking/plans/{plan.pk}").content.decode()
        for role in ("manager", "coordinator")
    }
    assert "2 of 2 people who wait could be placed" in pages["manager"] and "Theo" not in pages["manager"]
    assert "3 of 3 people who wait could be placed" in pages["coordinator"] and "Theo" in pages["coordinator"]


@pytest.mark.parametrize(("minutes", "asks"), [(60, False), (61, True)])
def test_a_plan_that_nobody_worked_out_for_an_hour_is_asked_for_again(
    northmoor: Area, minutes: int, asks: bool
) -> None:
    rated(northmoor, "Kai", "red", 1)
    now = clock.now()
    manager = northmoor.actors["manager"]
    with acting_as(manager) as me, recording(by=me, at=now - timedelta(minutes=minutes)) as note:
        first = ask_proposal(note, icb=northmoor.icb)
    if not asks:
        with acting_as(manager) as me, pytest.raises(NotNow), recording(by=me, at=now) as note:
            ask_proposal(note, icb=northmoor.icb)
        return
    assert "Propose keyworkers for everybody" in as_(manager).get("/keyworking/waiting").content.decode()
    with acting_as(manager) as me, recording(by=me, at=now) as note:
        second = ask_proposal(note, icb=northmoor.icb)
    assert work_out(first.pk, now) is None
    assert work_out(second.pk, now) is not None
    with context.as_engine():
        states = list(Proposal.objects.order_by("id").values_list("state", flat=True))
    assert states == ["failed", "ready"]
