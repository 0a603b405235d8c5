"""An owner without account: a link that takes one answer and tells nothing more than the action."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.actions.models import Action, ActionLink, ActionStep
from alongside.features.actions.operations import NewOwner
from alongside.features.actions.tests.conftest import SENCO, agreed, senco
from alongside.features.people.models import Person
from alongside.features.people.operations import change_person, record_consent, set_restricted
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.sending import send_waiting
from alongside.foundation.messages.tests.carrying import Remembering
from alongside.foundation.messages.ways import rendered
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.policy.counting import day_in_words
from tests.cast import NOW, Area, acting_as, key_of

_S = Action.State


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


def newest_link() -> str:
    """The path in the newest e-mail that waits."""
    with context.as_engine():
        return str(Delivery.objects.filter(filling__link__startswith="/action/").order_by("-id")[0].filling["link"])


def answer(link: str, kind: str, **given: Any) -> Any:
    client = Client()
    page = client.get(link).content.decode()
    mark = re.search(r'name="submission" value="([^"]+)"', page)
    assert mark, page[:500]
    return client.post(link, {"submission": mark[1], "answer": kind} | given)


def now(action: Action) -> Action:
    with context.as_engine():
        return Action.objects.get(pk=action.pk)


def test_the_e_mail_names_nobody_and_the_page_tells_the_action_and_initials(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest), how_known="He says so")
    assert action.by_link
    with context.as_engine():
        sent = Delivery.objects.get(notice="act_once")
    assert sent.address == SENCO and sent.person_id is None
    page = Client().get(newest_link())
    shown = page.content.decode()
    assert "Ask for a quiet room" in shown and "K. M." in shown and "He says so" in shown and "Jo Lee" in shown
    for hidden in ("Kai", "Moss", "KM-", kai.reference, "autis", "register", "rating"):
        assert hidden not in re.sub(r"<[^>]+>", " ", shown.split("<main")[1])
    assert page.headers["Cache-Control"] == "no-store" and "noindex" in page.headers["X-Robots-Tag"]


def test_a_link_takes_one_answer_and_the_next_one_is_sent_with_it(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest))
    first = newest_link()
    assert "You said yes" in answer(first, "accepted").content.decode()
    assert now(action).state == _S.ACCEPTED
    assert Client().get(first).status_code == 404
    second = newest_link()
    assert second != first
    answer(second, "said_done", evidence="He sits there every day")
    assert now(action).state == _S.SAID_DONE
    with context.as_engine():
        step = ActionStep.objects.latest("id")
        assert (step.by.name, step.evidence) == ("Jo Lee", "He sits there every day")
        assert not ActionLink.objects.filter(used_at=None, ended_at=None).exists()


def test_the_token_is_kept_nowhere_once_it_is_sent(northmoor: Area, kai: Person, hillcrest: Organisation) -> None:
    agreed(northmoor, kai, senco(hillcrest))
    link = newest_link()
    with context.as_engine():
        send_waiting(lambda: NOW + timedelta(hours=1), Remembering())
        sent = Delivery.objects.get(notice="act_once")
        assert "link" not in sent.filling or link not in str(sent.filling)
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize(
    ("kind", "given", "state"),
    [
        ("refused", {"because": "I have left"}, _S.REFUSED),
        ("somebody", {"better": "Mo Ray, the head"}, _S.REFUSED),
        ("blocked", {"waits_for": "money", "because": "No budget"}, _S.BLOCKED),
    ],
)
def test_no_somebody_better_and_stuck(
    northmoor: Area, kai: Person, hillcrest: Organisation, kind: str, given: dict[str, str], state: str
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest))
    answer(newest_link(), kind, **given)
    assert now(action).state == state and now(action).because == next(
        value for name, value in given.items() if name != "waits_for"
    )


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("refused", "Write why"),
        ("somebody", "Write who is better"),
        ("said_done", "Write how we know that it is done"),
        ("confirmed", "Select your answer from the list"),
        ("", "Select your answer"),
    ],
)
def test_what_is_missing_is_said_and_the_link_is_not_used_up(
    northmoor: Area, kai: Person, hillcrest: Organisation, kind: str, sentence: str
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest))
    link = newest_link()
    said = answer(link, kind)
    assert said.status_code == 422 and sentence in said.content.decode()
    assert Client().get(link).status_code == 200 and now(action).state == _S.PROPOSED


def test_invented_old_ended_and_closed_links_open_the_same_page(
    northmoor: Area, kai: Person, hillcrest: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest))
    link = newest_link()
    gone = Client().get("/action/" + "x" * 43)
    assert gone.status_code == 404

    def body(path: str) -> str:
        shown = Client().get(path)
        assert shown.status_code == 404
        return shown.content.decode().split("<main")[1]

    with monkeypatch.context() as later:
        later.setattr(clock, "now", lambda: NOW + timedelta(days=60))
        assert body(link) == gone.content.decode().split("<main")[1]
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        set_restricted(note, person=kai, restricted=True, because="A colleague's child")
    assert body(link) == gone.content.decode().split("<main")[1]
    assert now(action).state == _S.PROPOSED


def test_after_a_no_of_the_family_the_link_opens_nothing(northmoor: Area, kai: Person, hillcrest: Organisation) -> None:
    agreed(northmoor, kai, senco(hillcrest))
    link = newest_link()
    with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
        record_consent(note, person=kai, purpose="register", answer="refused", basis="parental",
                       decided_on=NOW.date(), evidenced=True)  # fmt: skip
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize(("died", "status"), [(False, 200), (True, 404)])
def test_about_somebody_who_has_died_the_link_opens_nothing(
    northmoor: Area, kai: Person, hillcrest: Organisation, died: bool, status: int
) -> None:
    agreed(northmoor, kai, senco(hillcrest))
    link = newest_link()
    if died:
        with acting_as(northmoor.actors["coordinator"]) as me, recording(by=me, at=NOW) as note:
            change_person(note, person=kai, died_on=NOW.date())
    assert Client().get(link).status_code == status


def test_an_owner_who_was_replaced_can_answer_no_more(northmoor: Area, kai: Person, hillcrest: Organisation) -> None:
    from alongside.features.actions.operations import hand_on

    action = agreed(northmoor, kai, senco(hillcrest))
    link = newest_link()
    with acting_as(northmoor.actors["keyworker"]) as me, recording(by=me, at=NOW) as note:
        own = NewOwner(organisation=northmoor.icb, actor=northmoor.actors["keyworker"])
        hand_on(note, action=action, owner=own, by=me, because="Quicker", seen=action.version)
    assert Client().get(link).status_code == 404


def test_without_an_address_nobody_is_written_to(northmoor: Area, kai: Person, hillcrest: Organisation) -> None:
    action = agreed(northmoor, kai, senco(hillcrest, reach=""))
    with context.as_engine():
        assert action.by_link and not ActionLink.objects.exists()


def test_the_page_asks_the_same_few_things_for_a_known_and_an_invented_link(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    agreed(northmoor, kai, senco(hillcrest))
    with CaptureQueriesContext(connection) as asked:
        Client().get(newest_link())
    assert len(asked) <= 8


def test_a_second_e_mail_says_that_it_is_a_reminder_who_asks_and_the_day(
    northmoor: Area, kai: Person, hillcrest: Organisation
) -> None:
    action = agreed(northmoor, kai, senco(hillcrest))
    keyworker = Client()
    keyworker.cookies[settings.KEY_COOKIE] = key_of(northmoor.actors["keyworker"])
    address = f"/people/{kai.reference}/actions/{action.number}/asked"
    mark = re.search(r'name="submission" value="([^"]+)"', keyworker.get(address).content.decode())
    assert mark and keyworker.post(address, {"submission": mark[1], "version": action.version}).status_code == 302
    with context.as_engine():
        first, second = Delivery.objects.filter(filling__link__startswith="/action/").order_by("id")
        told = [rendered(one.notice, one.filling) for one in (first, second)]
    day = day_in_words(action.due_on)
    assert told[0].subject == f"{northmoor.icb.name} asks you for an answer"
    assert told[1].subject == f"Reminder: {northmoor.icb.name} waits for your answer"
    for one in told:
        assert day in one.body and not one.body.startswith(one.subject)
        assert "Kai" not in one.subject + one.body and "quiet room" not in one.body
    answer(str(second.filling["link"]), "accepted")
    with context.as_engine():
        last = Delivery.objects.latest("id")
    assert last.notice == "done_once"
