"""The register team's pages about referrals, pressed as in a browser on a day that stands still."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.features.people.models import Person
from alongside.features.referrals import triage_queries
from alongside.features.referrals.tests.pressing import MONDAY, SignIn, hidden, on, press, read, words
from alongside.features.referrals.tests.sending import ask
from alongside.foundation.access import context
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.models import Look
from alongside.overview.models import Duty
from tests.cast import Area, add_registered, make_area

pytestmark = pytest.mark.django_db


def test_the_list_shows_who_waits_longest_first_with_both_times(area: Area, as_: SignIn) -> None:
    late, _ = ask(area, MONDAY - timedelta(days=40), given_name="Rae")
    ask(area, MONDAY)
    page = words(as_().get("/referrals"))
    assert page.index("Rae Moss") < page.index("Kai Moss")
    assert "41 days" in page
    assert "0 days of it waiting" in page
    assert "by 9 February 2026" in page
    assert page.count(">Late<") == 1
    assert late.reference in page


def test_the_list_asks_few_statements_whatever_its_size(area: Area, as_: SignIn) -> None:
    for number in range(3):
        ask(area, MONDAY + timedelta(minutes=number))
    client = as_()
    client.get("/referrals")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/referrals")
    for number in range(12):
        ask(area, MONDAY + timedelta(hours=1 + number))
    with CaptureQueriesContext(connection) as many:
        client.get("/referrals")
    assert len(many) == len(few) <= 12


def test_one_referral_asks_few_statements(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY)
    client = as_()
    client.get(f"/referrals/{referral.pk}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/referrals/{referral.pk}")
    assert len(asked) <= 12, [query["sql"][:90] for query in asked]


def test_who_was_asked_for_before_stands_on_the_page_of_both(area: Area, as_: SignIn) -> None:
    declined, _ = ask(area, MONDAY - timedelta(days=40))
    by_school, _ = ask(area, MONDAY, birth_date=None)
    somebody_else, _ = ask(area, MONDAY, given_name="Rae", family_name="Lind")
    ask(make_area("QB2", "Area Two"), MONDAY)
    press(as_(), f"/referrals/{declined.pk}/decline", reason="risk_not_met", words="No.", alternative="The GP.",
          **on("look_again_on", date(2026, 4, 13)))  # fmt: skip
    page = words(as_().get(f"/referrals/{by_school.pk}"))
    assert "Asked for before" in page and page.count(declined.reference) == 1 and "Not accepted on" in page
    assert words(as_().get(f"/referrals/{declined.pk}")).count(by_school.reference) == 1
    assert "Asked for before" not in words(as_().get(f"/referrals/{somebody_else.pk}"))


@pytest.mark.parametrize("role", ["keyworker", "manager", "commissioner", "governance", "admin", "partner_health"])
def test_the_pages_are_the_register_teams(area: Area, as_: SignIn, role: str) -> None:
    referral, _ = ask(area, MONDAY)
    for at in ("/referrals", f"/referrals/{referral.pk}", f"/referrals/{referral.pk}/accept"):
        assert as_(role).get(at).status_code == 403


def test_another_areas_referral_is_not_there(as_: SignIn) -> None:
    referral, _ = ask(make_area("QB2", "Area Two"), MONDAY)
    for rest in ("", "/accept", "/ask", "/outcome", "/decline"):
        assert as_().get(f"/referrals/{referral.pk}{rest}").status_code == 404


@pytest.mark.parametrize(
    "at", ["/referrals/999999999", "/referrals/1/nothing", "/referrals?show=x", "/referrals/letters/1"]
)
def test_what_is_not_there_is_not_there(as_: SignIn, at: str) -> None:
    assert as_().get(at).status_code == 404


def test_every_page_records_the_look(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY)
    as_().get(f"/referrals/{referral.pk}")
    with context.as_engine():
        assert Look.objects.filter(page=f"referral {referral.reference}").count() == 1


def test_my_day_shows_it_and_its_button_opens_it(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY)
    client = as_()
    page = words(client.get("/?inbox=" + str(area.teams["register"].pk)))
    assert f"Look at the referral {referral.reference}" in page
    with context.as_engine():
        duty = Duty.objects.get(subject="referral", rule_key="referral_triage")
    for rest in ("do", "not-needed"):
        answer = client.get(f"/duties/{duty.pk}/{rest}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/referrals/{referral.pk}")
    assert "not-needed" not in page


def test_looked_at_with_one_press_and_only_once(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY)
    client = as_()
    page = client.get(f"/referrals/{referral.pk}")
    form = {"version": "1", "submission": hidden(page)["submission"]}
    for _ in range(2):
        answer = client.post(f"/referrals/{referral.pk}/acknowledge", form)
        assert answer.status_code == 302
    assert read(referral).version == 2


def test_a_stale_form_is_told_and_nothing_typed_is_lost(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY)
    client = as_()
    at = f"/referrals/{referral.pk}/ask"
    page = client.get(at)
    press(client, f"/referrals/{referral.pk}/acknowledge")
    answer = client.post(at, hidden(page) | {"words": "Is there a letter?", "of_whom": "Dawn"})
    assert answer.status_code == 422
    assert "Somebody changed this referral" in words(answer)
    assert "Is there a letter?" in words(answer)


def test_a_question_reaches_whoever_asked_in_their_way(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY, answer_by="email")
    press(as_(), f"/referrals/{referral.pk}/ask", words="Is there a letter?", of_whom="Dawn")
    with context.as_engine():
        delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.address, delivery.notice) == ("email", "dawn@example.com", "asked")
    assert "Is there" not in str(delivery.filling)


def test_where_somebody_must_not_know_nothing_is_sent_by_itself(area: Area, as_: SignIn) -> None:
    referral, _ = ask(area, MONDAY, answer_by="sms", must_not_know="my stepdad", safe_contact="Text after school")
    client, at = as_(), f"/referrals/{referral.pk}/ask"
    assert "Text after school. Must not know: my stepdad" in words(client.get(at))
    assert "Save the question" in words(client.get(at))
    assert "Send the question" not in words(client.get(at))
    assert press(client, at, words="Is there a letter?", of_whom="you").status_code == 302
    told = words(client.get(f"/referrals/{referral.pk}"))
    assert "Nobody has been told" in told
    assert "reach Dawn Moss yourself, safely (phone 07700 900123)" in told
    assert "on its way" not in told
    assert told.index("Who must not know") < told.index("What to do")
    with context.as_engine():
        assert not Delivery.objects.exists()


def test_those_who_say_they_are_in_danger_come_first_page_after_page(
    area: Area, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triage_queries, "PAGE", 1)
    danger = ("hospital_risk", "self_harm", "ae_crisis")
    ask(area, MONDAY - timedelta(days=9), given_name="Rae", reasons=["education"])
    for number, reason in enumerate(danger):
        ask(area, MONDAY + timedelta(minutes=number), given_name=f"Kai{number}", reasons=[reason])
    ask(area, MONDAY + timedelta(hours=1), given_name="Bo", reasons=[])
    client, at, shown = as_(), "/referrals", []
    while at:
        page = words(client.get(at))
        (name,) = re.findall(r">(\w+) Moss</a>", page)
        shown.append((name, "Says they are in danger" in page))
        following = re.search(r'href="(\?show=open&amp;after=[^"]+)">Next', page)
        at = f"/referrals{following[1].replace('&amp;', '&')}" if following else ""
    assert shown == [("Kai0", True), ("Kai1", True), ("Kai2", True), ("Rae", False), ("Bo", False)]


def test_accepting_asks_about_somebody_alike_first(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, given_name="Kai", family_name="Moss", birth_date=date(2011, 9, 3), at=MONDAY)
    referral, _ = ask(area, MONDAY)
    client = as_()
    assert f"/people/{person.reference}" in words(client.get(f"/referrals/{referral.pk}"))
    given = {
        "given_name": "Kai", "family_name": "Moss", "listing": "child", "reason": "Risk", "answer": "given",
        "basis": "competent_child", "decided_by": "Kai", **on("birth_date", date(2011, 9, 3)),
    }  # fmt: skip
    answer = press(client, f"/referrals/{referral.pk}/accept", **given)
    assert answer.status_code == 422
    answer = press(client, f"/referrals/{referral.pk}/accept", **given, different="on")
    assert answer.status_code == 302, words(answer)
    assert read(referral).state == "accepted"
    with context.as_engine():
        assert Person.objects.filter(family_name="Moss").count() == 2


def test_it_is_them_takes_the_record_that_is_there(area: Area, as_: SignIn) -> None:
    person, _ = add_registered(area, birth_date=date(2011, 9, 3), at=MONDAY, listing="adult")
    referral, _ = ask(area, MONDAY)
    at = f"/referrals/{referral.pk}/accept"
    client = as_()
    assert "they are on the register already" not in words(client.get(at))
    assert "they are on the register already" in words(client.get(f"{at}?person={person.reference}"))
    at = f"{at}?person={person.reference}&other=yes"
    page = client.get(at)
    assert "is here already" in words(page)
    given = {"listing": "child", "reason": "Risk", "answer": "given", "basis": "competent_child", "decided_by": "Kai"}
    answer = client.post(
        at, {"submission": hidden(page)["submission"], "version": "1", "person": person.reference, **given}
    )
    assert answer.status_code == 302, words(answer)
    assert read(referral).person_id == person.pk


def test_somebody_on_the_register_is_accepted_without_a_question_and_becomes_work(area: Area, as_: SignIn) -> None:
    person, entry = add_registered(area, birth_date=date(2011, 9, 3), at=MONDAY)
    referral, _ = ask(area, MONDAY)
    client, at = as_(), f"/referrals/{referral.pk}/accept?person={person.reference}"
    page = client.get(at)
    assert "Why do they come on the register?" not in words(page)
    typed = {name: hidden(page)[name] for name in ("submission", "version", "person")}
    answer = client.post(at, typed, follow=True)
    assert "What was told is work on their record now" in words(answer)
    assert "What was told is work" not in words(client.post(at, typed, follow=True)), "pressed twice it is done once"
    with context.as_engine():
        assert Duty.objects.filter(person=person, doing="answer_told").count() == 1
    assert (read(referral).state, read(referral).person_id) == ("accepted", person.pk)
