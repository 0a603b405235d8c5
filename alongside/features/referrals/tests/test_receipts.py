"""What leaves by itself when somebody asks: neutral always, and nothing where somebody must not know."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from alongside.features.referrals.models import Referral
from alongside.features.referrals.operations.triage import ask_more
from alongside.features.referrals.tests.asking import send
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.ways import TELLING, rendered
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as

MONDAY = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)
SMS = {"reach_by": "sms", "text_to": "07700 900982"}
EMAIL = {"reach_by": "email", "email": "dawn@example.com"}
LETTER = {"reach_by": "letter", "post_to": "3 Mill Lane\nOldtown\nNM1 1AA"}
STEPDAD = {"not_to_know": "my stepdad"}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(MONDAY, tick=False):
        yield


def pages_of(way: str, reach: dict[str, str], safe: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The pages on which each way asks how to reach them, and who must not know."""
    if way == "me":
        return {"reach": reach, "safe": safe}
    if way == "family":
        return {"reach": reach | safe}
    return {"answer": {"reach_by": "email", "answer_format": "plain", **safe}}


def deliveries() -> list[Delivery]:
    with context.as_engine():
        return list(Delivery.objects.all())


def the_referral() -> Referral:
    with context.as_engine():
        return Referral.objects.get()


SAFE = (STEPDAD, {"shared": "yes"}, {"shared": "not_sure"})
#: A professional's work address is their own, so whether others read it isn't asked.
TRIED = [
    *((way, reach, safe) for way in ("me", "family") for reach in (SMS, EMAIL, LETTER) for safe in SAFE),
    ("professional", EMAIL, STEPDAD),
]


@pytest.mark.parametrize(("way", "reach", "safe"), TRIED)
def test_nothing_leaves_by_itself_where_somebody_must_not_know(
    northmoor: Area, way: str, reach: dict[str, str], safe: dict[str, str]
) -> None:
    page = send(Client(), way, **pages_of(way, reach, safe))
    assert deliveries() == []
    assert "We do not send a text or an email by ourselves." in page
    with acting_as(northmoor.actors["coordinator"], MONDAY + timedelta(hours=2)) as me:
        with recording(by=me, at=MONDAY + timedelta(hours=2)) as note:
            ask_more(note, referral=the_referral(), what="Which school?", of_whom="the family", by=me)
    assert deliveries() == [], "nor when the team asks: a person reaches them"


@pytest.mark.parametrize(("way", "reach", "channel"), [("me", SMS, "sms"), ("family", EMAIL, "email")])
def test_elsewhere_one_neutral_word_goes_out(northmoor: Area, way: str, reach: dict[str, str], channel: str) -> None:
    send(Client(), way, **pages_of(way, reach, {"shared": "no"}))
    (one,) = deliveries()
    said = rendered(one.notice, one.filling)
    assert one.channel == channel and one.notice == "receipt"
    assert not TELLING.search(said.subject + said.body) and "Kai" not in said.body


def test_who_else_reads_it_is_told_to_the_team_beside_who_was_named(northmoor: Area) -> None:
    send(Client(), "me", **pages_of("me", SMS, STEPDAD | {"shared": "yes"}))
    assert the_referral().must_not_know == "my stepdad. Anyone else who reads their texts or emails"


def test_the_longest_answer_loses_nothing(northmoor: Area) -> None:
    send(Client(), "family", **pages_of("family", EMAIL, {"not_to_know": "x" * 440, "shared": "yes"}))
    assert the_referral().must_not_know == "x" * 440 + ". Anyone else who reads their texts or emails"
