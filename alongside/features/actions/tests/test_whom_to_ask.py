"""Whom somebody can ask: the person's own school, one that is not known here, and whoever the owner named as better."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.features.actions.forms import UNKNOWN, find_organisation
from alongside.features.actions.models import Action
from alongside.features.actions.operations import take_step
from alongside.features.actions.tests.conftest import agreed, senco
from alongside.features.actions.tests.test_pages import a_day, browser, send, text_of
from alongside.features.people.models import Belonging, Person
from alongside.features.people.operations import record_fact
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


def asks(area: Area, kai: Person, **given: Any) -> Any:
    typed = {
        "what": "Keep a place for him", "how_known": "He has one", "topic": Topic.EDUCATION.value,
        "origin": "contact", "owner": "other",
        "name": "Jo Lee", "post": "SENCO",
    } | a_day("due_on", 4, 12, 2026) | given  # fmt: skip
    return send(browser(area, "keyworker"), f"/people/{kai.reference}/actions/new", **typed)


def newest() -> Action:
    with context.as_engine():
        return Action.objects.select_related("owner", "owner_organisation").latest("id")


def test_their_own_school_is_offered_by_the_name_in_the_record(northmoor: Area, kai: Person) -> None:
    with acting_as(northmoor.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        record_fact(
            note, Belonging, person=kai, topic=Topic.EDUCATION, words="School.", kind="school", name="Netherby High"
        )
    assert "Netherby High" in text_of(browser(northmoor, "keyworker"), f"/people/{kai.reference}/actions/new")
    assert asks(northmoor, kai, around="Netherby High").status_code == 302
    made = newest()
    assert (made.owner.name, made.place_name) == ("Jo Lee", "Netherby High")


def test_one_that_is_not_known_stays_the_words_of_its_action_and_nobody_else_finds_it(
    northmoor: Area, kai: Person
) -> None:
    answer = asks(northmoor, kai, organisation="Quiet Steps")
    assert answer.status_code == 422 and "No organisation has this name" in answer.content.decode()
    for _ in range(2):
        assert asks(northmoor, kai, organisation="Quiet Steps", as_typed="on").status_code == 302
    assert (newest().place_name, newest().owner_organisation) == ("Quiet Steps", None)
    assert find_organisation("Quiet") == (None, UNKNOWN)
    page = text_of(browser(northmoor, "keyworker"), f"/people/{kai.reference}/actions")
    assert "Quiet Steps" in page, "whoever reads the action reads where its owner works"
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        added = Organisation.objects.create(kind="other", name="Quiet Steps", invented=True)
        note("organisation.added", words="An organisation was added.")
    assert asks(northmoor, kai, organisation="quiet steps").status_code == 302
    assert newest().owner_organisation == added, "once it is added, what is typed finds it"


@pytest.mark.parametrize(("kind", "better"), [("somebody", True), ("refused", False)])
def test_whoever_was_named_as_better_is_shown_and_filled_in(
    northmoor: Area, kai: Person, hillcrest: Organisation, kind: str, better: bool
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest))
    with recording(by=action.owner, at=NOW) as note:
        take_step(note, action=action, kind=kind, by=action.owner, because="Jill Ward, jill@example.org")
    keyworker, here = browser(northmoor, "keyworker"), f"/people/{kai.reference}/actions"
    assert ("They named somebody better: Jill Ward" in text_of(keyworker, here)) is better
    assert ("The owner said no" in text_of(keyworker, here)) is not better
    form = keyworker.get(f"{here}/{action.number}/handed").content.decode()
    assert ('value="Jill Ward"' in form and 'value="jill@example.org"' in form) is better
