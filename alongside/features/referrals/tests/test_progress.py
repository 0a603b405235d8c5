"""Coming back to a referral: how it stands, what was asked, what came of it, and for how long it is seen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from alongside.features.referrals.drafts import Held
from alongside.features.referrals.models import FullForm, LetterOpened, OutcomeLetter, Referral, ReferralStep
from alongside.features.referrals.operations.accepting import accept
from alongside.features.referrals.operations.outcome import Recipient, record_call, send_outcome
from alongside.features.referrals.operations.triage import acknowledge, ask_more, decline
from alongside.features.referrals.progress import SEEN_AFTER
from alongside.features.referrals.tests.asking import WAYS, codes_on, problems, seen, send
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as

MONDAY = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 1, 14, 10, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 1, 16, 10, 0, tzinfo=UTC)
MARK = "a-mark-of-its-own-2222"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(MONDAY, tick=False) as moving:
        yield moving


@pytest.fixture
def dawn(northmoor: Area) -> Client:
    """A parent who has sent a referral and still has the browser open."""
    visitor = Client()
    send(visitor, "family")
    return visitor


def the_referral() -> Referral:
    with context.as_engine():
        return Referral.objects.select_related("icb").get()


def team_does(area: Area, at: datetime, act: object, **given: object) -> None:
    with acting_as(area.actors["coordinator"], at) as me, recording(by=me, at=at) as note:
        act(note, referral=the_referral(), by=me, **given)  # type: ignore[operator]


def team_says_no(area: Area, at: datetime) -> None:
    team_does(
        area,
        at,
        decline,
        reason="risk_not_met",
        words="The risk is low now.",
        alternative="The autism hub on Mill Lane.",
        look_again_on=date(2026, 4, 13),
    )


def team_tells(area: Area, at: datetime) -> None:
    who = Recipient(who="asker", name="Dawn Moss", by="email", address="dawn@example.com")
    team_does(area, at, send_outcome, recipients=[who], sender="Priya Nair")


def page_of(visitor: Client) -> str:
    return visitor.get("/refer/progress").content.decode()


def test_it_says_how_it_stands_and_by_when(dawn: Client, northmoor: Area) -> None:
    page = page_of(dawn)
    assert "No one has looked at it yet." in page and "9 February 2026" in page
    team_does(northmoor, WEDNESDAY, acknowledge)
    assert "We are looking at it." in page_of(dawn)


def test_a_question_is_answered_with_a_file_and_both_times_are_shown(
    dawn: Client, northmoor: Area, clock: time_machine.Traveller
) -> None:
    team_does(northmoor, WEDNESDAY, ask_more, what="Please send the letter.", of_whom="you")
    reference, code = codes_on(dawn.get("/refer/sent").content.decode())
    clock.move_to(FRIDAY, tick=False)
    assert "Please send the letter." not in page_of(dawn), "this browser has forgotten it by now"
    dawn.post("/refer/progress", {"reference": reference, "code": code})
    page = page_of(dawn)
    assert "We wait for an answer from: <strong>you</strong>. You can answer here." in page
    assert "Please send the letter." in page and "4 days have gone by" in page
    assert "For 2 of them we had to wait for an answer." in page
    with context.as_engine():
        question = ReferralStep.objects.get(kind="asked")
    picture = BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    answer = dawn.post(
        f"/refer/progress/{the_referral().reference}/answer/{question.pk}",
        {
            "submission": MARK,
            "words": "Here it is.",
            "document": SimpleUploadedFile("letter.png", picture.getvalue(), "image/png"),
        },
    )
    assert answer.status_code == 302, problems(answer)
    with context.as_engine():
        step = ReferralStep.objects.get(kind="answered")
    assert step.answers_id == question.pk and step.by_name == "Dawn Moss"
    assert [one["file_name"] for one in step.documents] == ["letter.png"]
    after = page_of(dawn)
    assert "Please send the letter." not in after and "Our question was answered" in after


def test_a_wrong_file_and_an_empty_answer_are_told_in_a_sentence(dawn: Client, northmoor: Area) -> None:
    team_does(northmoor, MONDAY, ask_more, what="Please send the letter.", of_whom="you")
    with context.as_engine():
        question = ReferralStep.objects.get(kind="asked")
    at = f"/refer/progress/{the_referral().reference}/answer/{question.pk}"
    empty = dawn.post(at, {"submission": MARK, "words": "  "})
    assert empty.status_code == 422 and problems(empty) == ["Write an answer, or choose a file"]
    script = SimpleUploadedFile("letter.svg", b"<svg><script>1</script></svg>", "image/svg+xml")
    wrong = dawn.post(at, {"submission": MARK, "words": "Typed.", "document": script})
    assert wrong.status_code == 422 and len(problems(wrong)) == 1
    assert "Typed." in wrong.content.decode()


def test_answering_twice_makes_one(dawn: Client, northmoor: Area) -> None:
    team_does(northmoor, MONDAY, ask_more, what="Please send the letter.", of_whom="you")
    with context.as_engine():
        question = ReferralStep.objects.get(kind="asked")
    at = f"/refer/progress/{the_referral().reference}/answer/{question.pk}"
    for _ in range(2):
        assert dawn.post(at, {"submission": MARK, "words": "Here."}).headers["Location"] == "/refer/progress"
    with context.as_engine():
        assert ReferralStep.objects.filter(kind="answered").count() == 1


def test_a_no_is_not_seen_before_it_is_told(dawn: Client, northmoor: Area) -> None:
    team_says_no(northmoor, WEDNESDAY)
    page = page_of(dawn)
    assert "We are looking at it." in page and "We said no" not in page and "autism hub" not in page
    team_does(northmoor, WEDNESDAY, record_call, called_at=WEDNESDAY, words="We talked.")
    assert "We said no" not in page_of(dawn)
    team_tells(northmoor, WEDNESDAY)
    assert "We said no for now." in page_of(dawn)


def test_the_answer_is_read_there_and_got_on_paper_and_the_team_sees_that_it_was_read(
    dawn: Client, northmoor: Area
) -> None:
    team_says_no(northmoor, WEDNESDAY)
    team_does(northmoor, WEDNESDAY, record_call, called_at=WEDNESDAY, words="We talked.")
    team_tells(northmoor, WEDNESDAY)
    with context.as_engine():
        letter = OutcomeLetter.objects.get()
    paper = f"/refer/progress/{the_referral().reference}/letter/{letter.pk}.pdf"
    for _ in range(2):
        assert paper in page_of(dawn)
    assert dawn.get(paper).headers["Content-Type"] == "application/pdf"
    with context.as_engine():
        assert list(LetterOpened.objects.values_list("letter_id", flat=True)) == [letter.pk], "the first time is kept"
    assert dawn.get(f"/refer/progress/{the_referral().reference}/letter/{letter.pk + 1}.pdf").status_code == 404
    other = Client()
    send(other, "me")
    for stranger in (Client(), other):
        assert stranger.get(paper).status_code == 404


def test_going_back_to_the_last_page_after_sending_leads_to_the_receipt(dawn: Client) -> None:
    for answer in (dawn.get("/refer/family/answers"), dawn.post("/refer/family/answers", {"seen": "8"})):
        assert answer.headers["Location"] == "/refer/sent"
    with context.as_engine():
        assert Referral.objects.count() == 1


def test_it_is_seen_for_so_long_after_it_was_told_and_then_no_more(
    dawn: Client, northmoor: Area, clock: time_machine.Traveller
) -> None:
    reference, code = codes_on(dawn.get("/refer/sent").content.decode())
    team_says_no(northmoor, MONDAY)
    team_does(northmoor, MONDAY, record_call, called_at=None, words="", not_called_because="No phone.")
    team_tells(northmoor, MONDAY)
    typed = {"reference": reference, "code": code}
    clock.move_to(MONDAY + SEEN_AFTER, tick=False)
    assert Client().post("/refer/progress", typed).status_code == 302
    clock.move_to(MONDAY + SEEN_AFTER + timedelta(seconds=1), tick=False)
    gone = Client().post("/refer/progress", typed)
    never = Client().post("/refer/progress", {"reference": "R-AAAA-2222", "code": "AAAA2222"})
    assert problems(gone) == problems(never) and len(problems(gone)) == 1


def test_it_can_be_taken_back_however_late_and_is_seen_for_as_long(
    dawn: Client, northmoor: Area, clock: time_machine.Traveller
) -> None:
    reference, code = codes_on(dawn.get("/refer/sent").content.decode())
    clock.move_to(MONDAY + 2 * SEEN_AFTER, tick=False)
    assert dawn.post("/refer/progress", {"reference": reference, "code": code}).status_code == 302
    at = f"/refer/progress/{the_referral().reference}/withdraw"
    assert dawn.post(at, {"submission": MARK, "because": "It is better now."}).status_code == 302
    assert the_referral().state == "withdrawn"
    assert "It was taken back." in page_of(dawn)


def test_a_reference_without_its_code_opens_nothing(dawn: Client, northmoor: Area) -> None:
    reference = the_referral().reference
    stranger = Client()
    assert stranger.get(f"/refer/progress/{reference}").status_code == 404
    assert stranger.post(f"/refer/progress/{reference}/withdraw", {"submission": MARK}).status_code == 404
    assert stranger.get("/refer/sent").headers["Location"] == "/refer/progress"
    stranger.cookies["alongside_asked"] = "forged"
    assert stranger.get("/refer/sent").headers["Location"] == "/refer/progress"


def test_the_full_form_is_asked_for_after_a_yes_and_each_sending_is_a_version(dawn: Client, northmoor: Area) -> None:
    assert "You can tell us more at any time." in page_of(dawn), "from the first day, and not asked for yet"
    who = {"given_name": "Kai", "family_name": "Moss", "birth_date": date(2012, 3, 4)}
    agreement = {"answer": "unknown", "basis": "not_stated", "decided_by": "", "decided_on": None}
    team_does(northmoor, WEDNESDAY, accept, who=who, agreement=agreement, reason="In crisis")
    team_tells(northmoor, WEDNESDAY)
    assert "Please tell us more" in page_of(dawn)
    at = dawn.post("/refer/full").headers["Location"]
    assert at == "/refer/full/person"
    pages = {
        "person": {"pronouns": "he"},
        "living": {"education": "Hill School, half days"},
        "support": {"sent_by": "Dawn"},
    }
    while not at.endswith("/answers"):
        at = dawn.post(at, pages.get(at.rsplit("/", 1)[-1], {})).headers["Location"]
    sent = dawn.post(at, {"seen": seen(dawn, at)})
    assert sent.headers["Location"] == "/refer/progress"
    with context.as_engine():
        full = FullForm.objects.get()
    assert (full.version, full.sent_by_name) == (1, "Dawn")
    assert full.answers == {"pronouns": "he", "education": "Hill School, half days", "sent_by": "Dawn"}
    assert "Please tell us more" not in page_of(dawn) and "You told us more" in page_of(dawn)
    at = dawn.post("/refer/full").headers["Location"]
    assert at == "/refer/full/family", "what was told before is there, and the first empty page opens"
    assert 'value="he"' in dawn.get("/refer/full/person").content.decode()


def test_the_full_form_is_gone_on_with_on_another_device_from_the_progress_page(dawn: Client) -> None:
    reference, code = codes_on(dawn.get("/refer/sent").content.decode())
    dawn.post("/refer/full")
    dawn.post("/refer/full/person", {"pronouns": "he"})
    elsewhere = Client()
    elsewhere.post("/refer/progress", {"reference": reference, "code": code})
    assert "Go on with it" in page_of(elsewhere)
    assert "Go on with what you began" in elsewhere.get("/refer/full").content.decode()
    at = elsewhere.post("/refer/full").headers["Location"]
    assert at == "/refer/full/family" and elsewhere.get(at).status_code == 200
    assert 'value="he"' in elsewhere.get("/refer/full/person").content.decode()


def test_the_keys_of_one_open_no_other(northmoor: Area) -> None:
    first, second = Client(), Client()
    send(first, "family")
    one = codes_on(first.get("/refer/sent").content.decode())
    send(second, "me")
    other = codes_on(second.get("/refer/sent").content.decode())
    mixed = Held(one[0], other[1].replace(" ", ""))
    with context.asking_with(mixed.key):
        assert not Referral.objects.exists()
    own = Held(one[0], one[1].replace(" ", ""))
    with context.asking_with(own.key):
        assert [referral.reference for referral in Referral.objects.all()] == [own.reference]
    assert len(WAYS) == 3
