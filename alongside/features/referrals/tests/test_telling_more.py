"""Telling more after it was sent: with the code or with an account, kept between, read by the team."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from alongside.features.referrals.models import FullForm, Referral, ReferralDraft
from alongside.features.referrals.tests.asking import codes_on, problems, seen, send
from alongside.foundation.access import context
from alongside.foundation.messages.models import Message
from tests.cast import Area, key_of

MONDAY = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(MONDAY, tick=False) as moving:
        yield moving


def partner(area: Area) -> Client:
    browser = Client()
    browser.cookies[settings.KEY_COOKIE] = key_of(area.actors["partner_health"], MONDAY)
    return browser


def the_referral() -> Referral:
    with context.as_engine():
        return Referral.objects.get()


def tells(visitor: Client, way: str, start: str, **pages: dict[str, str]) -> str:
    """Goes through every page of telling more and sends it; the page after that."""
    at = visitor.post(start).headers["Location"]
    while not at.endswith("/answers"):
        answer = visitor.post(at, pages.get(at.rsplit("/", 1)[-1], {}))
        assert answer.status_code == 302, problems(answer)
        at = answer.headers["Location"]
    assert at == f"/refer/{way}/answers"
    sent = visitor.post(at, {"seen": seen(visitor, at)})
    assert sent.status_code == 302, problems(sent)
    return visitor.get(sent.headers["Location"]).content.decode()


def test_the_receipt_leads_there_and_the_team_reads_it(northmoor: Area) -> None:
    dawn = Client()
    assert 'href="/refer/full"' in send(dawn, "family")
    page = tells(dawn, "full", "/refer/full", living={"education": "Hill School, half days"})
    assert "Thank you. We have what you told us." in page and "You told us more on 12 January 2026." in page
    priya = Client()
    priya.cookies[settings.KEY_COOKIE] = key_of(northmoor.actors["coordinator"], MONDAY)
    page = priya.get(f"/referrals/{the_referral().pk}").content.decode()
    assert "What was told later" in page and "Hill School, half days" in page
    with context.as_engine():
        assert Message.objects.filter(subject="More was told", to_team=northmoor.teams["register"]).count() == 1


def test_a_young_person_has_easy_pages_of_their_own(northmoor: Area) -> None:
    kai = Client()
    assert 'href="/refer/more"' in send(kai, "me")
    assert kai.get("/refer/full").headers["Location"] == "/refer/more"
    page = tells(kai, "more", "/refer/more", talk={"avoid": "Do not shout"})
    assert "Thank you" in page
    with context.as_engine():
        assert FullForm.objects.get().answers == {"avoid": "Do not shout"}


def test_it_is_kept_and_gone_on_with_elsewhere(northmoor: Area) -> None:
    dawn, elsewhere = Client(), Client()
    reference, code = codes_on(send(dawn, "family"))
    dawn.post("/refer/full")
    dawn.post("/refer/full/person", {"pronouns": "he"})
    assert "You have not sent it yet." in dawn.get("/refer/progress").content.decode()
    at = elsewhere.post("/refer/carry-on", {"reference": reference, "code": code}).headers["Location"]
    assert at == "/refer/full/family"


def test_an_account_tells_more_without_a_code(northmoor: Area) -> None:
    ben = partner(northmoor)
    send(ben, "professional")
    reference = the_referral().reference
    del ben.cookies["alongside_asked"]
    page = ben.get(f"/refer/progress/{reference}").content.decode()
    link = re.search(r'href="(/refer/full\?about=[^"]+)"', page)
    assert link
    page = tells(ben, "full", link[1], health={"mental_health": "Does not sleep"})
    assert "You told us more on" in page
    with context.as_engine():
        assert FullForm.objects.get().answers == {"mental_health": "Does not sleep"}
        assert not ReferralDraft.objects.exists()


def test_another_account_and_nobody_get_no_further_than_the_door(northmoor: Area, saltby: Area) -> None:
    ben = partner(northmoor)
    send(ben, "professional", home={"area": str(northmoor.icb.pk)})
    reference = the_referral().reference
    ben.post(f"/refer/full?about={reference}")
    ben.post("/refer/full/person", {"pronouns": "she-who-is-secret"})
    carried = ben.cookies["alongside_asking"].value
    other = Client()
    other.cookies[settings.KEY_COOKIE] = key_of(northmoor.actors["coordinator"], MONDAY)
    for stranger in (Client(), partner(saltby), other):
        assert stranger.get(f"/refer/full?about={reference}").headers["Location"] == "/refer/progress"
        stranger.cookies["alongside_asking"] = carried
        assert stranger.get("/refer/full/person").headers["Location"] == "/refer/full"
        assert stranger.get("/refer/full").headers["Location"] == "/refer/progress"


def test_what_is_typed_is_not_lost_when_the_sign_in_has_run_out(northmoor: Area) -> None:
    ben = partner(northmoor)
    send(ben, "professional")
    ben.post(f"/refer/full?about={the_referral().reference}")
    for name in (settings.KEY_COOKIE, "alongside_asked"):
        del ben.cookies[name]
    answer = ben.post("/refer/full/person", {"pronouns": "they"})
    assert answer.status_code == 409 and 'value="they"' in answer.content.decode()
    assert problems(answer)[0].startswith("You were away too long")


def test_nothing_more_is_taken_of_what_was_taken_back(northmoor: Area) -> None:
    dawn = Client()
    send(dawn, "family")
    dawn.post("/refer/full")
    dawn.post(f"/refer/progress/{the_referral().reference}/withdraw", {"submission": "a-mark-of-its-own-2222"})
    assert "Tell us more" not in dawn.get("/refer/progress").content.decode()
    assert dawn.get("/refer/full").headers["Location"] == "/refer/progress"


def test_it_is_told_until_what_was_told_is_over(northmoor: Area, clock: time_machine.Traveller) -> None:
    dawn = Client()
    reference, code = codes_on(send(dawn, "family"))
    clock.shift(timedelta(days=60))
    later = Client()
    later.post("/refer/progress", {"reference": reference, "code": code})
    assert "You can tell us more at any time." in later.get("/refer/progress").content.decode()
