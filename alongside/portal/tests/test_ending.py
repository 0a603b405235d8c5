"""The end of keyworking as the family reads it; one question afterwards, and the way back on the list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.keyworking.models import AfterQuestion, ExitAnswer
from alongside.features.keyworking.operations import allocate
from alongside.features.keyworking.stepping_down.tests.conftest import due, ends
from alongside.features.people.models import Person
from alongside.features.plans.models import DraftPart
from alongside.features.plans.tests.conftest import send, share, write
from alongside.features.referrals.models import Referral
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.recording import recording
from alongside.overview.verify import find_differing, find_differing_matters
from alongside.portal.asking_after import send_due
from alongside.portal.tests.conftest import SEES, ask_in, comes_in, has_relation, last_sent, mark_of, signed_in, text_of
from tests.cast import NOW, Area, acting_as

BUDGET = 12
YES = {"ask": {"answer": "given", "basis": "parental", "decided_by": "Dawn"}, "ask_reach": "07700 900123"}


@pytest.fixture
def ended(with_asha: Area, kai: Person) -> Area:
    ends(with_asha, kai, who_stays="Dr Lee, GP", warning_signs="You stop eating", **YES)
    return with_asha


@pytest.fixture
def father(with_asha: Area, kai: Person) -> Client:
    """Somebody of the family who may not know where Kai lives."""
    relation = has_relation(with_asha, kai, name="Paul Moss", relationship="father", phone="07700 900789")
    ask_in(with_asha, kai, relation, phone="07700 900789", sees=[str(topic.value) for topic in SEES])
    return comes_in(last_sent("invitation")["link"])


def test_the_young_person_reads_who_stays_and_says_how_it_was(
    ended: Area, kai: Person, kai_himself: Client, dawn: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    here = f"/mine/{kai.reference}/ending"
    with django_assert_max_num_queries(BUDGET):
        assert "What happens now" in text_of(kai_himself, f"/mine/{kai.reference}")
    with django_assert_max_num_queries(BUDGET):
        page = text_of(kai_himself, here)
    for words in ("Jo Lamb", "Northmoor School", "Dr Lee, GP", "You stop eating", "Ask to come back"):
        assert words in page, words
    assert kai_himself.get(f"{here}/letter").content.startswith(b"%PDF")
    typed = {"submission": mark_of(text_of(kai_himself, f"{here}/answer")), "experience": "", "hope": "", "said": ""}
    assert kai_himself.post(f"{here}/answer", typed).status_code == 422
    assert kai_himself.post(f"{here}/answer", typed | {"hope": "11"}).status_code == 422
    assert kai_himself.post(f"{here}/answer", typed | {"hope": "8", "said": "Miss you"}).status_code == 302
    assert "8 of 10 for hope" in text_of(kai_himself, here)
    other = text_of(dawn, here)
    assert "Jo Lamb" in other and "8 of 10" not in other and "Miss you" not in other, "each for themselves"
    typed = {"submission": mark_of(text_of(dawn, f"{here}/answer")), "experience": "9", "hope": "4"}
    assert dawn.post(f"{here}/answer", typed).status_code == 302
    with context.as_engine():
        rows = {row.voice: (row.experience, row.hope) for row in ExitAnswer.objects.all()}
    assert rows == {"young_person": (None, 8), "family": (9, 4)}
    page = text_of(signed_in(ended.actors["manager"]), f"/people/{kai.reference}/stepping-down")
    assert "Hope: 8 of 10" in page and "Hope: 4 of 10" in page and "Dawn Moss" in page


def test_a_parent_who_may_not_know_where_he_lives_reads_nothing_that_leads_there(
    ended: Area, kai: Person, father: Client
) -> None:
    page = text_of(father, f"/mine/{kai.reference}/ending")
    assert "Northmoor School" not in page and "Jo Lamb" not in page
    assert father.get(f"/mine/{kai.reference}/ending/letter").status_code == 404
    assert "How was it?" in page


@pytest.mark.parametrize(("days", "sent"), [(91, 0), (92, 1)])
def test_the_question_is_sent_on_its_day(
    ended: Area, kai: Person, monkeypatch: pytest.MonkeyPatch, days: int, sent: int
) -> None:
    """Keyworking ended on 20 November 2026; three months later is 20 February 2027, the 92nd day after."""
    later = NOW + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert send_due(later) == sent
    assert send_due(later) == 0, "nothing is sent twice"
    with context.as_engine():
        assert Delivery.objects.filter(notice="answer_once").count() == sent
    assert (due(kai, "after_question:1") is None) == bool(sent)
    assert due(kai, "after_question:2")


def asked(monkeypatch: pytest.MonkeyPatch) -> str:
    later = NOW + timedelta(days=92)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert send_due(later) == 1
    return last_sent("answer_once")["link"]


def answers(link: str, answer: str) -> Any:
    visitor = Client()
    page = visitor.get(link)
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    assert "Kai" not in page.content.decode() and "Moss" not in page.content.decode(), "it says nothing of anybody"
    assert visitor.post(link, {"submission": "x" * 22}).status_code == 422
    return visitor.post(link, {"submission": mark_of(page.content.decode()), "answer": answer})


def test_fine_is_kept_and_opens_nothing(ended: Area, kai: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    link = asked(monkeypatch)
    assert "We are glad" in answers(link, "fine").content.decode()
    with context.as_engine():
        assert AfterQuestion.objects.get().answer == "fine" and not Referral.objects.exists()
    gone = Client().get(link)
    assert gone.status_code == 404 and "This link opens nothing" in gone.content.decode()
    page = text_of(signed_in(ended.actors["manager"]), f"/people/{kai.reference}/stepping-down")
    assert "We are fine" in page


def test_whoever_would_like_to_talk_is_on_the_registers_list_again(
    ended: Area, kai: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "We get in touch with you" in answers(asked(monkeypatch), "talk").content.decode()
    with context.as_engine():
        referral = Referral.objects.get()
        assert (referral.given_name, referral.family_name, referral.birth_date) == ("Kai", "Moss", kai.birth_date)
        assert referral.asker_phone == "07700 900123"
    page = text_of(signed_in(ended.actors["coordinator"]), f"/referrals/{referral.pk}")
    assert kai.reference in page and "would like to talk" in page
    assert list(find_differing_matters()) == []
    assert [found for _, found in find_differing()] in ([], [[]])


def test_a_link_too_old_or_after_a_no_opens_nothing(ended: Area, kai: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    link = asked(monkeypatch)
    assert Client().get("/after/" + "x" * 43).status_code == 404
    at = NOW + timedelta(days=92 + 28)
    monkeypatch.setattr(clock, "now", lambda: at)
    assert Client().get(link).status_code == 404
    monkeypatch.setattr(clock, "now", lambda: at - timedelta(minutes=1))
    assert Client().get(link).status_code == 200


def test_a_keyworker_again_gets_the_last_plan_as_a_draft(with_asha: Area, kai: Person) -> None:
    write(with_asha, kai, "story", "Trains are what I like.")
    send(with_asha, kai)
    version = share(with_asha, kai)
    ends(with_asha, kai)
    with acting_as(with_asha.actors["manager"]) as me, recording(by=me, at=NOW) as note:
        worker = with_asha.actors["keyworker"]
        allocate(note, person=Person.objects.get(pk=kai.pk), worker=worker, from_date=NOW.date())
    with context.as_engine():
        draft = DraftPart.objects.get(person=kai, kind="story")
    assert draft.copied_from_id == version.pk and "Trains" in draft.words
