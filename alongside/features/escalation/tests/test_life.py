"""The life of an escalation: put to somebody, asked back, decided; and whose it is all the while."""

from typing import Any

import pytest

from alongside.features.escalation.deciding import decide
from alongside.features.escalation.models import Escalation, Officer
from alongside.features.escalation.operations import take_step
from alongside.features.escalation.tests.conftest import about, act, agreed, named, raised, whose
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.messages.models import Message
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db


def due(person: Person) -> dict[str, Duty]:
    with context.as_engine():
        rows = Duty.objects.filter(person=person, doing__in=("open_escalation", "raise_escalation"))
        return {row.key: row for row in rows.select_related("owner_actor", "owner_team").order_by("due")}


def now_of(row: Any) -> Any:
    with context.as_engine():
        return type(row).objects.get(pk=row.pk)


def test_it_is_put_to_the_officer_who_is_told_and_decides(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    has = whose(made, NOW)
    assert has is not None and has.actor_id == officer.actor_id and has.level == 3
    with context.as_engine():
        assert Message.objects.filter(to_actor=officer.actor, kind="escalation.asked").count() == 1
    first = next(iter(due(kai).values()))
    assert first.owner_actor_id == officer.actor_id and first.what == "Decide: A quiet room at school"
    done: Escalation = act(
        northmoor, "senior_officer", decide, escalation=made, outcome="do", because="The school has the money.",
        plain="The school makes a quiet room by Christmas.",
    )  # fmt: skip
    assert done.state == "decided" and whose(done, NOW) is None and due(kai) == {}
    with context.as_engine():
        assert Message.objects.filter(to_actor=northmoor.actors["keyworker"], kind="escalation.decided").exists()
    assert [found for _, found in find_differing()] in ([], [[]])


def test_an_officer_reads_this_question_and_no_record(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    with acting_as(northmoor.actors["senior_officer"]) as me:
        assert [row.pk for row in Escalation.objects.visible_to(me)] == [made.pk]
        assert [row.pk for row in Escalation.objects.all()] == [made.pk]
        assert not Person.objects.all().exists()
    with acting_as(northmoor.actors["governance"]):
        assert not Escalation.objects.all().exists()


def test_what_it_is_about_follows_the_decision(northmoor: Area, kai: Person, officer: Officer) -> None:
    action = agreed(northmoor, kai)
    act(northmoor, "keyworker", _block, action=action)
    made = raised(northmoor, kai, question=about(action))
    act(
        northmoor, "senior_officer", decide, escalation=made, outcome="do", because="Yes", plain="It will be done.",
        new_day=action.due_on.replace(day=20),
    )  # fmt: skip
    stands = now_of(action)
    assert stands.state == "accepted" and stands.due_on.day == 20


def test_a_no_ends_what_it_is_about(northmoor: Area, kai: Person, officer: Officer) -> None:
    action = agreed(northmoor, kai)
    made = raised(northmoor, kai, question=about(action))
    act(northmoor, "senior_officer", decide, escalation=made, outcome="not", because="No", plain="There is no room.")
    stands = now_of(action)
    assert stands.state == "not_done" and "There is no room" in stands.because


def test_the_same_thing_is_escalated_once(northmoor: Area, kai: Person, officer: Officer) -> None:
    action = agreed(northmoor, kai)
    raised(northmoor, kai, question=about(action))
    with pytest.raises(NotNow, match="escalated already"):
        raised(northmoor, kai, question=about(action))


def test_nobody_decides_but_whoever_is_asked(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    words = {"outcome": "do", "because": "x", "plain": "x"}
    with pytest.raises(Refused):
        act(northmoor, "keyworker", decide, escalation=made, **words)
    with pytest.raises(Refused):
        act(northmoor, "regional", decide, escalation=made, **words)


def test_a_question_back_stops_the_clock_and_its_answer_starts_it(
    northmoor: Area, kai: Person, officer: Officer
) -> None:
    made = raised(northmoor, kai)
    before = whose(made, NOW)
    act(northmoor, "senior_officer", take_step, escalation=made, kind="returned", because="Who owns the room?")
    keys = due(kai)
    assert any(":question:" in key for key in keys)
    during = whose(made, NOW)
    assert before and during and during.due_on > before.due_on
    act(northmoor, "keyworker", take_step, escalation=made, kind="answered", because="The school does.")
    after = whose(made, NOW)
    assert now_of(made).state == "open" and after and after.due_on == before.due_on


def test_two_at_once_the_second_is_told(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    act(northmoor, "senior_officer", take_step, escalation=made, kind="acknowledged", seen=1)
    with pytest.raises(NotNow, match="while you were writing"):
        act(northmoor, "keyworker", take_step, escalation=made, kind="withdrawn", because="x", seen=1)


def test_passing_up_goes_a_level_above(northmoor: Area, kai: Person, officer: Officer) -> None:
    head = named(northmoor, level=2, name="Mo Dale", post="Head of SEND", place="Moor Council", reach="mo@example.org")
    made = raised(northmoor, kai, level=2)
    has = whose(made, NOW)
    assert has and has.officer_id == head.pk
    act(northmoor, "manager", take_step, escalation=made, kind="passed_up", because="Not theirs to decide.")
    has = whose(made, NOW)
    assert has and has.level == 3 and has.officer_id == officer.pk


def _block(note: object, *, by: object, action: object) -> None:
    from alongside.features.actions.operations import take_step as step

    step(note, action=action, kind="blocked", by=by, because="No money", waits_for="money", who_decides="Panel")  # type: ignore[arg-type]
