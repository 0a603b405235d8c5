"""What a family tells us becomes work with a clock, and the answer goes back to whoever told it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from alongside.features.people.models import Circumstance, Document, OwnWords, Person, PostedChange
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import rate
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from alongside.overview.models import Duty
from alongside.portal.tests.conftest import (
    last_sent,
    mark_of,
    signed_in,
    tells,
    text_of,
)
from tests.cast import NO_FLOOR, NOW, Area, acting_as


def test_what_a_mother_tells_becomes_work_with_a_clock_and_the_answer_goes_back(
    with_asha: Area, kai: Person, dawn: Client
) -> None:
    tells(dawn, kai)
    with context.as_engine():
        duty = Duty.objects.get(person=kai, doing="answer_told")
    assert duty.what == "Look at what their mother told us"
    assert duty.owner_actor == with_asha.actors["keyworker"]
    # Told on Friday 20 November 2026; two working days end on Tuesday.
    assert duty.due.date() == date(2026, 11, 24)
    asha = signed_in(with_asha.actors["keyworker"])
    opened = asha.get(f"/duties/{duty.pk}/do")
    page = text_of(asha, opened.headers["Location"])
    assert "He is out of school." in page
    asha.post(
        opened.headers["Location"], {"submission": mark_of(page), "answer": "I rang the head. He is back Monday."}
    )
    with context.as_engine():
        assert not Duty.objects.filter(person=kai, doing="answer_told").exists()
    for address in ("", "/change", "/letters"):
        assert "I rang the head." in text_of(dawn, f"/mine/{kai.reference}{address}")


@pytest.mark.parametrize(
    ("looked", "planned", "due"),
    [
        (5, None, 0),
        (0, None, 1),  # A look of today has used up today.
        (5, 3, 0),
        (5, -2, -2),  # What is late stays late.
    ],
)
def test_an_answer_can_make_a_look_at_the_rating_due_today(
    with_asha: Area, kai: Person, dawn: Client, looked: int, planned: int | None, due: int
) -> None:
    asked = NOW - timedelta(days=looked)
    with acting_as(with_asha.actors["coordinator"], asked) as me, recording(by=me, at=asked) as note:
        entry = RegisterEntry.objects.get(person=kai)
        on = None if planned is None else NOW.date() + timedelta(days=planned)
        rate(note, entry=entry, colour="green", because="Calm.", by=me, demanded=NO_FLOOR, review_on=on)
    tells(dawn, kai)
    with context.as_engine():
        number = PostedChange.objects.get().pk
    asha, address = signed_in(with_asha.actors["keyworker"]), f"/people/{kai.reference}/told/{number}"
    asha.post(address, {"submission": mark_of(text_of(asha, address)), "answer": "I rang.", "rate_again": "on"})
    with context.as_engine():
        look = Duty.objects.get(person=kai, rule_key="register_review_green")
    assert look.due.date() == NOW.date() + timedelta(days=due)


def test_whoever_told_us_is_led_to_the_answer_without_a_word_of_what_it_is(
    with_asha: Area, kai: Person, dawn: Client
) -> None:
    tells(dawn, kai)
    with context.as_engine():
        number = PostedChange.objects.get().pk
    asha, address = signed_in(with_asha.actors["keyworker"]), f"/people/{kai.reference}/told/{number}"
    asha.post(address, {"submission": mark_of(text_of(asha, address)), "answer": "I rang the head."})
    assert last_sent("new_message") == {"link": "/mine"}


@pytest.mark.parametrize(("urgent", "due"), [(True, date(2026, 11, 23)), (False, date(2026, 11, 24))])
def test_what_can_not_wait_is_due_a_working_day_earlier(
    with_asha: Area, kai: Person, dawn: Client, urgent: bool, due: date
) -> None:
    tells(dawn, kai, **({"urgent": "on"} if urgent else {}))
    with context.as_engine():
        own = Duty.objects.get(person=kai, doing="answer_told", owner_actor=with_asha.actors["keyworker"])
    assert own.due.date() == due


def test_a_change_on_a_closed_topic_can_be_told_and_is_read_back_by_whoever_told_it(
    with_asha: Area, kai: Person, dawn: Client, kai_himself: Client
) -> None:
    tells(dawn, kai, kind="health", told="He does not sleep.")
    assert "He does not sleep." in text_of(dawn, f"/mine/{kai.reference}/change")
    assert "He does not sleep." not in text_of(kai_himself, f"/mine/{kai.reference}/change")


def test_it_can_not_be_said_that_it_is_not_needed(with_asha: Area, kai: Person, dawn: Client) -> None:
    tells(dawn, kai)
    with context.as_engine():
        duty = Duty.objects.get(person=kai, doing="answer_told")
    answer = signed_in(with_asha.actors["keyworker"]).get(f"/duties/{duty.pk}/not-needed")
    assert answer.status_code == 302 and "/told/" in answer.headers["Location"]


def test_the_database_lets_a_family_write_nothing_but_what_they_tell(
    with_asha: Area, kai: Person, dawn: Client, kai_himself: Client
) -> None:
    with context.as_engine():
        mother, himself = Actor.objects.get(name="Dawn Moss"), Actor.objects.get(name="Kai Moss")
    told = {"kind": "school", "told": "x", "told_as": "Their mother"}
    said, lives = {"words": "x"}, {"kind": "excluded"}
    made = {"kind": "own_picture", "title": "x", "file_name": "x", "media_type": "image/png", "size": 1}
    made |= {"storage_key": "x", "sha256": "x"}
    tries = (
        (mother, PostedChange, told, True),
        (mother, OwnWords, said, False),
        (mother, Circumstance, lives, False),
        (mother, Document, made, True),
        (mother, Document, made | {"topic": Topic.HEALTH}, False),
        (himself, PostedChange, told, True),
        (himself, OwnWords, said, True),
        (himself, Circumstance, lives, False),
    )
    for actor, model, values, lets in tries:
        assert _writes(actor, model, kai, values) == lets, (actor, model)


def _writes(actor: Actor, model: Any, person: Person, values: dict[str, object]) -> bool:
    """Whether a row in their own name is let through by the database itself; what it wrote is undone."""
    topic = Topic.EDUCATION if model is Circumstance else Topic.OWN_WORDS
    own = {"recorded_icb": person.icb, "recorded_by": actor, "recorded_at": NOW, "happened_at": NOW}
    try:
        with transaction.atomic(), acting_as(actor, NOW), context.under_act(uuid4()):
            model.objects.create(**{"person": person, "topic": topic, **own, **values})
            transaction.set_rollback(True)
    except ProgrammingError:
        return False
    return True


def test_a_stranger_reads_nothing_that_was_told(with_asha: Area, saltby: Area, kai: Person, dawn: Client) -> None:
    tells(dawn, kai)
    for actor, reads in ((with_asha.actors["keyworker"], 1), (saltby.actors["coordinator"], 0)):
        with acting_as(actor, NOW):
            assert PostedChange.objects.count() == reads
