"""What was put to somebody goes on in the new area at once, with somebody there; and whoever was asked is let go."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.features.actions.tests.conftest import agreed
from alongside.features.escalation.deciding import decide
from alongside.features.escalation.models import Addressee, Escalation, EscalationStep
from alongside.features.escalation.officers import say_away
from alongside.features.escalation.operations import take_step
from alongside.features.escalation.tests.conftest import QUESTION, about, act, named, raised, whose
from alongside.features.moving.tests.conftest import as_, on, sent, words
from alongside.features.moving.tests.test_the_pack import SAID
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.overview.verify import find_differing
from tests.cast import NOW, Area, acting_as

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]


def open_of(person: Person) -> list[Escalation]:
    with context.as_engine():
        rows = Escalation.objects.filter(person=person, state__in=("open", "returned", "paused"))
        return list(rows.select_related("recorded_icb", "supersedes", "person").order_by("pk"))


def due(person: Person) -> list[Duty]:
    with context.as_engine():
        rows = Duty.objects.filter(person=person, doing="open_escalation", shows_from__lte=clock.now())
        return list(rows.exclude(ends_at__lte=clock.now()).order_by("due", "pk"))


def moved_over(begin: Send, offer: Send, accept: Send) -> None:
    for answer in (begin(), offer(), accept()):
        assert answer.status_code == 302


def test_two_open_questions_go_on_with_the_officer_of_the_new_area(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    before, there = named(northmoor), named(saltby)
    first = raised(northmoor, person, by="manager")
    action = agreed(northmoor, person, by="manager")
    second = raised(northmoor, person, by="manager", level=2, question=about(action))
    moved_over(begin, offer, accept)
    going_on = open_of(person)
    assert [row.supersedes_id for row in going_on] == [first.pk, second.pk]
    assert [(row.recorded_icb_id, row.level, row.what) for row in going_on] == [
        (saltby.icb.pk, 3, first.what), (saltby.icb.pk, 2, second.what),
    ]  # fmt: skip
    for row in going_on:
        has = whose(row, clock.now())
        assert has is not None and has.actor_id == there.actor_id and row.put_at.date() == clock.today()
    assert [duty.owner_actor_id for duty in due(person)] == [there.actor_id, there.actor_id]
    with context.as_engine():
        old = Escalation.objects.get(pk=first.pk)
        assert (old.state, old.recorded_icb_id) == ("moved", northmoor.icb.pk) and whose(old, clock.now()) is None
        assert Message.objects.filter(to_actor=there.actor, kind="escalation.asked").count() == 2
        told = Message.objects.filter(to_actor=before.actor, kind="escalation.moved").values_list("body", flat=True)
        assert len(told) == 2 and all("need not answer" in body for body in told)
    assert [found for _, found in find_differing()] in ([], [[]])


def test_the_new_area_reads_where_it_stands_and_what_happened_before(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    named(northmoor), named(saltby)
    first = raised(northmoor, person, by="manager", because="He is at home since May.")
    moved_over(begin, offer, accept)
    manager, here = as_(saltby.actors["manager"]), f"/people/{person.reference}/escalations"
    page = words(manager.get(here))
    assert QUESTION.what in page and "Taken back" not in page and "Nobody any more" not in page
    one = words(manager.get(f"{here}/{open_of(person)[0].number}"))
    assert "Carried over from another area" in one and "He is at home since May." in one and "runs from that day" in one
    assert "Goes on in another area" in words(manager.get(f"{here}/{first.pk}"))
    officer = as_(saltby.actors["senior_officer"])
    assert QUESTION.what in words(officer.get("/escalations"))
    assert QUESTION.what not in words(as_(northmoor.actors["senior_officer"]).get("/escalations"))


def test_it_is_the_deputys_while_the_officer_is_away_and_the_teams_where_nobody_is_named(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    raised(northmoor, person, by="manager")
    there, deputy = named(saltby), named(saltby, deputy=True, actor=saltby.actors["commissioner"])
    act(saltby, "manager", say_away, officer=there, first=NOW.date(), last=clock.today() + timedelta(days=30))
    moved_over(begin, offer, accept)
    assert [duty.owner_actor_id for duty in due(person)] == [deputy.actor_id]


def test_without_an_officer_there_it_is_the_new_keyworking_teams_and_the_gap_is_due(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    named(northmoor, name="Ros Vane", post="Director", place="Moor Council", reach="ros@example.org")
    raised(northmoor, person, by="manager")
    moved_over(begin, offer, accept)
    assert [duty.owner_team_id for duty in due(person)] == [saltby.teams["keyworking"].pk]
    with context.as_engine():
        assert Duty.objects.filter(subject="officers", icb_id=saltby.icb.pk).count() == 3
        assert Delivery.objects.filter(notice="nothing_more", address="ros@example.org").count() == 1


def test_a_clock_that_stood_still_goes_on_and_a_climbed_level_stays(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    named(northmoor), named(saltby)
    made = raised(northmoor, person, by="manager")
    act(northmoor, "manager", take_step, escalation=made, kind="passed_up", because="Too long")
    act(northmoor, "manager", take_step, escalation=made, kind="paused", because="x", until=date(2026, 12, 20))
    moved_over(begin, offer, accept)
    (row,) = open_of(person)
    assert (row.state, row.level, row.until) == ("open", 4, None)


def test_a_topic_that_is_not_to_be_told_there_is_put_to_nobody_and_not_dropped(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    named(northmoor), named(saltby)
    raised(northmoor, person, by="manager")
    begin()
    typed: Any = (
        sent(**SAID, answer="some") | on("decided_on", clock.today()) | {"without": [str(int(Topic.EDUCATION))]}
    )
    assert as_(northmoor.actors["coordinator"]).post(f"/people/{person.reference}/move/tell", typed).status_code == 302
    offer()
    assert accept().status_code == 302
    (row,) = open_of(person)
    assert row.recorded_icb_id == saltby.icb.pk and whose(row, clock.now()) is None
    (duty,) = due(person)
    assert (duty.owner_team_id, duty.guard) == (saltby.teams["keyworking"].pk, 1)
    with acting_as(saltby.actors["senior_officer"], clock.now()):
        assert not Escalation.objects.all().exists()


def test_what_goes_on_is_decided_there_and_the_family_reads_one_question(
    northmoor: Area, saltby: Area, person: Person, begin: Send, offer: Send, accept: Send
) -> None:
    named(northmoor), named(saltby)
    raised(northmoor, person, by="manager")
    moved_over(begin, offer, accept)
    (row,) = open_of(person)
    done = act(
        saltby, "senior_officer", decide, at=clock.now(), escalation=row, outcome="do", because="There is money.",
        plain="It is done.",
    )  # fmt: skip
    assert done.state == "decided" and open_of(person) == [] and due(person) == []
    with context.as_engine():
        kinds = list(EscalationStep.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))
        assert kinds == ["raised", "moved", "carried_over", "decided"]
        assert not Addressee.objects.filter(person=person, to_at=None).exists()
