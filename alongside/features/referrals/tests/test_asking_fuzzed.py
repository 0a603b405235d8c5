"""Whatever is sent to the open doors: a page or a sentence, never a fault, and nothing that is somebody's."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.features.referrals import limits
from alongside.features.referrals.codes import new_code, new_reference
from alongside.features.referrals.forms_steps import WAYS, Step
from alongside.features.referrals.models import Referral, ReferralDraft
from alongside.features.referrals.tests.asking import problems, send
from alongside.foundation.access import context
from tests.cast import Area, add_registered

SEED = 7
JUNK = (
    "",
    " ",
    "\x00\x01\x1b[31m",
    "\u202egnirts\u202c",
    "😀👩‍👩‍👧 Zoë O’Brien-ßäöü",
    "لقمان 李 नमस्ते",
    "<script>alert(1)</script>",
    "' or 1=1; drop table referrals_referral --",
    "{{ 7 * 7 }} {% raw %}",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "31",
    "99",
    "-1",
    "2012-13-45",
    "٣",
    "1e309",
    "true",
    "9" * 300,
    "x" * 5_000,
    "y" * 60_000,
    "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\r\n\r\nSet-Cookie: a=b",
    "not_a_choice",
)
SECRETS = ("Gwendolyn", "Quillfeather", "9991234527", "Traceback", "psycopg", "django.")
TIMES = 3


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Here it is the answers that are tried, not how often."""
    cache.clear()
    for name in ("BEGIN", "SEND", "WRONG_CODE", "WRONG_CODE_OF_ONE", "KEEP"):
        monkeypatch.setattr(limits, name, limits.Limit(name, 10**6, 60))
    yield


@pytest.fixture
def somebody(northmoor: Area) -> None:
    """Somebody whose name and number no page of asking may show."""
    add_registered(northmoor, given_name="Gwendolyn", family_name="Quillfeather", nhs_number="9991234527")


def names_of(step: Step) -> list[str]:
    fields = step.form(areas=[("1", "One"), ("2", "Two")]).fields
    dates = [f"{name}-{part}" for name in fields if name.endswith(("date", "_on")) for part in ("day", "month", "year")]
    return [*fields, *dates, "seen", "back_to"]


def faults(answer: object, page: str) -> list[str]:
    found = [f"{answer.status_code}"] if answer.status_code >= 500 else []  # type: ignore[attr-defined]
    return found + [secret for secret in SECRETS if secret in page]


def test_forms_with_junk(somebody: None, capsys: pytest.CaptureFixture) -> None:
    pick = random.Random(SEED)
    counted: Counter[int] = Counter()
    wrong: list[str] = []
    for way in ("me", "family", "professional"):
        visitor = Client()
        visitor.post(f"/refer/{way}")
        for step in WAYS[way].steps:
            for number in range(TIMES):
                sent = {name: pick.sample(JUNK, 1 + number % 2) for name in names_of(step)}
                with context.as_engine():
                    now = {"seen": str(ReferralDraft.objects.latest("id").version)} if number else {}
                for at in (f"/refer/{way}/{step.slug}/keep", f"/refer/{way}/{step.slug}"):
                    answer = visitor.post(at, sent | now)
                    counted[answer.status_code] += 1
                    wrong += [f"{at}: {fault}" for fault in faults(answer, answer.content.decode())]
                    if answer.status_code == 422 and not problems(answer):
                        wrong.append(f"{at}: refused without a sentence")
        for at in (f"/refer/{way}/answers", "/refer/later", f"/refer/{way}"):
            answer = visitor.get(at)
            counted[answer.status_code] += 1
            wrong += [f"{at}: {fault}" for fault in faults(answer, answer.content.decode())]
    with capsys.disabled():
        print(f"\nforms with junk: {sum(counted.values())} tried, {dict(counted)}, {len(wrong)} wrong")
    assert wrong == []
    assert sum(counted.values()) > 150


