"""Doors beside the three forms: telling more, answers, letters to print; and forms without their mark or sign-in."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.features.referrals import limits
from alongside.features.referrals.forms_steps import WAYS
from alongside.features.referrals.models import Referral, ReferralDraft
from alongside.features.referrals.operations.triage import ask_more
from alongside.features.referrals.tests.asking import problems, send
from alongside.features.referrals.tests.test_asking_fuzzed import JUNK, SECRETS, SEED, names_of
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as, add_registered, key_of

MARK = "a-mark-of-its-own-2222"


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cache.clear()
    for name in ("BEGIN", "SEND", "WRONG_CODE", "WRONG_CODE_OF_ONE", "KEEP"):
        monkeypatch.setattr(limits, name, limits.Limit(name, 10**6, 60))
    yield


class Tried:
    """Counts answers and keeps what was wrong with them."""

    def __init__(self) -> None:
        self.counted: Counter[int] = Counter()
        self.wrong: list[str] = []

    def take(self, at: str, answer: object) -> None:
        status = answer.status_code  # type: ignore[attr-defined]
        page = answer.content.decode(errors="replace") if not answer.streaming else ""  # type: ignore[attr-defined]
        self.counted[status] += 1
        found = [str(status)] if status >= 500 else [secret for secret in SECRETS if secret in page]
        if status in (409, 422) and not problems(answer) and "kept" not in page:
            found.append("refused without a sentence")
        self.wrong += [f"{at}: {one}" for one in found]

    def told(self, what: str, capsys: pytest.CaptureFixture) -> None:
        with capsys.disabled():
            print(f"\n{what}: {sum(self.counted.values())} tried, {dict(self.counted)}, {len(self.wrong)} wrong")
        assert self.wrong == []


@pytest.fixture
def somebody(northmoor: Area) -> None:
    add_registered(northmoor, given_name="Gwendolyn", family_name="Quillfeather", nhs_number="9991234527")


def test_telling_more_with_junk(somebody: None, capsys: pytest.CaptureFixture) -> None:
    pick, tried = random.Random(SEED), Tried()
    for asking, way in (("family", "full"), ("me", "more")):
        visitor = Client()
        send(visitor, asking)
        visitor.post(f"/refer/{way}")
        for step in WAYS[way].steps:
            for number in range(4):
                sent = {name: pick.sample(JUNK, 1 + number % 3) for name in names_of(step)}
                for end in ("", "/keep"):
                    at = f"/refer/{way}/{step.slug}{end}"
                    tried.take(at, visitor.post(at, sent))
        for junk in JUNK:
            tried.take("answers", visitor.post(f"/refer/{way}/answers", {"seen": junk}))
            tried.take("about", visitor.get(f"/refer/{way}", {"about": junk}))
    tried.told("telling more with junk", capsys)


def test_answers_and_taking_back_with_junk(somebody: None, northmoor: Area, capsys: pytest.CaptureFixture) -> None:
    tried, visitor = Tried(), Client()
    send(visitor, "family")
    with context.as_engine():
        referral = Referral.objects.get()
    reference, at = referral.reference, clock.now()
    with acting_as(northmoor.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        question = ask_more(note, referral=referral, what="Which school?", of_whom="", by=me).pk
    files = [
        SimpleUploadedFile("x" * 300 + ".pdf", b"%PDF-1.7 no", "application/pdf"),
        SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>", "image/svg+xml"),
        SimpleUploadedFile("\x00.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "image/png"),
        SimpleUploadedFile("none.txt", b"", "text/plain"),
    ]
    for junk in JUNK:
        for mark in ({}, {"submission": junk[:15]}, {"submission": [MARK, junk[:15]]}):
            for address in (f"answer/{question}", "answer/0", f"answer/{10**18}", "withdraw"):
                door = f"/refer/progress/{reference}/{address}"
                tried.take(door, visitor.post(door, {"words": junk, "because": [junk] * 30, **mark}))
    tried.take("far too many", visitor.post(f"/refer/progress/{reference}/withdraw", {"because": ["a"] * 3000}))
    for file in files:
        answer = visitor.post(f"/refer/progress/{reference}/answer/{question}", {"document": file, "submission": MARK})
        tried.take(f"a file {file.name}", answer)
    # Last, because nothing more is taken after it.
    taken_back = visitor.post(f"/refer/progress/{reference}/withdraw", {"because": "\x00 😀", "submission": MARK})
    tried.take("taken back", taken_back)
    assert taken_back.status_code == 302
    tried.told("answers with junk", capsys)


def test_pages_of_the_team_with_junk(somebody: None, northmoor: Area, capsys: pytest.CaptureFixture) -> None:
    tried = Tried()
    for role, addresses in (
        ("coordinator", ("/letters", "/letters/file", "/letters/printed", "/letters/posted", "/letters/x")),
        ("manager", ("/rules/contact", "/letters/printed")),
    ):
        visitor = Client()
        visitor.cookies[settings.KEY_COOKIE] = key_of(northmoor.actors[role])
        for at in addresses:
            for junk in JUNK:
                sent = {"letter": [junk, "1", str(10**17)], "list": junk, "phone": junk, "hours": junk}
                tried.take(at, visitor.post(at, sent | {"submission": MARK if junk == "true" else junk}))
                tried.take(at, visitor.get(at, {"list": junk, "before": junk}))
    tried.told("pages of the team with junk", capsys)


def test_without_the_mark_of_its_page_what_was_typed_comes_back(somebody: None, capsys: pytest.CaptureFixture) -> None:
    """A browser without cookies, or a page from yesterday: the sentence says what to do, and the words are there."""
    tried = Tried()
    for way in ("me", "family", "professional"):
        for step in WAYS[way].steps:
            visitor = Client(enforce_csrf_checks=True)
            answer = visitor.post(f"/refer/{way}/{step.slug}", {"words": "It is too loud. 😀", "given_name": "Zoë"})
            tried.take(f"{way}/{step.slug}", answer)
            assert answer.status_code == 403
            assert "It is too loud. 😀" in answer.content.decode() and "Zoë" in answer.content.decode()
    tried.told("without a mark", capsys)


def test_when_the_browser_forgot_what_it_carried_the_page_begins_anew_with_what_was_typed(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    visitor.cookies.clear()  # the browser was closed, or the twelve hours are over
    answer = visitor.post("/refer/me/words", {"words": "It is too loud."})
    assert answer.status_code == 302
    with context.as_engine():
        assert ReferralDraft.objects.latest("id").answers["words"] == {"words": ["It is too loud."]}
