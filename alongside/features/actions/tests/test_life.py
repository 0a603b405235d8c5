"""The life of an action: who takes which step, when, and what must stand with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.actions import lifecycle, queries, text
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import NewOwner, correct_action, hand_on, say_started, take_step
from alongside.features.actions.tests.conftest import agreed, senco
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as, involve

_K, _S = ActionStep.Kind, Action.State


def step(area: Area, action: Action, kind: str, *, by: str = "keyworker", **values: Any) -> Action:
    with acting_as(area.actors[by]) as me, recording(by=me, at=NOW) as note:
        return take_step(note, action=action, kind=kind, by=me, **values)


GOES_UP = "Escalate, or write why not: Ask for a quiet room"


def due(area: Area, person: Person, role: str = "manager") -> list[str]:
    with acting_as(area.actors[role]) as me:
        return list(Duty.objects.visible_to(me).filter(person=person, subject="action").values_list("what", flat=True))


def test_what_i_take_on_myself_is_accepted_at_once(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    assert action.state == _S.ACCEPTED and not action.by_link
    assert set(due(northmoor, kai)) == {
        "Do what you agreed to: Ask for a quiet room", "Late: Ask for a quiet room", GOES_UP,
    }  # fmt: skip


def test_somebody_else_is_asked_and_the_keyworker_chases_from_the_eleventh_day(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai, NewOwner(organisation=northmoor.icb, actor=northmoor.actors["commissioner"]),
                    topic=Topic.MONEY)  # fmt: skip
    assert action.state == _S.PROPOSED and not action.by_link
    with acting_as(northmoor.actors["manager"]):
        found = {one.what.split(":")[0]: one for one in Duty.objects.filter(person=kai, subject="action")}
    assert found["Say yes or no, or who is better"].owner_actor == northmoor.actors["commissioner"]
    assert found["Nobody has answered yet"].owner_actor == northmoor.actors["keyworker"]
    assert (found["Nobody has answered yet"].shows_from - NOW).days in (10, 11)


def test_done_needs_evidence_and_somebody_elses_confirmation(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    with pytest.raises(NotNow, match="how we know"):
        step(northmoor, action, _K.SAID_DONE, evidence="  ")
    said = step(northmoor, action, _K.SAID_DONE, evidence="I saw the room on Tuesday.")
    assert said.done_at == NOW and said.state == _S.SAID_DONE
    with pytest.raises(Refused, match="Whoever did it"):
        step(northmoor, said, _K.CONFIRMED)
    done = step(northmoor, said, _K.CONFIRMED, by="manager")
    assert done.state == _S.DONE and due(northmoor, kai) == []


def test_blocked_says_why_what_it_waits_for_and_is_looked_at(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    blocked = step(northmoor, action, _K.BLOCKED, because="Panel meets in May", waits_for="money", amount=1200,
                   who_decides="Funding panel")  # fmt: skip
    assert set(due(northmoor, kai)) == {"Blocked: Ask for a quiet room", GOES_UP}
    on = step(northmoor, blocked, _K.UNBLOCKED)
    assert (on.state, on.waits_for, on.amount, on.who_decides) == (_S.ACCEPTED, "", None, "")


def test_refused_goes_to_somebody_else_and_the_first_owner_can_do_nothing_more(northmoor: Area, kai: Person) -> None:
    worker, manager = northmoor.actors["keyworker"], northmoor.actors["manager"]
    action = agreed(northmoor, kai, NewOwner(organisation=northmoor.icb, actor=manager))
    with pytest.raises(NotNow, match="Say why"):
        step(northmoor, action, _K.REFUSED, by="manager")
    step(northmoor, action, _K.REFUSED, by="manager", because="Not mine")
    assert set(due(northmoor, kai)) == {"Ask somebody else: Ask for a quiet room", GOES_UP}
    with acting_as(manager) as me, recording(by=me, at=NOW) as note:
        changed = hand_on(
            note, action=action, owner=NewOwner(organisation=northmoor.icb, actor=worker), by=me, because="", seen=None
        )
    assert changed.owner == worker and changed.state == _S.PROPOSED and changed.asked_at == NOW


def test_two_people_at_once_the_second_is_told(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    step(northmoor, action, _K.CHASED, by="manager", seen=action.version)
    with pytest.raises(NotNow, match="Somebody changed this"):
        step(northmoor, action, _K.BLOCKED, because="x", waits_for="other", seen=action.version)


def test_agreed_again_it_replaces_the_open_one_and_counts(northmoor: Area, kai: Person) -> None:
    first = agreed(northmoor, kai)
    second = agreed(northmoor, kai, repeats=first)
    third = agreed(northmoor, kai, repeats=second)
    assert (second.times, third.times) == (2, 3)
    with acting_as(northmoor.actors["keyworker"]) as me:
        first.refresh_from_db()
        assert first.state == _S.SUPERSEDED
        assert [one.pk for one in queries.list_of_person(me, kai) if one.state in lifecycle.OPEN] == [third.pk]


def test_support_is_asked_about_until_somebody_says_that_it_started(northmoor: Area, kai: Person) -> None:
    begins = NOW.date() + timedelta(days=7)
    action = agreed(northmoor, kai, starts_on=begins)
    assert "Ask the family whether it has started: Ask for a quiet room" in due(northmoor, kai)
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        not_yet = say_started(note, action=action, by=me, started=False, on=begins)
    assert not_yet.start_asked_from == begins
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        yes = say_started(note, action=not_yet, by=me, started=True, on=NOW.date())
        assert yes.started_on == NOW.date() and yes.start_asked_from is None
        with pytest.raises(NotNow):
            say_started(note, action=yes, by=me, started=True, on=NOW.date())
    assert not [what for what in due(northmoor, kai) if "started" in what]


def test_a_correction_keeps_number_steps_and_place(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        put = correct_action(note, action=action, by=me, what="Ask for a quiet room at lunch")
    assert put.pk != action.pk and put.number == action.number
    said = step(northmoor, put, _K.SAID_DONE, evidence="Seen.")
    with acting_as(northmoor.actors["keyworker"]) as me:
        found = queries.find_action(me, kai, action.pk)
        assert found is not None and found.what.endswith("lunch")
        assert [one.kind for one in queries.list_steps(said)] == [_K.SAID_DONE, _K.CORRECTED, _K.AGREED]
    assert due(northmoor, kai) == ["Ask whether it happened: Ask for a quiet room at lunch"]


def test_a_school_sees_education_actions_of_whom_it_is_involved_with_and_changes_only_its_own(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    ed = northmoor.actors["partner_education"]
    quiet = agreed(northmoor, kai)
    agreed(northmoor, kai, topic=Topic.HEALTH, what="See the doctor")
    with acting_as(ed) as me:
        assert queries.list_of_person(me, kai) == []
    involve(northmoor, kai, ed, topics=[Topic.IDENTITY, Topic.EDUCATION], kind="education")
    with acting_as(ed) as me:
        assert [one.what for one in queries.list_of_person(me, kai)] == ["Ask for a quiet room"]
    with pytest.raises(Refused, match="not yours"):
        step(northmoor, quiet, _K.SAID_DONE, by="partner_education", evidence="x")
    own = agreed(northmoor, kai, NewOwner(organisation=hillcrest, actor=ed), what="Open the library at lunch")
    assert not own.by_link
    assert step(northmoor, own, _K.ACCEPTED, by="partner_education").state == _S.ACCEPTED
    with pytest.raises(Refused):
        step(northmoor, own, _K.GIVEN_UP, by="partner_education", because="x")


def test_by_hand_nobody_changes_where_an_action_stands_nor_adds_a_step(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    for role in ("keyworker", "manager", "coordinator"):
        with acting_as(northmoor.actors[role]) as me:
            assert Action.objects.filter(pk=action.pk).exists()
            assert Action.objects.filter(pk=action.pk).update(state="done") == 0
            with pytest.raises(ProgrammingError), recording(by=me, at=NOW) as note:
                ActionStep.objects.create(
                    action=action, person=kai, kind="confirmed", at=NOW, by=northmoor.actors[role]
                )
                note("x", words="x")


def test_the_database_wants_evidence_and_reasons_too(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    for kind in ("said_done", "refused", "given_up"):
        with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
            ActionStep.objects.create(action=action, person=kai, kind=kind, at=NOW, by=northmoor.actors["keyworker"])


def test_after_a_no_nothing_of_it_is_left(northmoor: Area, kai: Person) -> None:
    from alongside.features.people.operations import record_consent

    agreed(northmoor, kai)
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(note, person=kai, purpose="register", answer="refused", basis="parental",
                       decided_on=NOW.date(), evidenced=True)  # fmt: skip
    for role in ("keyworker", "manager", "coordinator", "commissioner"):
        with acting_as(northmoor.actors[role]) as me:
            assert not Action.objects.visible_to(me).exists() and not Action.objects.exists()
            assert not ActionStep.objects.exists()


STEPS = st.lists(st.sampled_from([kind for kind, *_ in lifecycle.MOVES]), max_size=8)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_an_action_has_an_owner_and_while_open_a_day_on_which_somebody_looks(
    northmoor: Area, kai: Person, hillcrest: Organisation, kinds: list[str]
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest), what="One of many")
    for kind in kinds:
        values: dict[str, Any] = {"because": "Because.", "evidence": "Seen."}
        if kind == _K.BLOCKED:
            values["waits_for"] = "money"
        if kind == _K.CHASED:
            values["chased_at"] = NOW
        try:
            action = step(northmoor, action, kind, by="manager", **values)
        except NotNow:
            continue
    with context.as_engine():
        now = Action.objects.get(pk=action.pk)
        looked = Duty.objects.filter(person=kai, subject="action", subject_id=action.number)
        assert now.owner_id and now.owner_organisation_id
        assert looked.exists() == (now.state in lifecycle.OPEN)
        assert all(one.due and (one.owner_actor_id or one.owner_team_id) for one in looked)


def test_the_table_names_each_state_and_step_once_and_each_has_words() -> None:
    steps = [kind for kind, *_ in lifecycle.MOVES]
    assert len(steps) == len(set(steps)) and set(_K) - set(steps) == {_K.AGREED, _K.CORRECTED}
    assert set(text.HAPPENED) == set(_K) and set(text.STATE_TAG) == set(_S)
    assert set(text.BUTTON) == set(steps) - {_K.REPLACED}
    assert {state for state in _S if lifecycle.possible_steps(state, "team")} >= set(lifecycle.OPEN)


@pytest.mark.parametrize("state", [state for state in _S.values if state not in ("proposed", "accepted")])
def test_by_hand_no_action_begins_where_only_steps_lead(northmoor: Area, kai: Person, state: str) -> None:
    with pytest.raises(ProgrammingError, match="begins proposed or accepted"):
        begun_by_hand(northmoor, kai, state)


@pytest.mark.parametrize("state", ["proposed", "accepted"])
def test_by_hand_an_action_begins_as_through_the_pages(northmoor: Area, kai: Person, state: str) -> None:
    assert begun_by_hand(northmoor, kai, state).pk


def test_a_correction_stands_where_the_row_stood_that_it_corrects(northmoor: Area, kai: Person) -> None:
    action = step(northmoor, agreed(northmoor, kai), _K.SAID_DONE, evidence="I saw it.")
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        assert correct_action(note, action=action, by=me, what="Ask for a dark room").state == _S.SAID_DONE


def test_why_a_step_was_taken_is_not_in_the_event_that_a_family_may_read(northmoor: Area, kai: Person) -> None:
    step(northmoor, agreed(northmoor, kai), _K.BLOCKED, because="Mother said no.", waits_for="decision")
    with context.as_engine():
        event = Event.objects.get(person_id=kai.pk, code="action.blocked")
        assert "Mother said no." not in f"{event.words}{event.detail}"
        assert ActionStep.objects.get(kind=_K.BLOCKED).because == "Mother said no."


def begun_by_hand(area: Area, person: Person, state: str) -> Action:
    keyworker = area.actors["keyworker"]
    with acting_as(keyworker) as me, recording(by=me, at=NOW) as note:
        note("x", words="x", person_id=person.pk)
        return Action.objects.create(
            person=person, topic=Topic.EDUCATION, recorded_icb=area.icb, recorded_by=keyworker, recorded_at=NOW,
            happened_at=NOW, origin="contact", what="Ask for a room", owner=keyworker, owner_organisation=area.icb,
            due_on=NOW.date(), state=state,
        )  # fmt: skip
