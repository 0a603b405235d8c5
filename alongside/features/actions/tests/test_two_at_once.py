"""Two people at the same action at the same moment, each in a connection of their own: the second is told."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from alongside.features.actions.handing_over import pass_on_actions
from alongside.features.actions.models import Action
from alongside.features.actions.operations import correct_action, take_step
from alongside.features.actions.tests.conftest import agreed, another_keyworker
from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes, recording
from tests.cast import NOW, Area, acting_as, add_registered, make_area
from tests.plugin import as_owner, drop_database, template

Deed = Callable[[Notes, Me, Action], Any]
NAME = "test_two_at_once"


@pytest.fixture
def alone(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of this test's own, in which what one connection keeps is seen by another."""
    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with as_owner() as owner:
            owner.execute(f'drop database if exists "{NAME}"')
            owner.execute(f'create database "{NAME}" template "{template()}"')
        connection.close()
        connection.settings_dict["NAME"] = NAME
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            drop_database(NAME)


def known() -> tuple[Area, Person, Action]:
    area = make_area("XNM", "NHS Northmoor ICB")
    person, _ = add_registered(area)
    with acting_as(area.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=person, worker=area.actors["keyworker"], from_date=NOW.date())
    return area, person, agreed(area, person)


def waits_for_a_lock() -> bool:
    with as_owner(NAME) as owner:
        found = owner.execute(
            "select 1 from pg_stat_activity where datname = %s and wait_event_type = 'Lock'", [NAME]
        ).fetchone()
    return found is not None


def at_once(action: Action, first: tuple[Actor, Deed], second: tuple[Actor, Deed]) -> list[str]:
    """What each is told, '' for nothing: the second begins while the first has not saved yet."""
    told, done, may_save = ["", ""], threading.Event(), threading.Event()

    def act(place: int, actor: Actor, deed: Deed, wait: bool) -> None:
        try:
            with acting_as(actor) as me, recording(by=me, at=NOW) as note:
                deed(note, me, action)
                if wait:
                    done.set()
                    may_save.wait(30)
        except NotNow as problem:
            told[place] = problem.code
        finally:
            done.set()
            connection.close()

    threads = [
        threading.Thread(target=act, args=(0, *first, True)),
        threading.Thread(target=act, args=(1, *second, False)),
    ]
    threads[0].start()
    done.wait(30)
    threads[1].start()
    for _ in range(300):
        if waits_for_a_lock() or not threads[1].is_alive():
            break
        time.sleep(0.05)
    may_save.set()
    for thread in threads:
        thread.join(60)
    return told


def corrects(note: Notes, me: Me, action: Action) -> None:
    correct_action(note, action=action, by=me, what="Ask for a dark room", seen=action.version)


def is_stuck(note: Notes, me: Me, action: Action) -> None:
    take_step(note, action=action, kind="blocked", by=me, because="Panel", waits_for="decision", seen=action.version)


def hands_over(to: Actor) -> Deed:
    def deed(note: Notes, me: Me, action: Action) -> None:
        with context.as_engine():
            pass_on_actions(note, [action.pk], to)

    return deed


def test_a_step_and_a_correction_at_once_and_the_second_is_told(alone: None) -> None:
    area, _, action = known()
    asha, manager = area.actors["keyworker"], area.actors["manager"]
    assert at_once(action, (asha, corrects), (manager, is_stuck)) == ["", "changed_since"]
    with context.as_engine():
        now = Action.objects.get(superseded_by=None)
        assert (now.what, now.state) == ("Ask for a dark room", "accepted")
    assert at_once(now, (manager, is_stuck), (asha, corrects)) == ["", "changed_since"]
    with context.as_engine():
        now = Action.objects.get(superseded_by=None)
        assert (now.what, now.state) == ("Ask for a dark room", "blocked")


def test_an_action_that_is_put_right_while_it_is_handed_over_goes_along(alone: None) -> None:
    area, _, action = known()
    ben = another_keyworker(area)
    told = at_once(action, (area.actors["keyworker"], corrects), (area.actors["manager"], hands_over(ben)))
    assert told == ["", ""]
    with context.as_engine():
        now = Action.objects.get(superseded_by=None)
        assert (now.what, now.owner) == ("Ask for a dark room", ben)
