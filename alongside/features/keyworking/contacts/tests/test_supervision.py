"""Supervision is read by the two who held it; the next one is due; nobody else in the area reads a word."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.features.keyworking.contacts.tests.conftest import on, signed_in
from alongside.features.keyworking.models import Supervision
from alongside.features.keyworking.tests.conftest import hire
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, User
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import NOW, Area, acting_as

TODAY = NOW.date()


def held(area: Area, worker: Actor, **more: Any) -> int:
    sent = {"agreed": "Fewer reds", "wellbeing_asked": "yes", "wellbeing": "Tired", "submission": new_token()}
    sent |= on("held_on", TODAY) | on("next_on", TODAY + timedelta(days=42)) | more
    return signed_in(area.actors["manager"]).post(f"/supervision/{worker.pk}/hold", sent).status_code


def due() -> list[Duty]:
    with context.as_engine():
        return list(Duty.objects.filter(subject="supervision"))


def test_the_next_one_is_due_on_the_day_agreed_and_follows_the_latest(northmoor: Area, kai: Person, ben: Actor) -> None:
    manager = northmoor.actors["manager"]
    form = signed_in(manager).get(f"/supervision/{ben.pk}/hold").content.decode()
    assert "Kai Moss" in form and "every 6 weeks" in form and "local default" in form
    assert held(northmoor, ben, people=[str(kai.pk)]) == 302
    (duty,) = due()
    assert duty.owner_actor == manager and duty.due.date() == TODAY + timedelta(days=42)
    assert "Ben" not in duty.what + duty.because and "Tired" not in duty.because
    goes = signed_in(manager).get(f"/duties/{duty.pk}/do", follow=True)
    assert goes.redirect_chain[-1][0] == f"/supervision/{ben.pk}/hold" and b"Fewer reds" in goes.content
    assert held(northmoor, ben, agreed="More rest", **on("next_on", TODAY + timedelta(days=7))) == 302
    (duty,) = due()
    assert duty.due.date() == TODAY + timedelta(days=7)


def test_only_the_two_read_it(northmoor: Area, kai: Person, ben: Actor) -> None:
    held(northmoor, ben, people=[str(kai.pk)])
    other = hire(northmoor, "Second Manager", role="manager")
    asha = hire(northmoor, "Asha Patel")
    for actor, reads in (
        (northmoor.actors["manager"], True),
        (ben, True),
        (other, False),
        (asha, False),
        (northmoor.actors["coordinator"], False),
    ):
        with acting_as(actor):
            assert Supervision.objects.exists() is reads, actor.name
    assert "Tired" in signed_in(ben).get("/supervision").content.decode()
    assert "Tired" not in signed_in(other).get("/supervision").content.decode()
    assert "None by you yet" in signed_in(other).get("/supervision").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"agreed": ""}, "Enter what you agreed"),
        ({"wellbeing_asked": ""}, "Select whether you asked how they are"),
        (on("held_on", TODAY + timedelta(days=1)), "must be today or in the past"),
        (on("next_on", TODAY), "The next one must be on a later day"),
    ],
)
def test_bad_input_gets_a_sentence(northmoor: Area, ben: Actor, wrong: dict[str, Any], sentence: str) -> None:
    sent = {"agreed": "A", "wellbeing_asked": "no", "submission": new_token(), **on("held_on", TODAY)}
    sent |= on("next_on", TODAY + timedelta(days=42)) | wrong
    answer = signed_in(northmoor.actors["manager"]).post(f"/supervision/{ben.pk}/hold", sent)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert due() == []


@pytest.mark.parametrize(("role", "status"), [("keyworker", 403), ("coordinator", 403)])
def test_only_a_manager_writes_it(northmoor: Area, ben: Actor, role: str, status: int) -> None:
    assert signed_in(northmoor.actors[role]).get(f"/supervision/{ben.pk}/hold").status_code == status


def test_a_manager_of_another_area_finds_nobody(saltby: Area, ben: Actor) -> None:
    assert signed_in(saltby.actors["manager"]).get(f"/supervision/{ben.pk}/hold").status_code == 404


def with_account(actor: Actor, joined: Any) -> None:
    with context.as_engine():
        actor.user = User.objects.create(email=f"{actor.pk}@example.org", date_joined=joined)
        with recording(by=Actor.objects.get(kind="engine"), at=joined) as note:
            actor.save()
            note("account.made", words="An account was made.", subject_id=actor.pk)


def first() -> list[Duty]:
    with context.as_engine():
        return list(Duty.objects.filter(subject="first_supervision").select_related("owner_team"))


def test_whoever_was_never_supervised_is_due_six_weeks_after_they_could_sign_in(northmoor: Area, ben: Actor) -> None:
    """Ben's time in the team began years before: nobody could write a supervision down here then."""
    with_account(ben, NOW)
    (duty,) = first()
    assert duty.owner_team == northmoor.teams["keyworking"] and duty.due.date() == TODAY + timedelta(days=42)
    page = signed_in(northmoor.actors["manager"]).get("/supervision").content.decode()
    assert "Ben Okafor" in page and "Due by 1 January 2027" in page
    assert held(northmoor, ben) == 302
    assert first() == []
    other = hire(northmoor, "Second Manager", role="manager")
    assert "Due by 1 January 2027" in signed_in(other).get("/supervision").content.decode()


def test_nothing_is_due_of_whoever_left_or_has_no_account(northmoor: Area, ben: Actor) -> None:
    assert first() == []
    with_account(ben, NOW)
    assert len(first()) == 1
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        Actor.objects.filter(pk=ben.pk).update(left_on=TODAY)
        note("account.closed", words="Left.", subject="actor", subject_id=ben.pk)
    assert first() == []
