"""A meeting on the family's own pages: asked for, answered, planned; nothing to whoever may not know where."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.people.agreement.answers import Decided
from alongside.features.people.models import Person
from alongside.features.reviews.models import PlannedReview
from alongside.features.reviews.organising import agreeing, operations, seats
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.portal.tests.conftest import SEES, ask_in, comes_in, has_relation, last_sent, mark_of, text_of
from tests.cast import NOW, Area, acting_as, add_registered, key_of
from tests.reading_age import reading_age, text_blocks

pytestmark = pytest.mark.django_db
BUDGET = 12
OLDEST = 11.0
#: What never stands on a family's page.
NOT_THEIRS = ("panel", "Panel", "Amber", "Red", "score", "C(E)TR", "Two nights")


def mother(area: Area, kai: Person, *, where: bool = True, **more: object) -> Client:
    knows = (*SEES, Topic.REVIEW, *((Topic.PLACEMENT,) if where else ()))
    ask_in(area, kai, has_relation(area, kai), sees=[str(topic.value) for topic in knows], **more)
    return comes_in(last_sent("invitation")["link"])


def planned(area: Area, kai: Person) -> PlannedReview:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        one = operations.ask_for_review(
            note, person=kai, kind="community", why="Two nights in A&E", asked_by="keyworker", asked_on=NOW.date()
        )
        at = NOW + timedelta(days=20)
        dated = operations.set_day(note, planned=one, starts_at=at, minutes=60, place="Room 2, Town Hall")
        seats.seat_member(note, planned=dated, part="chair", name="Ruth Lee")
    return dated


def test_a_mother_asks_and_reads_the_answer(with_asha: Area, kai: Person) -> None:
    dawn, here = mother(with_asha, kai), f"/mine/{kai.reference}/meetings"
    typed = {"submission": mark_of(text_of(dawn, f"{here}/ask"))}
    assert dawn.post(f"{here}/ask", typed).status_code == 422
    for _ in range(2):
        assert dawn.post(f"{here}/ask", typed | {"why": "He does not sleep"}).status_code == 302
    page = text_of(dawn, f"{here}/ready")
    assert "He does not sleep" in page and "We answer by 27 November 2026" in page
    with context.as_engine():
        one = PlannedReview.objects.get()
        assert one.asked_by == "family"
    with acting_as(with_asha.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        operations.decline(note, planned=one, because="We meet next week anyway.")
    page = text_of(dawn, f"{here}/ready")
    assert "No, not now." in page and "We meet next week anyway." in page and "You can ask again." in page
    with context.as_engine():
        said = Message.objects.get(kind="planned_review.answered")
        assert said.to_actor_id == one.recorded_by_id
        assert "meeting" not in said.subject


@pytest.mark.parametrize(("step", "known", "said"), [
    (operations.cancel, {}, "It does not take place."),
    (operations.say_not_held, {"reason": "chair"}, "It did not take place."),
])  # fmt: skip
def test_a_mother_reads_why_what_she_asked_for_does_not_take_place(
    with_asha: Area, kai: Person, step: Callable[..., Any], known: dict[str, str], said: str
) -> None:
    dawn, here = mother(with_asha, kai), f"/mine/{kai.reference}/meetings"
    typed = {"submission": mark_of(text_of(dawn, f"{here}/ask")), "why": "He does not sleep"}
    dawn.post(f"{here}/ask", typed)
    with context.as_engine():
        one = PlannedReview.objects.select_related("recorded_by").get()
    coordinator = with_asha.actors["coordinator"]
    with acting_as(coordinator) as me, recording(by=me, at=NOW) as note:
        operations.accept(note, planned=one)
    of_staff = {"because": "Dr Bello is on leave, panel fell apart"}
    for nothing in ("", " "):
        with (
            pytest.raises(NotNow, match="one sentence"),
            acting_as(coordinator) as me,
            recording(by=me, at=NOW) as note,
        ):
            step(note, planned=one, family_words=nothing, **of_staff, **known)
    ours = "The doctor is ill. We ask you about another day."
    with acting_as(coordinator) as me, recording(by=me, at=NOW) as note:
        step(note, planned=one, family_words=ours, **of_staff, **known)
    page = text_of(dawn, f"{here}/ready")
    assert said in page and ours in page and "You can ask again." in page
    assert "Dr Bello" not in page
    with context.as_engine():
        assert Message.objects.filter(kind="planned_review.answered", to_actor_id=one.recorded_by_id).count() == 2


def test_staff_are_asked_for_a_sentence_for_the_family_who_asked(with_asha: Area, kai: Person) -> None:
    dawn, here = mother(with_asha, kai), f"/mine/{kai.reference}/meetings"
    typed = {"submission": mark_of(text_of(dawn, f"{here}/ask")), "why": "He does not sleep"}
    dawn.post(f"{here}/ask", typed)
    with context.as_engine():
        asked = PlannedReview.objects.get()
    other = planned(with_asha, kai)
    staff = Client()
    staff.cookies["alongside_key"] = key_of(with_asha.actors["coordinator"], NOW)
    pages = [f"/people/{kai.reference}/reviews/planned/{one.pk}/step/cancelled" for one in (asked, other)]
    theirs, ours = (text_of(staff, page) for page in pages)
    assert "in one sentence for the family" in theirs and "for the family" not in ours
    wrong = staff.post(pages[0], {"submission": mark_of(theirs), "because": "The panel fell apart"})
    assert wrong.status_code == 422 and "The panel fell apart" in wrong.content.decode()


def test_what_is_planned_in_plain_words(with_asha: Area, kai: Person, kai_himself: Client) -> None:
    planned(with_asha, kai)
    address = f"/mine/{kai.reference}/meetings/ready?pictures=yes"
    with CaptureQueriesContext(connection) as asked:
        page = text_of(kai_himself, address)
    assert len(asked) <= BUDGET
    assert "Room 2, Town Hall" in page and "Ruth Lee" in page and "leads the day" in page
    for kept_out in NOT_THEIRS:
        assert kept_out not in page, kept_out
    assert reading_age(text_blocks(page)) <= OLDEST


def test_who_may_not_know_where_reads_no_day_and_no_place(with_asha: Area, kai: Person) -> None:
    planned(with_asha, kai)
    page = text_of(mother(with_asha, kai, where=False), f"/mine/{kai.reference}/meetings/ready")
    assert "Room 2" not in page and "Ruth Lee" not in page


def test_without_reviews_open_to_them_it_is_not_there(with_asha: Area, kai: Person, dawn: Client) -> None:
    for page in ("ready", "ask"):
        assert dawn.get(f"/mine/{kai.reference}/meetings/{page}").status_code == 404


def test_nobody_reads_the_rows_themselves_through_the_family_door(with_asha: Area, kai: Person) -> None:
    planned(with_asha, kai)
    mother(with_asha, kai)
    with context.as_engine():
        from alongside.foundation.accounts.models import Actor

        parent = Actor.objects.get(kind=Actor.Kind.FAMILY)
    with acting_as(parent) as me:
        assert not PlannedReview.objects.exists()
        assert not PlannedReview.objects.visible_to(me).exists()


def says(area: Area, kai: Person, one: PlannedReview, *, family: bool) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        decided = Decided("sixteen", "Kai", NOW.date(), "Page 2 of the planner")
        agreeing.record_agreement(note, planned=one, agrees=True, decided=decided, family=family)


def invited(area: Area, one: PlannedReview) -> None:
    with acting_as(area.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        operations.say_invited(note, planned=one)


def told_of_day() -> list[str]:
    with context.as_engine():
        rows = Message.objects.filter(kind="planned_review.day").select_related("to_actor").order_by("pk")
        return [row.to_actor.name for row in rows if row.to_actor]


def test_from_16_on_family_reads_of_a_meeting_only_where_they_are_wanted(northmoor: Area) -> None:
    ellis, _ = add_registered(northmoor, given_name="Ellis", birth_date=date(2009, 5, 1), at=NOW - timedelta(days=10))
    one, dawn = planned(northmoor, ellis), mother(northmoor, ellis, agreed_how="Ellis said yes at the visit")
    address, file = f"/mine/{ellis.reference}/meetings/ready", f"/mine/{ellis.reference}/meetings/planned/{one.pk}.ics"
    assert "Room 2" not in text_of(dawn, address) and dawn.get(file).status_code == 404
    invited(northmoor, one)
    assert told_of_day() == []
    says(northmoor, ellis, one, family=True)
    assert "Room 2, Town Hall" in text_of(dawn, address) and dawn.get(file).status_code == 200
    says(northmoor, ellis, one, family=False)
    assert "Room 2" not in text_of(dawn, address) and dawn.get(file).status_code == 404


def test_family_of_a_child_reads_of_it(with_asha: Area, kai: Person) -> None:
    one, dawn = planned(with_asha, kai), mother(with_asha, kai)
    assert "Room 2, Town Hall" in text_of(dawn, f"/mine/{kai.reference}/meetings/ready")
    invited(with_asha, one)
    assert told_of_day() == ["Dawn Moss"]


def test_whoever_may_come_is_told_once_of_the_day_and_takes_it_into_a_calendar(
    with_asha: Area, kai: Person, kai_himself: Client
) -> None:
    one = planned(with_asha, kai)
    invited(with_asha, one)
    assert len(told_of_day()) == 1
    said = kai_himself.get(f"/mine/{kai.reference}/meetings/planned/{one.pk}.ics").content.decode()
    assert "BEGIN:VEVENT" in said and "Kai" not in said
    assert kai_himself.get(f"/mine/{kai.reference}/meetings/planned/{one.pk + 1}.ics").status_code == 404


def test_who_may_not_know_where_is_told_of_no_day(with_asha: Area, kai: Person) -> None:
    one = planned(with_asha, kai)
    mother(with_asha, kai, where=False)
    invited(with_asha, one)
    assert told_of_day() == []
