"""Somebody says no after an action was agreed: nobody owns what they can't open, and nothing lies there."""

from typing import Any

import pytest

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, hand_on
from alongside.features.actions.tests.conftest import agreed, hillcrest, senco
from alongside.features.people.models import Person
from alongside.features.people.operations import record_consent
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Message
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as, involve

__all__ = ["hillcrest"]


def now_of(action: Action) -> Action:
    with context.as_engine():
        rows = Action.objects.filter(superseded_by=None).select_related("owner", "owner_organisation", "person")
        return next(row for row in rows if row.number == action.number)


def says_no(area: Area, person: Person, **values: Any) -> None:
    known = {"answer": "withdrawn", "basis": "parental", "decided_on": NOW.date(), "evidenced": True}
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(note, person=person, **(known | values))


def duties_about(action: Action) -> list[Duty]:
    """Those that stand until somebody owns it; that it goes up when it is late stands beside them."""
    with context.as_engine():
        about = Duty.objects.filter(subject="action", subject_id=action.pk).exclude(doing="raise_escalation")
        return list(about.select_related("owner_team"))


def letters_to(actor: Actor) -> list[str]:
    with context.as_engine():
        return list(Message.objects.filter(to_actor=actor, kind="action.ended").values_list("body", flat=True))


@pytest.fixture
def teacher(northmoor: Area, kai: Person) -> Actor:
    """Somebody of a school with an account, to whom it was agreed to tell what is about school."""
    actor = northmoor.actors["partner_education"]
    involve(northmoor, kai, actor, topics=[Topic.IDENTITY, Topic.EDUCATION], kind="education")
    return actor


def test_a_partner_who_may_not_know_any_more_is_let_go_and_the_keyworker_asks_somebody_else(
    northmoor: Area, kai: Person, teacher: Actor, hillcrest: Organisation
) -> None:
    action = agreed(northmoor, kai, NewOwner(organisation=hillcrest, actor=teacher))
    assert not action.by_link and {duty.owner_actor_id for duty in duties_about(action)} >= {teacher.pk}
    says_no(northmoor, kai, purpose="sharing", recipient_kind="actor", recipient_id=teacher.pk)
    now = now_of(action)
    assert (now.state, now.because) == ("refused", "Somebody said no to telling them, so they can't open it any more.")
    (duty,) = duties_about(action)
    assert (duty.owner_actor, duty.rule_key) == (northmoor.actors["keyworker"], "action_handed_on")
    (told,) = letters_to(teacher)
    assert "nothing" in told.lower() or "need not" in told
    assert "Kai" not in told and "quiet" not in told
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        hand_on(note, action=now, owner=senco(hillcrest), by=me, because="Jo does it.", seen=now.version)
    assert now_of(action).state == "proposed"


def test_a_partner_who_still_may_know_keeps_it(
    northmoor: Area, kai: Person, teacher: Actor, hillcrest: Organisation
) -> None:
    action = agreed(northmoor, kai, NewOwner(organisation=hillcrest, actor=teacher))
    says_no(northmoor, kai, purpose="sharing", recipient_kind="health")
    assert now_of(action).state == "proposed" and letters_to(teacher) == []


def test_what_a_keyworker_owned_is_the_teams_once_keyworking_was_said_no_to(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    says_no(northmoor, kai, purpose="keyworking")
    assert now_of(action).state == "refused"
    (duty,) = duties_about(action)
    assert (duty.owner_actor, duty.owner_team) == (None, northmoor.teams["keyworking"])


def test_what_is_about_a_topic_that_is_left_out_ends_and_the_rest_goes_on(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    about_school = agreed(northmoor, kai, senco(hillcrest))
    of_the_worker = agreed(northmoor, kai, topic=Topic.KEYWORKING)
    says_no(northmoor, kai, purpose="register", about_topics=[Topic.EDUCATION])
    rest = [topic for topic in Topic if topic != Topic.EDUCATION]
    says_no(northmoor, kai, purpose="register", answer="given", about_topics=rest)
    assert (now_of(about_school).state, now_of(of_the_worker).state) == ("not_done", "accepted")
    assert now_of(about_school).because == "The agreement leaves out what this is about."
    assert duties_about(about_school) == []


def test_a_yes_lets_nobody_go(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    says_no(northmoor, kai, purpose="register", answer="given")
    assert now_of(action).state == "accepted"
