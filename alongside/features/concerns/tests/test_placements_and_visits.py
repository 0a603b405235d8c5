"""Notice on a placement counts down, refusals are data, and whoever lives in a placement is visited there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from alongside.features.concerns.models import PlacementSearch, QualityVisit
from alongside.features.concerns.placements import operations
from alongside.features.concerns.tests.conftest import TODAY, does, due, given, signed_in
from alongside.features.concerns.visits.operations import record_quality_visit
from alongside.features.people.models import Circumstance, LifeEvent, Person
from alongside.features.people.operations import record_fact
from alongside.features.register.models import Rating
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as

VISIT: dict[str, Any] = {
    "place": "Ash House", "visited_on": TODAY, "visitors": "Ben Okafor", "announced": "no", "seen_alone": "yes",
    "environment": "Quiet, a room of his own", "health": "No medicine to calm him",
}  # fmt: skip


def _written_down(ben: Actor, kai: Person) -> LifeEvent:
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        return record_fact(
            note, LifeEvent, person=kai, topic=Topic.PLACEMENT, words="Notice on a placement.",
            kind="placement_notice", source="Ash House",
        )  # fmt: skip


def test_a_notice_proposes_red_once_and_says_until_when(kai: Person, ben: Actor) -> None:
    notice = given(ben, kai)
    with context.as_engine():
        assert LifeEvent.objects.get(person=kai).pk == notice.life_event_id
        assert [one.colour for one in Rating.objects.filter(person=kai, standing="proposed")] == ["red"]
    found = due(kai, "placement_found")
    assert found and found.due.date() == date(2026, 12, 18) and due(kai, "notice_followed") is None


def test_a_notice_that_was_written_down_before_is_followed_and_not_written_again(kai: Person, ben: Actor) -> None:
    event = _written_down(ben, kai)
    duty = due(kai, "notice_followed")
    assert duty and duty.doing == "follow_notice"
    answer = signed_in(ben).get(f"/duties/{duty.pk}/do")
    assert answer["Location"] == f"/people/{kai.reference}/placements/new?event={event.pk}"
    given(ben, kai, event=event)
    with context.as_engine():
        assert LifeEvent.objects.filter(person=kai).count() == 1
        assert Rating.objects.filter(person=kai, standing="proposed").count() == 1
    assert due(kai, "notice_followed") is None


def test_refusals_are_kept_with_their_reason_and_counted(northmoor: Area, kai: Person, ben: Actor) -> None:
    notice = given(ben, kai)
    does(ben, operations.ask_place, notice=notice, place="Elm Lodge", asked_on=TODAY, miles=12, cost=4200)
    with context.as_engine():
        search = PlacementSearch.objects.get()
    with pytest.raises(NotNow):
        does(ben, operations.answer_of_place, notice=notice, search=search, answer="no", answered_on=TODAY)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(NotNow):
            does(ben, operations.answer_of_place, notice=notice, search=search, answer="yes", answered_on=day)
    does(ben, operations.answer_of_place, notice=notice, search=search, answer="no", answered_on=TODAY, because="full")
    page = signed_in(ben).get(f"/people/{kai.reference}/placements/{notice.number}").content.decode()
    assert "Places that were asked: 1, 1 said no" in page and "12 miles" in page and "£4,200 a week" in page
    page = signed_in(northmoor.actors["commissioner"]).get("/concerns?show=notices").content.decode()
    assert "no room: 1" in page and "1, 1 said no" in page
    with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
        PlacementSearch.objects.update(because="", said="")


def test_the_last_day_can_move_and_needs_a_plan(kai: Person, ben: Actor) -> None:
    notice = given(ben, kai)
    assert due(kai, "placement_last_day")
    later = date(2027, 1, 8)
    does(ben, operations.plan_last_day, notice=notice, last_day_plan="His aunt, with support", ends_on=later)
    found = due(kai, "placement_found")
    assert found and found.due.date() == later and due(kai, "placement_last_day") is None
    with pytest.raises(NotNow):
        does(ben, operations.plan_last_day, notice=notice, last_day_plan="x", ends_on=TODAY - timedelta(days=1))


def test_it_is_over_when_they_live_somewhere(kai: Person, ben: Actor) -> None:
    notice = given(ben, kai)
    with pytest.raises(NotNow):
        does(ben, operations.end_notice, notice=notice, outcome="moved", words="Moved")
    over = does(ben, operations.end_notice, notice=notice, outcome="moved", words="Moved", new_place="Elm Lodge")
    assert over.closed_at == NOW and due(kai, "placement") is None


def test_a_visit_moves_the_next_one(kai: Person, ben: Actor) -> None:
    with acting_as(ben) as me, recording(by=me, at=NOW) as note:
        record_fact(note, Circumstance, person=kai, topic=Topic.PLACEMENT, words="52 weeks.", kind="residential_52",
                    from_date=TODAY)  # fmt: skip
    first = due(kai, "quality_visit")
    assert first and first.due.date() == date(2027, 5, 20) and first.doing == "record_quality_visit"
    does(ben, record_quality_visit, person=kai, again_on=date(2027, 1, 4), **VISIT)
    again = due(kai, "quality_visit")
    assert again and again.due.date() == date(2027, 1, 4)


def test_whoever_was_not_seen_alone_has_a_reason(kai: Person, ben: Actor) -> None:
    with pytest.raises(NotNow):
        does(ben, record_quality_visit, person=kai, **VISIT | {"seen_alone": "no"})
    visit = does(ben, record_quality_visit, person=kai, **VISIT | {"seen_alone": "no", "not_alone_because": "He slept"})
    page = signed_in(ben).get(f"/people/{kai.reference}/visits/{visit.pk}").content.decode()
    assert "They were not seen alone" in page and "He slept" in page
    with context.as_engine(), pytest.raises(IntegrityError), transaction.atomic():
        QualityVisit.objects.update(not_alone_because="")
