"""A form begun and gone on with: kept while it is typed, resumed elsewhere, deleted in time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from alongside.features.referrals import limits
from alongside.features.referrals.drafts import KEPT_DAYS, delete_expired
from alongside.features.referrals.models import Referral, ReferralDraft
from alongside.features.referrals.tests.asking import codes_on, fill_in, problems, seen, send
from alongside.foundation.access import context
from tests.cast import Area, acting_as, key_of

MONDAY = datetime(2026, 1, 12, 10, 0, tzinfo=UTC)
NOT_FOUND = ["We cannot open this. Check the reference and the code. If they are old, start again or call us"]


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def begun(visitor: Client) -> tuple[str, str]:
    """A draft with a name in it; its reference and code."""
    visitor.post("/refer/me")
    visitor.post("/refer/me/name", {"given_name": "Kai", "family_name": "Moss"})
    return codes_on(visitor.get("/refer/later").content.decode())


def test_it_goes_on_on_another_device(northmoor: Area) -> None:
    reference, code = begun(Client())
    other = Client()
    answer = other.post("/refer/carry-on", {"reference": reference.lower(), "code": code.lower()})
    assert answer.headers["Location"] == "/refer/me/birthday", "the first page that has no answer yet"
    assert 'value="Moss"' in other.get("/refer/me/name").content.decode()


def test_it_goes_on_in_the_middle_of_the_page_that_was_being_written(northmoor: Area) -> None:
    visitor = Client()
    reference, code = begun(visitor)
    half = {"birth_date-day": "4", "birth_date-month": "3", "seen": seen(visitor, "/refer/me/birthday")}
    visitor.post("/refer/me/birthday/keep", half)
    other = Client()
    at = other.post("/refer/carry-on", {"reference": reference, "code": code}).headers["Location"]
    assert at == "/refer/me/birthday"
    page = other.get(at).content.decode()
    assert 'value="4"' in page and 'value="3"' in page


def test_where_everything_is_answered_it_goes_on_with_the_check(northmoor: Area) -> None:
    visitor = Client()
    at = fill_in(visitor, "me")
    reference, code = codes_on(visitor.get("/refer/later").content.decode())
    assert Client().post("/refer/carry-on", {"reference": reference, "code": code}).headers["Location"] == at


def test_wrong_old_and_never_are_told_alike(northmoor: Area, monday: time_machine.Traveller) -> None:
    reference, code = begun(Client())
    tried = [
        {"reference": reference, "code": "AAAA2222"},
        {"reference": "R-AAAA-2222", "code": code},
        {"reference": "nonsense", "code": "nonsense"},
        {"reference": "' or 1=1 --", "code": "\u202e💥"},
    ]
    assert [problems(Client().post("/refer/carry-on", one)) for one in tried] == [NOT_FOUND] * 4
    monday.shift(timedelta(days=KEPT_DAYS))
    assert problems(Client().post("/refer/carry-on", {"reference": reference, "code": code})) == NOT_FOUND


def test_it_is_kept_to_its_last_moment_and_deleted_then(northmoor: Area, monday: time_machine.Traveller) -> None:
    reference, code = begun(Client())
    monday.shift(timedelta(days=KEPT_DAYS) - timedelta(seconds=1))
    assert Client().post("/refer/carry-on", {"reference": reference, "code": code}).status_code == 302
    assert delete_expired(MONDAY + timedelta(days=KEPT_DAYS) - timedelta(seconds=1)) == 0
    assert delete_expired(MONDAY + timedelta(days=KEPT_DAYS)) == 1
    with context.as_engine():
        assert not ReferralDraft.objects.exists()


def test_what_is_typed_is_kept_before_continue(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    version = seen(visitor, "/refer/me/words")
    answer = visitor.post("/refer/me/words/keep", {"words": "It is too", "seen": version})
    assert answer.json() == {"kept": True}
    page = visitor.get("/refer/me/words").content.decode()
    assert "It is too" in page and "There is a problem" not in page


def test_half_an_answer_kept_while_typing_is_not_called_wrong_yet(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    version = seen(visitor, "/refer/me/birthday")
    visitor.post("/refer/me/birthday/keep", {"birth_date-day": "31", "birth_date-month": "2", "seen": version})
    page = visitor.get("/refer/me/birthday").content.decode()
    assert 'value="31"' in page and "There is a problem" not in page


def test_what_comes_late_never_undoes_a_continue(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    version = seen(visitor, "/refer/me/words")
    visitor.post("/refer/me/words", {"words": "The whole of it."})
    late = visitor.post("/refer/me/words/keep", {"words": "The wh", "seen": version})
    assert late.json() == {"kept": False}
    assert "The whole of it." in visitor.get("/refer/me/words").content.decode()


def test_a_page_with_a_mistake_keeps_what_was_typed(northmoor: Area) -> None:
    visitor = Client()
    visitor.post("/refer/me")
    answer = visitor.post(
        "/refer/me/birthday", {"birth_date-day": "31", "birth_date-month": "2", "birth_date-year": "2012"}
    )
    assert answer.status_code == 422 and 'value="31"' in answer.content.decode()
    assert 'value="31"' in visitor.get("/refer/me/birthday").content.decode()


def test_when_the_draft_is_gone_the_page_that_was_sent_begins_a_new_one(northmoor: Area) -> None:
    visitor = Client()
    begun(visitor)
    with context.as_engine():
        ReferralDraft.objects.all().delete()
    answer = visitor.post("/refer/me/words", {"words": "Still here."})
    assert answer.status_code == 302
    assert "Still here." in visitor.get("/refer/me/words").content.decode()


def test_a_draft_is_nobodys_but_its_holders(northmoor: Area) -> None:
    begun(Client())
    for role in ("coordinator", "manager", "admin", "governance"):
        with acting_as(northmoor.actors[role]):
            assert not ReferralDraft.objects.exists()
    assert not ReferralDraft.objects.exists(), "nor anybody's without a key"


def test_a_changed_answer_leads_back_to_all_answers(northmoor: Area) -> None:
    visitor = Client()
    fill_in(visitor, "me")
    answer = visitor.post("/refer/me/words", {"words": "More.", "back_to": "answers"})
    assert answer.headers["Location"] == "/refer/me/answers"


def test_a_question_that_is_called_for_later_is_asked(northmoor: Area) -> None:
    """Who told them is asked only once there is something to have been told."""
    visitor = Client()
    fill_in(visitor, "me", you={"diagnoses": ["not_sure"]})
    answer = visitor.post("/refer/me/you", {"diagnoses": ["autism"], "back_to": "answers"})
    assert answer.headers["Location"] == "/refer/me/checked"


def test_codes_are_not_guessed_in_numbers(northmoor: Area, monday: time_machine.Traveller) -> None:
    reference, code = begun(Client())
    guesser = Client()
    for _ in range(limits.WRONG_CODE_OF_ONE.most):
        assert problems(guesser.post("/refer/carry-on", {"reference": reference, "code": "AAAA2222"})) == NOT_FOUND
    stopped = guesser.post("/refer/carry-on", {"reference": reference, "code": code})
    assert problems(stopped) == ["This was tried too often. Wait 60 minutes, then try again"]
    other_address = Client(REMOTE_ADDR="192.0.2.7")
    assert other_address.post("/refer/carry-on", {"reference": reference, "code": code}).status_code == 422


def test_sending_too_often_is_told_and_loses_nothing(northmoor: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SEND", limits.Limit("send", 1, 3600))
    send(Client(), "me")
    visitor = Client()
    at = fill_in(visitor, "me")
    answer = visitor.post(at, {"seen": seen(visitor, at)})
    assert answer.status_code == 429
    assert problems(answer) == ["This was done too often from here. What you told us is kept. Try again in 60 minutes"]
    assert "It is too loud." in visitor.get(at).content.decode()
    monkeypatch.setattr(limits, "SEND", limits.Limit("send", 30, 3600))
    assert visitor.post(at, {"seen": seen(visitor, at)}).status_code == 302
    with context.as_engine():
        assert Referral.objects.count() == 2


def test_leaving_forgets_everything_this_browser_carried(northmoor: Area) -> None:
    visitor = Client()
    begun(visitor)
    answer = visitor.get("/leave")
    assert answer.headers["Location"].startswith("https://") and answer.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.get("/refer/me/name").headers["Location"] == "/refer/me", "the way back shows an empty start"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["/refer", "/refer/me", "/refer/check", "/refer/carry-on", "/refer/progress"])
def test_every_page_has_the_way_out_and_is_kept_by_no_browser(northmoor: Area, page: str) -> None:
    answer = Client().get(page)
    assert "data-leave" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_account_goes_on_anywhere_with_what_it_began_and_nobody_elses(northmoor: Area) -> None:
    def comes(role: str) -> Client:
        client = Client()
        client.cookies["alongside_key"] = key_of(northmoor.actors[role])
        return client

    desk = comes("partner_health")
    at = desk.post("/refer/professional").headers["Location"]
    desk.post(at, {"asker_name": "Ben Ward", "asker_role": "Nurse", "organisation": "Trust", "email": "b@example.com"})
    with context.as_engine():
        reference = ReferralDraft.objects.get().reference
    phone = comes("partner_health")
    assert reference in phone.get("/refer/carry-on").content.decode()
    answer = phone.post("/refer/carry-on", {"own": reference})
    assert answer.headers["Location"] == "/refer/professional/them"
    assert 'value="Ben Ward"' in phone.get(at).content.decode()
    other = comes("partner_education")
    assert reference not in other.get("/refer/carry-on").content.decode()
    for stranger in (other, Client()):
        assert stranger.post("/refer/carry-on", {"own": reference}).status_code == 200
        assert stranger.get(at).status_code == 302, "no draft is carried"
