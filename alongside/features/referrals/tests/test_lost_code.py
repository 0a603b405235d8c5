"""Somebody has lost the code of what they asked: they get another, in the safe way, and the old one opens nothing."""

import re

import pytest

from alongside.features.referrals.codes import key_of
from alongside.features.referrals.models import Referral
from alongside.features.referrals.operations import renew_code
from alongside.features.referrals.tests.pressing import SignIn, press, words
from alongside.features.referrals.tests.sending import MONDAY, ask, step
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as

pytestmark = pytest.mark.django_db


def opens(referral: Referral, code: str) -> bool:
    with context.asking_with(key_of(referral.reference, code)):
        return Referral.objects.filter(pk=referral.pk).exists()


@pytest.mark.parametrize(
    ("by", "address"), [("email", "dawn@example.com"), ("sms", "07700 900123"), ("letter", "Dawn Moss\n3 Mill Lane")]
)
def test_the_new_code_goes_where_they_chose_to_be_answered(area: Area, by: str, address: str) -> None:
    referral, lost = ask(area, MONDAY, answer_by=by)
    assert step(area, renew_code, referral=referral) == "", "it is sent, and shown to nobody"
    with context.as_engine():
        sent = Delivery.objects.get(channel=by)
        said = sent.filling.get("code") or Message.objects.get(kind="referral_code").body.split("code is ")[1][:9]
    assert sent.address.startswith(address)
    assert opens(referral, said.replace("-", "")) and not opens(referral, lost)


@pytest.mark.parametrize("said", [{"answer_by": "phone"}, {"answer_by": "sms", "must_not_know": "My stepdad"}], ids=str)
def test_where_nothing_may_go_out_a_person_tells_it(area: Area, said: dict[str, str]) -> None:
    referral, lost = ask(area, MONDAY, **said)
    code = step(area, renew_code, referral=referral)
    assert opens(referral, code) and not opens(referral, lost)
    with context.as_engine():
        assert not Delivery.objects.exists()


@pytest.mark.parametrize("role", ["manager", "keyworker", "commissioner", "partner_health", "family"])
def test_only_the_register_team_gives_a_new_code(area: Area, role: str) -> None:
    referral, code = ask(area, MONDAY)
    with acting_as(area.actors[role], MONDAY) as me, pytest.raises(Refused), recording(by=me, at=MONDAY) as note:
        renew_code(note, referral=referral, by=me)
    assert opens(referral, code)


def test_whoever_has_an_account_signs_in(area: Area) -> None:
    referral, _ = ask(area, MONDAY)
    referral.asked_by = area.actors["partner_health"]
    with context.as_engine(), recording(by=area.actors["coordinator"], at=MONDAY) as note:
        referral.save(update_fields=["asked_by"])
        note("x.y", words="x")
    with pytest.raises(NotNow, match="no code"):
        step(area, renew_code, referral=referral)


def test_the_page_shows_a_code_once_where_nothing_may_be_sent(area: Area, as_: SignIn) -> None:
    referral, lost = ask(area, MONDAY, answer_by="phone")
    client = as_()
    page = press(client, f"/referrals/{referral.pk}/code")
    told = re.search(r"code ([A-Z0-9]{4})-([A-Z0-9]{4})", words(page))
    assert told and opens(referral, "".join(told.groups())) and not opens(referral, lost)
    assert page.headers["Cache-Control"] == "no-store"
    assert "".join(told.groups())[:4] not in words(client.get(f"/referrals/{referral.pk}/code"))


def test_the_page_says_that_a_code_was_sent_and_does_not_show_it(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY, answer_by="sms")
    client = as_()
    assert press(client, f"/referrals/{referral.pk}/code").status_code == 302
    assert "on its way" in words(client.get(f"/referrals/{referral.pk}"))
    assert as_("keyworker").get(f"/referrals/{referral.pk}/code").status_code == 403


def test_a_page_that_is_out_of_date_gives_no_code(area: Area, as_: SignIn) -> None:
    referral, lost = ask(area, MONDAY, answer_by="phone")
    client = as_()
    page = client.get(f"/referrals/{referral.pk}/code")
    press(client, f"/referrals/{referral.pk}/acknowledge")
    kept = dict(re.findall(r'type="hidden" name="(submission|version)" value="([^"]*)"', words(page)))
    kept |= dict(re.findall(r'type="hidden" name="(submission|version)" id="[^"]*" value="([^"]*)"', words(page)))
    assert client.post(f"/referrals/{referral.pk}/code", kept).status_code == 422
    assert opens(referral, lost)
