"""Open actions go with the rest of somebody's work, and their new owner is asked."""

from alongside.features.actions.handing_over import list_actions_of, pass_on_actions
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import take_step
from alongside.features.actions.tests.conftest import agreed, another_keyworker
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.recording import recording
from tests.cast import NOW, Area, acting_as


def test_what_is_open_moves_and_stands_as_it_stood_but_what_was_accepted_is_asked_anew(
    northmoor: Area, kai: Person
) -> None:
    asha, ben = northmoor.actors["keyworker"], another_keyworker(northmoor)
    accepted, blocked, over = (agreed(northmoor, kai, what=what) for what in ("One", "Two", "Three"))
    with acting_as(asha) as me, recording(by=me, at=NOW) as note:
        take_step(note, action=blocked, kind="blocked", by=me, because="Panel", waits_for="money", amount=5)
        take_step(note, action=over, kind="given_up", by=me, because="Moved school")
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note, context.as_engine():
        allocate(note, person=kai, worker=ben, part="co_worker", from_date=NOW.date())
        rows = list(list_actions_of(asha.pk, northmoor.icb.pk))
        assert sorted(number for number, *_ in rows) == [accepted.pk, blocked.pk]
        pass_on_actions(note, [number for number, *_ in rows], ben)
    with context.as_engine():
        assert not list(list_actions_of(asha.pk, northmoor.icb.pk))
        states = dict(Action.objects.filter(owner=ben).values_list("what", "state"))
        assert states == {"One": "proposed", "Two": "blocked"}
        assert ActionStep.objects.filter(kind="handed").count() == 2
        assert Message.objects.filter(to_actor=ben, kind="action.asked").count() == 2


def test_whoever_takes_the_rest_and_opens_no_record_is_known_by_name_and_asked_by_voice(
    northmoor: Area, kai: Person
) -> None:
    ben, action = another_keyworker(northmoor), agreed(northmoor, kai)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note, context.as_engine():
        pass_on_actions(note, [action.pk], ben)
        action.refresh_from_db()
    assert (action.owner, action.by_link, action.state) == (ben, True, "proposed")


def test_another_keyworker_takes_on_what_the_one_before_can_open_no_more(northmoor: Area, kai: Person) -> None:
    asha, ben = northmoor.actors["keyworker"], another_keyworker(northmoor)
    action = agreed(northmoor, kai)
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=kai, worker=ben, from_date=NOW.date())
    with context.as_engine():
        action.refresh_from_db()
        assert (action.owner, action.by_link, action.state) == (ben, False, "proposed")
        assert not list(list_actions_of(asha.pk, northmoor.icb.pk))