def test_guessed_replayed_and_forged(somebody: None, northmoor: Area, capsys: pytest.CaptureFixture) -> None:
    visitor = Client()
    send(visitor, "family")
    with context.as_engine():
        reference = Referral.objects.get().reference
    tried = [{"reference": a, "code": b} for a in JUNK[:20] for b in ("", "AAAA2222", "\x00")]
    tried += [{"reference": reference, "code": new_code()} for _ in range(30)]
    tried += [{"reference": new_reference(), "code": new_code()} for _ in range(30)]
    said: Counter[tuple[str, ...]] = Counter()
    wrong = []
    for typed in tried:
        for door in ("/refer/progress", "/refer/carry-on"):
            answer = Client().post(door, typed)
            said[tuple(problems(answer))] += 1
            wrong += [f"{door} {typed}: {fault}" for fault in faults(answer, answer.content.decode())]
            wrong += [f"{door} {typed}: opened"] if answer.status_code == 302 else []
    cookies = ("", "forged", "x" * 500, "\x7f", visitor.cookies["alongside_asked"].value[:-3] + "abc")
    for cookie in cookies:
        for door in ("/refer/sent", "/refer/later", "/refer/me/name", "/refer/me/answers", "/refer/full"):
            stranger = Client()
            stranger.cookies["alongside_asked"] = stranger.cookies["alongside_asking"] = cookie
            answer = stranger.get(door)
            wrong += [f"{door} {cookie[:9]}: {answer.status_code}"] if answer.status_code != 302 else []
    for address in ("answer/1", "answer/99999999999999999999", "withdraw", ""):
        answer = Client().post(f"/refer/progress/{reference}/{address}".rstrip("/"), {"submission": "a" * 22})
        wrong += [f"{address}: {answer.status_code}"] if answer.status_code not in (404, 405) else []
    with capsys.disabled():
        print(f"\nguessed and forged: {2 * len(tried) + 5 * len(cookies) + 4} tried, {len(wrong)} wrong")
    assert wrong == []
    told = {sentences for sentences in said if len(sentences) == 1 and "We cannot open this" in sentences[0]}
    assert len(told) == 1, "wrong, old and never read alike"


def test_names_of_every_kind_come_through_as_they_were_typed(northmoor: Area) -> None:
    names = {"given_name": "😀 Zoë", "family_name": "李 لقمان O’Brien"}
    send(Client(), "me", name=names)
    with context.as_engine():
        referral = Referral.objects.get()
    assert (referral.given_name, referral.family_name) == (names["given_name"], names["family_name"])


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "2", "2012"), ("0", "1", "2012"), ("1", "13", "2012"), ("1", "1", "12"), ("1", "1", "2999"), ("x", "", "")],
)
def test_days_that_cannot_be_are_told(northmoor: Area, day: str, month: str, year: str) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    typed = {"birth_date-day": day, "birth_date-month": month, "birth_date-year": year}
    answer = visitor.post("/refer/me/birthday", typed)
    assert answer.status_code == 422 and len(problems(answer)) == 1


def test_far_too_much_is_refused_and_not_kept(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    answer = visitor.post("/refer/me/words", {"words": "a" * 200_000})
    assert answer.status_code == 422 and problems(answer) == [
        "What do you want to tell us must be 2000 characters or fewer"
    ]
    with context.as_engine():
        assert ReferralDraft.objects.get().answers == {}


@pytest.mark.parametrize("at", ["/refer/nobody", "/refer/me/nothing", "/refer/me/nothing/keep", "/refer/me/name/x"])
def test_addresses_that_are_none_are_not_found(northmoor: Area, at: str) -> None:
    assert Client().post(at).status_code == 404


def test_a_file_where_none_is_asked_for_is_nothing(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    file = SimpleUploadedFile("name.txt", b"words", "text/plain")
    assert visitor.post("/refer/me/name", {"given_name": file, "family_name": "Moss"}).status_code == 422
