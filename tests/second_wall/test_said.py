"""What somebody said, promised or agreed is not rewritten by hand: only how it goes on, and of what is over nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.keyworking.contacts.operations import (
    call_off,
    note_promise,
    plan_appointment,
    set_out_of_hours,
    step_promise,
)
from alongside.features.people.models import Person
from alongside.features.plans.models import PlanProposal
from alongside.features.plans.operations import end_goal, return_plan, set_goal
from alongside.features.plans.tests.conftest import send, write
from alongside.foundation.access.me import Me
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as
from tests.second_wall.asking import by_hand, insert, refused, run
from tests.second_wall.test_keyworking import with_keyworker

LATER = NOW + timedelta(days=3)
STAYS = "stays as it was said"


def does(area: Area, deed: Callable[[Notes, Me], Any], role: str = "manager") -> Any:
    with acting_as(area.actors[role]) as me, recording(by=me, at=NOW) as note:
        return deed(note, me)


def promised(area: Area, person: Person) -> tuple[str, Any, Callable[[Notes, Me], Any]]:
    row = does(area, lambda note, me: note_promise(note, person=person, who="A", what="x", by_date=date(2026, 12, 1)))
    return "keyworking_promise", row, lambda note, me: step_promise(note, promise=row, kind="kept")


def planned(area: Area, person: Person) -> tuple[str, Any, Callable[[Notes, Me], Any]]:
    row = does(
        area,
        lambda note, me: plan_appointment(
            note, person=person, worker_id=area.actors["keyworker"].pk, way="visit", starts_at=LATER
        ),
    )
    return "keyworking_appointment", row, lambda note, me: call_off(note, appointment=row, because="Ill")


def wanted(area: Area, person: Person) -> tuple[str, Any, Callable[[Notes, Me], Any]]:
    row = does(area, lambda note, me: set_goal(note, person=person, voice="young_person", name="Kai", what="x"))
    return "plans_goal", row, lambda note, me: end_goal(note, goal=row, how="left", on=NOW.date())


def sent(area: Area, person: Person) -> tuple[str, Any, Callable[[Notes, Me], Any]]:
    write(area, person, "strengths", "Draws maps")
    send(area, person)
    with acting_as(area.actors["manager"]):
        row = PlanProposal.objects.get()
    return "plans_planproposal", row, lambda note, me: return_plan(note, proposal=row, because="Short", by=me)


_DAY = "by_date = by_date + 1"
#: How a row is made and closed; what may not be rewritten; what may be changed until it is closed; what opens it again.
ROWS: dict[str, tuple[Any, str, str, str]] = {
    "promise": (promised, "what = 'y'", _DAY, "closed_at = null, closed_as = ''"),
    "who promised": (promised, "who = 'B'", _DAY, _DAY),
    "appointment": (planned, "with_whom = 'B'", "starts_at = starts_at + interval '1 day'", "called_off_at = null"),
    "goal": (wanted, "what = 'y'", "ended_how = ''", "ended_on = null, ended_how = ''"),
    "plan that was sent": (sent, "parts = '{}'", "decided_because = ''", "decided_because = 'No'"),
    "day of the plan": (sent, "review_on = review_on + 300", "decided_because = ''", "decided_because = 'No'"),
}


@pytest.mark.parametrize(("made", "rewritten", "goes_on", "reopens"), ROWS.values(), ids=ROWS)
def test_what_was_said_stays_and_once_it_is_over_nothing_changes(
    northmoor: Area, made: Any, rewritten: str, goes_on: str, reopens: str
) -> None:
    person = with_keyworker(northmoor)
    table, row, closes = made(northmoor, person)
    with by_hand(northmoor.actors["manager"]):
        with refused(STAYS):
            run(f"update {table} set {rewritten} where id = %s", row.pk)
        assert run(f"update {table} set {goes_on} where id = %s", row.pk) == 1
    does(northmoor, closes)
    with by_hand(northmoor.actors["manager"]):
        for change in (rewritten, reopens):
            with refused(STAYS):
                run(f"update {table} set {change} where id = %s", row.pk)


def test_who_to_ring_and_who_walks_alongside_end_and_are_not_rewritten(northmoor: Area) -> None:
    person = with_keyworker(northmoor)
    does(northmoor, lambda note, me: set_out_of_hours(note, person=person, who="Duty desk", phone="0700"))
    with by_hand(northmoor.actors["manager"]):
        for change in (
            "keyworking_outofhours set phone = '1'",
            f"keyworking_allocation set worker_id = {northmoor.actors['manager'].pk}",
            "keyworking_allocation set from_date = from_date - 9",
        ):
            with refused(STAYS):
                run(f"update {change}")
        assert run("update keyworking_outofhours set to_date = current_date") == 1


def agreed(area: Area, person: Person) -> Action:
    def deed(note: Notes, me: Me) -> Action:
        own = NewOwner(organisation=area.icb, actor=area.actors["keyworker"])
        return agree_action(
            note, by=me, person=person, topic=Topic.EDUCATION, what="x", owner=own, due_on=date(2026, 12, 4),
            origin="contact",
        )  # fmt: skip

    return does(area, deed, "keyworker")


def correction_of(action: Action, me: Me, **changes: Any) -> dict[str, Any]:
    """The row of a correction, as whoever writes by hand would make it."""
    fields = [field for field in Action._meta.concrete_fields if field.name != "id"]
    same: dict[str, Any] = {str(field.column): getattr(action, field.attname) for field in fields}
    own = {"supersedes_id": action.pk, "root_id": action.pk, "version": action.version + 1}
    return same | own | {"recorded_by_id": me.id, "what": "y"} | changes


CHANGES: dict[str, dict[str, Any]] = {
    "another topic": {"topic": 6},
    "another day": {"due_on": date(2027, 6, 1)},
    "another state": {"state": "proposed"},
    "another beginning": {"happened_at": NOW - timedelta(days=90)},
    "an old version": {"version": 1},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_putting_an_action_right_by_hand_changes_its_words_and_nothing_else(
    northmoor: Area, change: dict[str, Any]
) -> None:
    action = agreed(northmoor, with_keyworker(northmoor))
    with by_hand(northmoor.actors["keyworker"]) as me:
        with refused():
            insert("actions_action", **correction_of(action, me, **change))
        assert insert("actions_action", **correction_of(action, me)) == 1


def test_nobody_accepts_for_another_by_hand_and_what_is_over_is_not_put_right(northmoor: Area) -> None:
    person = with_keyworker(northmoor)
    action = agreed(northmoor, person)
    with by_hand(northmoor.actors["keyworker"]) as me:
        new = correction_of(action, me, supersedes_id=None, root_id=None)
        with refused():
            insert("actions_action", **new | {"owner_id": northmoor.actors["manager"].pk})
        assert insert("actions_action", **new) == 1
    does(
        northmoor,
        lambda note, me: take_step(note, action=action, kind="given_up", by=me, because="No need"),
        "keyworker",
    )
    with acting_as(northmoor.actors["keyworker"]):
        action.refresh_from_db()
    with by_hand(northmoor.actors["keyworker"]) as me, refused():
        insert("actions_action", **correction_of(action, me))
