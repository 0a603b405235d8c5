"""The family says whether a promise was kept, and whether support has started."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.portal.tests.conftest import mark_of, text_of
from tests.cast import NOW, Area, acting_as, add_registered

_S = Action.State


def promised(
    area: Area, person: Person, *, topic: int = Topic.EDUCATION, said_done: bool = True, **more: Any
) -> Action:
    """A keyworker's promise, which they say is done."""
    worker = area.actors["coordinator"]
    with acting_as(worker) as me, recording(by=me, at=NOW) as note:
        action = agree_action(
            note, by=me, person=person, topic=topic, what="Find a quiet room", origin="plan", due_on=NOW.date(),
            owner=NewOwner(organisation=area.icb, actor=worker), **more,
        )  # fmt: skip
        return take_step(note, action=action, kind="said_done", by=me, evidence="Seen") if said_done else action


def says(family: Client, person: Person, action: Action, answer: str, **more: str) -> Any:
    address = f"/mine/{person.reference}/promised/{action.number}"
    page = family.get(address)
    if page.status_code != 200:
        return page
    mark = mark_of(page.content.decode())
    given = {"submission": mark, "version": action.version, "answer": answer, **more}
    return family.post(address, given)


def now(action: Action) -> Action:
    with context.as_engine():
        return Action.objects.get(pk=action.pk)


@pytest.mark.parametrize(
    ("answer", "more", "state"),
    [("yes", "", _S.DONE), ("not_yet", "", _S.ACCEPTED), ("wrong", "It was the corridor", _S.DISPUTED)],
)
def test_yes_ends_it_not_yet_sends_it_back_and_not_right_is_looked_into(
    northmoor: Area, kai: Person, kai_himself: Client, answer: str, more: str, state: str
) -> None:
    action = promised(northmoor, kai)
    assert "Did this happen?" in text_of(kai_himself, f"/mine/{kai.reference}/promised")
    assert says(kai_himself, kai, action, answer, more=more).status_code == 302
    assert now(action).state == state
    with context.as_engine():
        step = ActionStep.objects.latest("id")
        assert step.by_family and step.because == more
    assert "Did this happen?" not in text_of(kai_himself, f"/mine/{kai.reference}/promised")


def test_not_right_needs_a_word_and_keeps_what_was_chosen(northmoor: Area, kai: Person, kai_himself: Client) -> None:
    action = promised(northmoor, kai)
    answer = says(kai_himself, kai, action, "wrong")
    assert answer.status_code == 422 and "Tell us what is not right" in answer.content.decode()
    assert now(action).state == _S.SAID_DONE


def test_support_is_asked_about_from_its_first_day(northmoor: Area, kai: Person, kai_himself: Client) -> None:
    later = promised(northmoor, kai, said_done=False, starts_on=NOW.date() + timedelta(days=1))
    assert "Has this started?" not in text_of(kai_himself, f"/mine/{kai.reference}/promised")
    assert says(kai_himself, kai, later, "yes").status_code == 404
    today = promised(northmoor, kai, said_done=False, starts_on=NOW.date())
    assert says(kai_himself, kai, today, "yes").status_code == 302
    assert now(today).started_on == NOW.date()


def test_nobody_answers_for_another_child_nor_on_a_topic_that_is_closed(
    northmoor: Area, kai: Person, dawn: Client
) -> None:
    other, _ = add_registered(northmoor, given_name="Nell", at=NOW - timedelta(days=10))
    theirs, closed = promised(northmoor, other), promised(northmoor, kai, topic=Topic.CONTACT)
    assert says(dawn, other, theirs, "yes").status_code == 404
    assert says(dawn, kai, theirs, "yes").status_code == 404
    assert says(dawn, kai, closed, "yes").status_code == 404
    assert now(theirs).state == now(closed).state == _S.SAID_DONE


def test_a_parent_reads_where_it_stands_and_never_the_steps_of_others(
    northmoor: Area, kai: Person, dawn: Client
) -> None:
    action = promised(northmoor, kai)
    page = text_of(dawn, f"/mine/{kai.reference}/promised")
    assert "They say it is done" in page and "Seen" not in page
    says(dawn, kai, action, "not_yet", more="Still the corridor")
    with context.asking_with(dawn.cookies[next(iter(dawn.cookies))].value):
        assert all(step.by_family for step in ActionStep.objects.all())
