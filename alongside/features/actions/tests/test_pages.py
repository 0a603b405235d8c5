"""The pages of actions: found, read by whom they may be, and within their number of statements."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.actions.models import Action, ActionStep, Wording
from alongside.features.actions.operations import NewOwner, take_step
from alongside.features.actions.tests.conftest import SENCO, agreed, senco
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.models import Look
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as, involve, key_of

BUDGET = 12


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


def browser(area: Area, role: str) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(area.actors[role])
    return client


def text_of(client: Client, path: str, status: int = 200) -> str:
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    assert page.status_code == status, path
    assert len(asked) <= BUDGET, (path, len(asked))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[-1]))


def send(client: Client, path: str, **given: Any) -> Any:
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(submission|version)" value="([^"]*)"', page))
    hidden |= {name: value for value, name in re.findall(r'value="([^"]*)"[^>]*name="(submission|version)"', page)}
    mark = re.search(r'name="submission" value="([^"]+)"', page)
    assert mark, page[:300]
    return client.post(path, {**hidden, "submission": mark[1], **given})


def a_day(name: str, day: int, month: int, year: int) -> dict[str, int]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def test_an_action_is_agreed_asked_confirmed_on_the_pages(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    asha, here = browser(northmoor, "keyworker"), f"/people/{kai.reference}/actions"
    assert "Nothing is open" in text_of(asha, here)
    given = {
        "what": "Ask for a quiet room", "how_known": "He says so", "topic": Topic.EDUCATION, "owner": "other",
        "name": "Jo Lee", "post": "SENCO", "organisation": "hillcrest", "reach": SENCO, "origin": "contact",
        **a_day("due_on", 4, 12, 2026),
    }  # fmt: skip
    assert send(asha, f"{here}/new", **given).status_code == 302
    shown = text_of(asha, here)
    assert "Ask for a quiet room" in shown and "Hillcrest School" in shown and "Proposed" in shown
    with context.as_engine():
        number = Action.objects.get().number
    one = text_of(asha, f"{here}/{number}")
    assert f"by a link sent to {SENCO}" in one and "Write down that you chased" in one
    assert "Confirm" not in one
    send(asha, f"{here}/{number}/accepted", because="Said so by phone")
    send(asha, f"{here}/{number}/said_done", evidence="Seen on Tuesday")
    send(asha, f"{here}/{number}/confirmed", because="Kai told me")
    one = text_of(asha, f"{here}/{number}")
    assert "Confirmed as done" in one and "Seen on Tuesday" in one
    assert "1 action that is over" in text_of(asha, here)
    assert "What was agreed" in text_of(asha, f"/people/{kai.reference}")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"what": " "}, "Write what was agreed"),
        ({"how_known": " "}, "Write how we will know that it is done"),
        ({"name": ""}, "Write the name of whoever does it"),
        ({"organisation": "nowhere at all"}, "No organisation has this name"),
        ({"organisation": ""}, "Write their organisation"),
        ({"reach": "jo@"}, "Write the whole e-mail address"),
        ({"reach": "12"}, "Write a whole phone number"),
        ({"due_on-year": 2020}, "must be"),
        ({"topic": "99"}, "Select"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_typed_is_lost(
    northmoor: Area, kai: Person, hillcrest: Organisation, changed: dict[str, Any], sentence: str
) -> None:
    given = {
        "what": "Ask for a quiet room", "how_known": "He says so", "topic": Topic.EDUCATION, "owner": "other",
        "name": "Jo Lee", "organisation": "Hillcrest", "reach": "", "origin": "contact", **a_day("due_on", 4, 12, 2026),
        **changed,
    }  # fmt: skip
    said = send(browser(northmoor, "keyworker"), f"/people/{kai.reference}/actions/new", **given)
    assert said.status_code == 422 and sentence in said.content.decode()
    assert "Jo Lee" in said.content.decode() or changed == {"name": ""}


def test_agreed_again_the_form_begins_with_whoever_had_it_also_without_an_account(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    first = agreed(northmoor, kai, senco(hillcrest), what="Save a place for him", how_known="He has one")
    asha, here = browser(northmoor, "keyworker"), f"/people/{kai.reference}/actions/new?again={first.number}"
    begun = asha.get(here).content.decode()
    for known in ("Save a place for him", "Jo Lee", "Hillcrest School", first.owner_reach, "He has one"):
        assert known in begun, known
    given = {
        "what": first.what, "how_known": first.how_known, "topic": first.topic, "owner": "other", "name": "Jo Lee",
        "post": "SENCO", "organisation": "Hillcrest School", "reach": first.owner_reach, "origin": "contact",
        **a_day("due_on", 4, 12, 2026),
    }  # fmt: skip
    assert '<option value="other" selected' in begun
    assert send(asha, here, **given).status_code == 302
    with context.as_engine():
        second = Action.objects.get(repeats=first)
    assert (second.owner_id, second.times) == (first.owner_id, 2), "the same Jo Lee, and not another one of the name"


def test_the_worklist_says_what_is_late_unanswered_blocked_and_waits_for_money(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    agreed(northmoor, kai, what="Quiet room")
    agreed(northmoor, kai, senco(hillcrest), what="Bus pass")
    blocked = agreed(northmoor, kai, what="Ramp", due_on=NOW.date())
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        take_step(note, action=blocked, kind="blocked", by=me, because="Panel in May", waits_for="money", amount=1200,
                  who_decides="Funding panel")  # fmt: skip
    asha = browser(northmoor, "keyworker")
    everything = text_of(asha, "/actions/all")
    assert all(word in everything for word in ("Quiet room", "Bus pass", "Ramp", "£1,200", "Funding panel decides"))
    assert "Bus pass" not in text_of(asha, "/actions/all?show=blocked")
    assert "Ramp" in text_of(asha, "/actions/all?show=money")
    assert "Bus pass" in text_of(asha, "/actions/all?show=unanswered")
    assert "Ramp" not in text_of(asha, f"/actions/all?organisation={hillcrest.pk}")
    assert "Nothing here" in text_of(asha, "/actions/all?show=late")
    mine = text_of(asha, "/actions")
    assert "Quiet room" in mine and "Bus pass" not in mine
    text_of(asha, "/actions/all?show=nonsense", 404)
    with context.as_engine():
        assert Look.objects.filter(page="actions of the area", person_ids=[kai.pk]).exists()


def test_a_page_of_fifty_asks_no_more_than_a_page_of_one(northmoor: Area, kai: Person) -> None:
    for number in range(12):
        agreed(northmoor, kai, what=f"Action {number}")
    asha = browser(northmoor, "keyworker")
    for path in ("/actions", "/actions/all", f"/people/{kai.reference}/actions"):
        text_of(asha, path)


def test_who_opens_which_page(northmoor: Area, saltby: Area, kai: Person) -> None:
    number = agreed(northmoor, kai).number
    here = f"/people/{kai.reference}/actions"
    for role in ("keyworker", "manager", "coordinator"):
        text_of(browser(northmoor, role), f"{here}/{number}")
    text_of(browser(northmoor, "commissioner"), f"{here}/{number}", 404)
    for path in (here, f"{here}/{number}", f"{here}/{number}/chased", f"{here}/new"):
        text_of(browser(saltby, "keyworker"), path, 404)
    ed = browser(northmoor, "partner_education")
    text_of(ed, here, 404)
    involve(northmoor, kai, northmoor.actors["partner_education"], topics=[1, Topic.EDUCATION], kind="education")
    assert "Ask for a quiet room" in text_of(ed, f"{here}/{number}")
    text_of(ed, f"{here}/{number}/chased", 403)
    text_of(ed, "/actions/all", 403)
    text_of(browser(northmoor, "senior_officer"), "/actions/figures")
    text_of(browser(northmoor, "senior_officer"), "/actions", 403)


def test_a_stale_form_is_told_and_sent_twice_it_counts_once(northmoor: Area, kai: Person) -> None:
    action = agreed(northmoor, kai)
    asha, path = browser(northmoor, "keyworker"), f"/people/{kai.reference}/actions/{action.number}/moved"
    given = {"because": "Half-term", **a_day("due_on", 11, 12, 2026), "version": action.version}
    page = asha.get(path).content.decode()
    mark = re.search(r'name="submission" value="([^"]+)"', page)
    assert mark
    for _ in range(2):
        assert asha.post(path, {"submission": mark[1], **given}).status_code == 302
    with context.as_engine():
        assert ActionStep.objects.filter(kind="moved").count() == 1
    stale = send(asha, path, **given)
    assert stale.status_code == 422 and "Somebody changed this action" in stale.content.decode()
    assert "Half-term" in stale.content.decode()


def test_small_numbers_are_hidden_from_whoever_sees_no_people(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    for number in range(6):
        agreed(northmoor, kai, senco(hillcrest), what=f"Action {number}", due_on=NOW.date())
    agreed(northmoor, kai, NewOwner(organisation=northmoor.icb, actor=northmoor.actors["manager"]), due_on=NOW.date())
    whole = text_of(browser(northmoor, "manager"), "/actions/figures")
    assert "Hillcrest School 6 0 (0%) 0 (0%) – 0 (0%)" in whole and "Northmoor ICB 1 0 (0%)" in whole
    hidden = text_of(browser(northmoor, "senior_officer"), "/actions/figures")
    assert "Hillcrest School 6 0 (0%) 0 (0%)" in hidden and "Northmoor ICB – – –" in hidden


def test_standard_wordings_are_the_areas_own_and_only_begin_the_form(
    northmoor: Area, saltby: Area, kai: Person
) -> None:
    manager = browser(northmoor, "manager")
    sent = send(manager, "/actions/wordings", topic=Topic.HEALTH, what="Book a health check", how_known="Letter")
    assert sent.status_code == 302
    with context.as_engine():
        wording = Wording.objects.get()
    asha = browser(northmoor, "keyworker")
    assert "Book a health check" in text_of(asha, f"/people/{kai.reference}/actions/new")
    begun = asha.get(f"/people/{kai.reference}/actions/new?wording={wording.pk}").content.decode()
    assert re.search(r"<textarea[^>]*>\s*Book a health check", begun)
    text_of(browser(saltby, "manager"), f"/actions/wordings/{wording.pk}/end", 404)
    assert send(manager, f"/actions/wordings/{wording.pk}/end").status_code == 302
    assert "There are none yet" in text_of(manager, "/actions/wordings")
