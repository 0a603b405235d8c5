"""Every page of asking asks the database a fixed, small number of times, however much there is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.referrals.models import Referral
from alongside.features.referrals.operations.triage import add_note, ask_more
from alongside.features.referrals.tests.asking import fill_in, send
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as, make_area

MONDAY = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)
MOST = 12
BEFORE = ("/refer", "/refer/check", "/refer/carry-on", "/refer/progress", "/refer/family")
ON_THE_WAY = ("/refer/family", "/refer/family/why", "/refer/family/answers", "/refer/later")
AFTER = ("/refer/sent", "/refer/progress", "/refer/full")
TELLING = ("/refer/full/health", "/refer/full/answers")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(MONDAY, tick=False):
        yield


def asked(visitor: Client, page: str) -> int:
    visitor.get(page)
    with CaptureQueriesContext(connection) as found:
        assert visitor.get(page).status_code == 200, page
    return len(found)


def every_page(area: Area, more: int) -> dict[str, int]:
    """How many statements each page asks, with so many questions and notes on the referral."""
    visitor = Client()
    counted = {f"{page}, before": asked(visitor, page) for page in BEFORE}
    home = {"postcode": "NM1 4AB", "area": str(area.icb.pk)}
    fill_in(visitor, "family", home=home)
    counted |= {page: asked(visitor, page) for page in ON_THE_WAY}
    visitor = Client()
    send(visitor, "family", home=home)
    with context.as_engine():
        referral = Referral.objects.latest("id")
    with acting_as(area.actors["coordinator"], MONDAY + timedelta(hours=1)) as me:
        for number in range(more):
            with recording(by=me, at=MONDAY + timedelta(hours=1)) as note:
                ask_more(note, referral=referral, what=f"Question {number}?", of_whom="", by=me)
                add_note(note, referral=referral, words="A note.", by=me)
    counted |= {f"{page}, sent": asked(visitor, page) for page in AFTER}
    visitor.post("/refer/full")
    counted |= {page: asked(visitor, page) for page in TELLING}
    return counted


def test_every_page_at_two_sizes(northmoor: Area) -> None:
    few = every_page(northmoor, more=1)
    for number in range(9):
        make_area(f"QX{number}", f"Area {number}")
    many = every_page(northmoor, more=9)
    assert {page: n for page, n in many.items() if n > MOST} == {}
    grown = {page: (few[page], n) for page, n in many.items() if n > few[page]}
    assert grown == {}
