"""Telling the outcome: a call first, the last screen, and letters that their own link opens."""

from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.features.referrals.models import LetterOpened, OutcomeLetter
from alongside.features.referrals.tests.pressing import (
    MONDAY,
    TUESDAY,
    SignIn,
    hidden,
    on,
    press,
    read,
    words,
)
from alongside.features.referrals.tests.sending import ask
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from tests.cast import Area

pytestmark = pytest.mark.django_db


def test_a_no_from_the_form_to_the_letter(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY)
    client, at = as_(), f"/referrals/{referral.pk}"
    page = client.get(f"{at}/decline")
    assert 'value="13"' in words(page) and 'value="4"' in words(page), "three months are proposed"
    answer = press(
        client, f"{at}/decline", reason="risk_not_met", words="You are safe at home now.",
        alternative="The school nurse: 01632 960001", **on("look_again_on", date(2026, 4, 13)),
    )  # fmt: skip
    assert answer.status_code == 302, words(answer)
    telling = {
        "r0-who": "asker", "r0-tell": "on", "r0-name": "Dawn Moss", "r0-by": "letter",
        "r0-address": "3 Mill Lane\nOldtown",
        "r1-who": "young_person", "r1-tell": "on", "r1-name": "Kai", "r1-by": "phone", "r1-easy_read": "on",
        "r2-who": "other", "r3-who": "other",
    }  # fmt: skip
    assert "Call first" in words(client.get(f"{at}/outcome"))
    answer = press(client, f"{at}/outcome", step="send", **telling)
    assert "after a call" in words(answer)
    press(client, f"{at}/call", called="yes", words="Dawn understood.", **on("called_on", TUESDAY.date()))
    assert read(referral).called_by_id == area.actors["coordinator"].pk
    last = press(client, f"{at}/outcome", **telling)
    said = words(last)
    assert "Nothing has been sent yet" in said
    for shown in (
        "3 Mill Lane",
        "You are safe at home now.",
        "The school nurse: 01632 960001",
        "13 April 2026",
        "advocate",
    ):
        assert shown in said
    with context.as_engine():
        assert not OutcomeLetter.objects.exists()
    answer = client.post(f"{at}/outcome", hidden(last) | {"step": "send"})
    assert answer.status_code == 302, words(answer)
    with context.as_engine():
        letters = list(OutcomeLetter.objects.order_by("id").values_list("who", "by_way", "easy_read", "address"))
    assert letters == [("asker", "letter", False, "3 Mill Lane\nOldtown"), ("young_person", "phone", True, "")]
    assert "Moss" in words(client.get("/referrals?show=declined"))


def test_a_letter_is_opened_by_its_link_alone_and_that_is_seen(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY, answer_by="email")
    client, at = as_(), f"/referrals/{referral.pk}"
    given = {"listing": "child", "reason": "Risk", "answer": "given", "basis": "competent_child", "decided_by": "Kai"}
    press(client, f"{at}/accept", given_name="Kai", family_name="Moss", **on("birth_date", date(2011, 9, 3)), **given)
    telling = {
        "r0-who": "asker",
        "r0-tell": "on",
        "r0-name": "Dawn",
        "r0-by": "email",
        "r0-address": "dawn@example.com",
    }
    last = press(client, f"{at}/outcome", **telling)
    client.post(f"{at}/outcome", hidden(last) | {"step": "send"})
    with context.as_engine():
        link = Delivery.objects.get().filling["link"]
        letter = OutcomeLetter.objects.get()
    visitor = Client()
    page = visitor.get(link)
    assert page.status_code == 200
    assert "The answer is yes" in words(page)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    pdf = visitor.get(f"{link}/letter.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    with context.as_engine():
        assert LetterOpened.objects.filter(letter=letter).count() == 2
    assert "Opened 13 January 2026" in words(client.get(at))
    assert client.get(f"/referrals/letters/{letter.pk}").status_code == 200
    assert client.get(f"/referrals/letters/{letter.pk}/letter.pdf").status_code == 200
    assert visitor.get(f"/referrals/letters/{letter.pk}").status_code == 302


@pytest.mark.parametrize("key", ["x", "A" * 43, "a" * 500, "..", "%00", "A" * 42 + "'"])
def test_a_link_that_opens_nothing_always_says_the_same(as_: SignIn, key: str) -> None:
    answer = Client().get(f"/outcome/{key}")
    assert answer.status_code == 404


def test_a_link_too_old_opens_nothing(area: Area, as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    referral, _ = ask(area, MONDAY, answer_by="email")
    test_a_letter_is_opened_by_its_link_alone_and_that_is_seen(area, as_)
    with context.as_engine():
        link = Delivery.objects.order_by("id").first().filling["link"]  # type: ignore[union-attr]
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + timedelta(days=91))
    assert "may be too old" in words(Client().get(link))
