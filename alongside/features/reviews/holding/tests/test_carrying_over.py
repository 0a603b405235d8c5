"""What was recommended before is accounted for first: in the code, in the database, and in the ledger."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.people.models import Person
from alongside.features.reviews.holding.carrying import account_for
from alongside.features.reviews.holding.operations import begin_review
from alongside.features.reviews.holding.tests.conftest import BEFORE, LATER, does, held, recommended, written
from alongside.features.reviews.models import CarriedOver, Review, WriteUp
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db


def carried(review: Review) -> list[CarriedOver]:
    with context.as_engine():
        return list(CarriedOver.objects.filter(review=review).order_by("pk"))


def account(area: Area, row: CarriedOver, answer: str, because: str = "The ward told the panel") -> None:
    does(area, "coordinator", account_for, carried=row, answer=answer, because=because)


def now_of(action: Action) -> Action:
    with context.as_engine():
        return Action.objects.get(pk=action.pk)


def test_a_held_review_that_is_a_cetr_is_written_up_and_no_other(northmoor: Area, ellis: Person) -> None:
    for kind in Review.Kind.values:
        held(northmoor, ellis, kind=kind)
    with context.as_engine():
        kinds = set(WriteUp.objects.values_list("review__kind", flat=True))
    assert kinds == {"community", "post_admission", "inpatient", "post_discharge", "independent"}


def test_a_review_to_come_is_not_held(northmoor: Area, ellis: Person) -> None:
    with pytest.raises(NotNow, match="future"):
        does(northmoor, "coordinator", begin_review, person=ellis, kind="community", held_at=NOW + timedelta(hours=1))


def test_a_first_review_has_nothing_to_account_for(northmoor: Area, ellis: Person) -> None:
    review = held(northmoor, ellis)
    assert carried(review) == []
    assert recommended(northmoor, review).origin_id == review.pk


def test_nothing_new_is_recommended_before_each_earlier_one_is_accounted_for(northmoor: Area, ellis: Person) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    for what in ("Sensory assessment", "A quiet room"):
        recommended(northmoor, first, what, at=BEFORE)
    second = held(northmoor, ellis)
    rows = carried(second)
    assert [row.what for row in rows] == ["Sensory assessment", "A quiet room"]
    account(northmoor, rows[0], "done")
    with pytest.raises(NotNow, match="Say what became of each"):
        recommended(northmoor, second, "Something new")
    account(northmoor, rows[1], "not_done")
    assert recommended(northmoor, second, "Something new").times == 1


def test_the_database_refuses_the_same(northmoor: Area, ellis: Person) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    recommended(northmoor, first, at=BEFORE)
    second = held(northmoor, ellis)
    owner = NewOwner(organisation=northmoor.icb, actor=northmoor.actors["commissioner"])
    known: dict[str, Any] = {
        "person": ellis, "topic": Topic.REVIEW, "what": "New", "owner": owner, "due_on": LATER, "origin": "review",
        "origin_id": second.pk,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="accounted for first"):
        does(northmoor, "coordinator", agree_action, how_known="Seen", **known)
    account(northmoor, carried(second)[0], "partly")
    with pytest.raises(IntegrityError, match="how we will know"):
        does(northmoor, "coordinator", agree_action, how_known=" ", **known)
    does(northmoor, "coordinator", agree_action, how_known="Seen", **known)


def test_what_ended_since_the_last_review_is_accounted_for_and_what_ended_before_is_not(
    northmoor: Area, ellis: Person
) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    old, new = recommended(northmoor, first, "Old", at=BEFORE), recommended(northmoor, first, "New", at=BEFORE)
    _given_up(northmoor, old, days=10)
    second = held(northmoor, ellis, at=BEFORE + timedelta(days=30))
    assert [row.what for row in carried(second)] == ["Old", "New"]
    for row in carried(second):
        account(northmoor, row, "not_right" if row.what == "Old" else "partly")
    _given_up(northmoor, new, days=40)
    third = held(northmoor, ellis)
    assert [row.what for row in carried(third)] == ["New"]


def _given_up(area: Area, action: Action, *, days: int) -> None:
    at = BEFORE + timedelta(days=days)
    does(area, "coordinator", take_step, at=at, action=now_of(action), kind="given_up", because="It is not needed")


def test_the_ledger_follows_what_the_panel_found(northmoor: Area, ellis: Person) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    answers = ("done", "partly", "not_done", "not_right")
    actions = {what: recommended(northmoor, first, what, at=BEFORE) for what in answers}
    second = held(northmoor, ellis)
    for row in carried(second):
        account(northmoor, row, row.what)
    assert {what: now_of(one).state for what, one in actions.items()} == {
        "done": "done", "partly": "proposed", "not_done": "proposed", "not_right": "not_done",
    }  # fmt: skip
    with context.as_engine():
        said = ActionStep.objects.get(action=actions["done"], kind="said_done")
    assert said.evidence == "The review found: The ward told the panel"


def test_it_says_how_it_is_known(northmoor: Area, ellis: Person) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    recommended(northmoor, first, at=BEFORE)
    with pytest.raises(NotNow, match="how you know"):
        account(northmoor, carried(held(northmoor, ellis))[0], "done", " ")


def test_the_same_again_is_counted_said_and_replaces_the_earlier_one(northmoor: Area, ellis: Person) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    funding = recommended(northmoor, first, "Decide on the home package", at=BEFORE)
    second = held(northmoor, ellis)
    account(northmoor, carried(second)[0], "not_done")
    again = recommended(northmoor, second, funding.what, repeats=now_of(funding))
    assert (again.times, now_of(funding).state) == (2, "superseded")
    assert carried(second)[0].again_number == again.number
    with context.as_engine():
        event = Event.objects.get(code="review.recommended_again")
    assert (event.subject, event.subject_id, event.detail["times"]) == ("action", again.number, 2)
    with pytest.raises(NotNow, match="recommended again already"):
        account(northmoor, carried(second)[0], "done")


def test_whoever_reads_not_on_a_topic_cannot_account_for_it(northmoor: Area, ellis: Person) -> None:
    first = held(northmoor, ellis, at=BEFORE)
    recommended(northmoor, first, "A talk about safety", at=BEFORE, topic=Topic.SAFEGUARDING)
    second = held(northmoor, ellis)
    with acting_as(northmoor.actors["commissioner"]) as me:
        assert list(CarriedOver.objects.visible_to(me).filter(review=second)) == []
        assert list(CarriedOver.objects.filter(review=second)) == [], "nor in SQL"
    with acting_as(northmoor.actors["coordinator"]) as me:
        assert CarriedOver.objects.visible_to(me).filter(review=second).count() == 1


WORDS = st.sampled_from(["", " ", "Sensory assessment"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(what=WORDS, how=WORDS, name=st.sampled_from(["", " ", "Dr Ode"]), place=st.sampled_from(["", " ", "Willow"]),
       days=st.integers(-3, 3))  # fmt: skip
def test_no_recommendation_without_what_person_organisation_day_and_proof(
    northmoor: Area, ellis: Person, what: str, how: str, name: str, place: str, days: int
) -> None:
    with context.as_engine():
        review = Review.objects.filter(person=ellis).first()
    review = review or held(northmoor, ellis)
    is_whole = all(one.strip() for one in (what, how, name, place)) and days >= 0
    given_: dict[str, Any] = {
        "what": what, "how_known": how, "owner": NewOwner(organisation=None, name=name, place=place),
        "due_on": NOW.date() + timedelta(days=days),
    }  # fmt: skip
    if is_whole:
        made = recommended(northmoor, review, **given_)
        assert made.owner.name and made.place_name and made.due_on and made.how_known
        return
    with pytest.raises(NotNow), acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW):
        recommended(northmoor, review, **given_)


def test_the_write_up_keeps_the_lines_that_it_began_with(northmoor: Area, ellis: Person) -> None:
    assert written(northmoor, held(northmoor, ellis)).which == "child_community"
    assert written(northmoor, held(northmoor, ellis, kind="inpatient")).which == "child_inpatient"
