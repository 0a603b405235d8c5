"""The pages of escalations: read by whom they may be, and within their number of statements."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.features.actions.tests.conftest import agreed
from alongside.features.actions.tests.test_pages import a_day, browser, send, text_of
from alongside.features.escalation.models import Escalation, Officer, Refusal
from alongside.features.escalation.operations import take_step
from alongside.features.escalation.tests.conftest import act, named, raised
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


GIVEN = {
    "choice": "raise", "what": "A quiet room", "effect": "He stays at home.", "asks": "Who pays?",
    "topic": Topic.EDUCATION, "agency": "education", "reason": "late", "level": "3", "because": "",
}  # fmt: skip


def test_a_keyworker_raises_and_the_officer_decides_on_one_page(northmoor: Area, kai: Person, officer: Officer) -> None:
    asha, here = browser(northmoor, "keyworker"), f"/people/{kai.reference}/escalations"
    assert "Nothing is put to anybody" in text_of(asha, here)
    assert send(asha, f"{here}/raise", **(GIVEN | {"effect": ""})).status_code == 422
    assert send(asha, f"{here}/raise", **GIVEN).status_code == 302
    with context.as_engine():
        made = Escalation.objects.get(person=kai)
    assert "A quiet room" in text_of(asha, here)
    assert "Take it back" in text_of(asha, f"{here}/{made.pk}")

    senior = browser(northmoor, "senior_officer")
    shown = text_of(senior, "/escalations")
    assert "1 question for you to decide" in shown and "Moss" not in shown
    shown = text_of(senior, f"/escalations/{made.pk}")
    assert "K. M." in shown and "Who pays?" in shown and "Kai" not in shown
    assert senior.get(f"/people/{kai.reference}").status_code in (403, 404)
    decided = {"outcome": "do", "plain": "You get a quiet room.", "because": "There is money."}
    assert send(senior, f"/escalations/{made.pk}/decided", **(decided | {"plain": ""})).status_code == 422
    assert send(senior, f"/escalations/{made.pk}/decided", **decided).status_code == 302
    assert "You get a quiet room." in text_of(senior, "/escalations")
    text_of(senior, f"/escalations/{made.pk}", 404)
    assert "You get a quiet room." in text_of(asha, f"{here}/{made.pk}")
    text_of(browser(northmoor, "regional"), f"/escalations/{made.pk}", 404)


def test_holding_back_needs_a_reason_and_a_day(northmoor: Area, kai: Person) -> None:
    action, asha = agreed(northmoor, kai), browser(northmoor, "keyworker")
    address = f"/people/{kai.reference}/escalations/raise?about=action&id={action.number}"
    assert "Ask for a quiet room" in text_of(asha, address)
    held = GIVEN | {"choice": "hold", "why_not": "", "effect": "", "asks": ""}
    assert send(asha, address, **held).status_code == 422
    given = held | {"why_not": "The school answers on Monday."} | a_day("until", 1, 12, 2026)
    assert send(asha, address, **given).status_code == 302
    assert "Not escalated" in text_of(asha, f"/people/{kai.reference}/escalations")


def test_the_managers_page_lists_everything_open_with_its_age(northmoor: Area, kai: Person, officer: Officer) -> None:
    made = raised(northmoor, kai)
    manager = browser(northmoor, "manager")
    assert "A quiet room at school" in text_of(manager, "/escalations/all")
    for show in ("returned", "paused", "decided", "not_raised"):
        assert "Nothing here" in text_of(manager, f"/escalations/all?show={show}")
    act(northmoor, "senior_officer", take_step, escalation=made, kind="returned", because="Which room?")
    assert "A quiet room at school" in text_of(manager, "/escalations/all?show=returned")
    assert "Level 3" in text_of(manager, "/escalations/figures")
    text_of(browser(northmoor, "keyworker"), "/escalations/all", 403)
    assert "–" in text_of(browser(northmoor, "senior_officer"), "/escalations/figures")


def test_the_pages_cost_the_same_however_many_there_are(northmoor: Area, kai: Person, officer: Officer) -> None:
    for number in range(12):
        raised(northmoor, kai, because=str(number))
    for role, path in (
        ("manager", "/escalations/all"),
        ("senior_officer", "/escalations"),
        ("keyworker", f"/people/{kai.reference}/escalations"),
    ):
        assert "A quiet room at school" in text_of(browser(northmoor, role), path)


def test_officers_are_named_are_away_and_end(northmoor: Area) -> None:
    manager = browser(northmoor, "manager")
    assert "Nobody is there" in text_of(manager, "/escalations/officers")
    given = {
        "agency": "health", "level": "3", "part": "officer", "who": "other", "name": "Ros Vane", "post": "Director",
        "place": "Moor Trust", "reach": "", "phone": "", **a_day("from_date", 1, 11, 2026),
    }  # fmt: skip
    assert send(manager, "/escalations/officers/name", **given).status_code == 422
    assert send(manager, "/escalations/officers/name", **(given | {"phone": "01632 960000"})).status_code == 302
    shown = text_of(manager, "/escalations/officers")
    assert "Ros Vane" in shown and "01632 960000" in shown
    with context.as_engine():
        found = Officer.objects.get()
    away = a_day("first", 23, 11, 2026) | a_day("last", 27, 11, 2026)
    assert send(manager, f"/escalations/officers/{found.pk}/away", **away).status_code == 302
    assert "23 November 2026" in text_of(manager, "/escalations/officers")
    last = a_day("last", 30, 11, 2026)
    assert send(manager, f"/escalations/officers/{found.pk}/end", **last).status_code == 302
    text_of(browser(northmoor, "keyworker"), "/escalations/officers", 403)


def test_an_officer_without_account_decides_by_a_link_once(northmoor: Area, kai: Person) -> None:
    named(northmoor, name="Ros Vane", post="Director", place="Moor Council", reach="ros@example.org")
    raised(northmoor, kai)
    with context.as_engine():
        link = str(Delivery.objects.get(notice="answer_once").filling["link"])
    visitor = Client()
    shown = text_of(visitor, link)
    assert "K. M." in shown and "Kai" not in shown and "Ros Vane" in shown
    answer = {"answer": "decided", "outcome": "not", "plain": "There is no money.", "because": "Budget"}
    assert send(visitor, link, **(answer | {"plain": ""})).status_code == 422
    assert send(visitor, link, **answer).status_code == 200
    with context.as_engine():
        assert Escalation.objects.get().state == "decided"
    text_of(visitor, link, 404)
    text_of(visitor, "/decision/" + "x" * 43, 404)


def test_a_no_is_written_down_and_settled(northmoor: Area, kai: Person) -> None:
    asha, here = browser(northmoor, "keyworker"), f"/people/{kai.reference}"
    given = {
        "asked_for": "An assessment", "agency": "health", "organisation": "Moor Clinic", "as_typed": "on", "who": "",
        "criterion": "No tics", "seen": "no", "alternative": "", "topic": Topic.EDUCATION,
        "then_what": "Ask for another view", **a_day("said_on", 18, 11, 2026), **a_day("then_on", 30, 11, 2026),
    }  # fmt: skip
    assert send(asha, f"{here}/refusals/add", **(given | {"criterion": ""})).status_code == 422
    assert send(asha, f"{here}/refusals/add", **given).status_code == 302
    assert "Decided on paper" in text_of(asha, f"{here}/escalations")
    with context.as_engine():
        refusal = Refusal.objects.get()
    page = f"{here}/refusals/{refusal.pk}"
    assert "No tics" in text_of(asha, page)
    assert (
        send(asha, page, settled="", words="Still no", then_what="", **a_day("then_on", 1, 12, 2026)).status_code == 422
    )
    assert send(asha, page, settled="changed", words="They see him in May.").status_code == 302
    assert "They changed their mind" in text_of(asha, page)
    assert "Moor Clinic" in text_of(browser(northmoor, "manager"), "/escalations/figures")


def test_the_family_reads_the_decision_in_plain_words_and_nothing_it_may_not_know(
    northmoor: Area, kai: Person, officer: Officer
) -> None:
    made = raised(northmoor, kai)
    with context.as_engine(), recording(by=Actor.objects.get(kind="engine"), at=NOW) as note:
        Involvement.objects.create(
            actor=northmoor.actors["family"], person_id=kai.pk, because="family", relies_on="", sees_guarded=1,
            topics=[Topic.IDENTITY, Topic.EDUCATION, Topic.CONTACT], from_at=NOW,
        )  # fmt: skip
        note("family.came", words="His mother came in.", person_id=kai.pk, topic=1)
    here = f"/mine/{kai.reference}/decisions"
    dawn = browser(northmoor, "family")
    assert "They have not decided yet" in text_of(dawn, here)
    send(browser(northmoor, "senior_officer"), f"/escalations/{made.pk}/decided", outcome="do", plain="A room by May.",
         because="Secret reason")  # fmt: skip
    shown = text_of(dawn, here)
    assert "A room by May." in shown and "Secret reason" not in shown and "evel" not in shown
