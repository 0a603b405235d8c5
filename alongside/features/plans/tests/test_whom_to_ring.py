"""Whom the crisis card says to ring: who is on call stands with the rest; who has legal limits never does."""

from datetime import timedelta

import pytest
from django.test import Client

from alongside.features.keyworking.team import set_profile
from alongside.features.people.models import Person, Relation
from alongside.features.people.operations import record_fact
from alongside.features.plans import on_call, showing
from alongside.features.plans.tests.test_pages import asha, text_of
from alongside.features.referrals.notices import rota
from alongside.foundation.recording.recording import recording
from alongside.foundation.topics import Topic
from tests.cast import NOW, Area, acting_as

__all__ = ["asha"]
TODAY = NOW.date()


@pytest.mark.parametrize(("days", "stands"), [(0, True), (1, False)])
def test_whoever_is_on_call_today_stands_on_the_card_with_a_number(
    northmoor: Area, asha: Client, kai: Person, days: int, stands: bool
) -> None:
    day, worker = TODAY + timedelta(days=days), northmoor.actors["coordinator"]
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        rota.add(
            note, icb_id=northmoor.icb.pk, actor_id=worker.pk, phone="07700 900123", from_date=day, to_date=day, by=me
        )
    page = text_of(asha, f"/people/{kai.reference}/crisis")
    assert ("on call today" in page) == ("tel:07700900123" in page) == stands
    assert f"{northmoor.actors['keyworker'].name}</strong>, keyworker: no number" in page


def test_the_keyworker_stands_on_the_card_with_their_number_at_work(northmoor: Area, asha: Client, kai: Person) -> None:
    worker = northmoor.actors["keyworker"]
    with acting_as(northmoor.actors["manager"], NOW) as me, recording(by=me, at=NOW) as note:
        set_profile(note, icb=northmoor.icb, worker=worker, seen=None, phone="01632 960111")
    page = text_of(asha, f"/people/{kai.reference}/crisis")
    assert f'{worker.name}</strong>, keyworker: <a href="tel:01632960111">01632 960111</a>' in page


def test_a_number_behind_legal_limits_is_nowhere_on_the_card(northmoor: Area, asha: Client, kai: Person) -> None:
    with acting_as(northmoor.actors["keyworker"], NOW) as me, recording(by=me, at=NOW) as note:
        for name, phone, limits in (("Rob Moss", "07700 900456", "No contact"), ("Dawn Moss", "07700 900789", "")):
            known = {"name": name, "relationship": "Parent", "phone": phone, "legal_limits": limits}
            record_fact(note, Relation, person=kai, topic=Topic.FAMILY, words="Added.", **known)
    page = text_of(asha, f"/people/{kai.reference}/crisis")
    rings, barred = page.split('id="card-barred"')
    assert "Dawn Moss" in rings and "07700900789" in rings
    assert "Rob Moss" not in rings and "No contact" in barred and "07700900456" not in page


def test_without_a_rota_the_card_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_call, "_reads", [])
    assert on_call.list_on_call(1, TODAY) == []


def test_a_long_text_is_folded_at_the_end_of_a_sentence_and_loses_no_word() -> None:
    assert showing.first_lines("A walk.") == ("A walk.", "")
    for long in ("He likes a walk. " * 30, "walk " * 90, "w" * 400, "A line.\n" * 60):
        first, others = showing.first_lines(long.strip())
        assert others and len(first) <= showing.OPEN_CHARACTERS
        assert "".join((first + others).split()) == "".join(long.split())
    assert showing.first_lines("He likes a walk. " * 30)[0].endswith("walk.")
