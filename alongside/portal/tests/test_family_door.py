"""The family door: who is asked in comes in once, and nobody else ever does."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.keyworking.operations import allocate
from alongside.features.people.models import Person
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.me import open_key
from alongside.foundation.accounts.family_sign_in import FACTOR
from alongside.foundation.accounts.models import Actor, Invitation
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.ways import rendered
from alongside.foundation.recording.recording import recording
from alongside.portal.tests.conftest import PHONE, ask_in, comes_in, has_relation, last_sent, mark_of, signed_in
from tests.cast import NOW, Area, acting_as, add_registered


def test_a_mother_who_is_asked_in_comes_in_by_link_and_code(northmoor: Area, kai: Person) -> None:
    ask_in(northmoor, kai, has_relation(northmoor, kai))
    visitor = comes_in(last_sent("invitation")["link"])
    home = visitor.get("/mine", follow=True)
    assert home.status_code == 200
    assert "About Kai" in home.content.decode()


def test_a_link_that_was_used_says_the_same_as_one_that_never_was(northmoor: Area, kai: Person, dawn: Client) -> None:
    used = Client().get(last_sent("invitation")["link"])
    never = Client().get("/family/in/there-never-was-such-a-link-at-all")
    assert used.status_code == never.status_code == 404
    assert used.content == never.content


@pytest.mark.parametrize(("days", "status"), [(6.99, 200), (7.01, 404)])
def test_a_link_counts_for_seven_days(
    northmoor: Area, kai: Person, days: float, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_in(northmoor, kai, has_relation(northmoor, kai))
    later = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Client().get(last_sent("invitation")["link"]).status_code == status


def test_after_five_wrong_codes_the_right_one_does_not_count(northmoor: Area, kai: Person) -> None:
    ask_in(northmoor, kai, has_relation(northmoor, kai))
    link, visitor = last_sent("invitation")["link"], Client()
    visitor.post(link, {"send": "1"})
    right = last_sent("code")["code"]
    wrong = "000000" if right != "000000" else "111111"
    told = [visitor.post(link, {"code": wrong}).status_code for _ in range(5)]
    assert told == [422, 422, 422, 422, 404]
    assert visitor.post(link, {"code": right}).status_code == 404
    with context.as_engine():
        assert Invitation.objects.get().used_at is None


def test_after_four_wrong_codes_the_right_one_still_counts(northmoor: Area, kai: Person) -> None:
    ask_in(northmoor, kai, has_relation(northmoor, kai))
    link, visitor = last_sent("invitation")["link"], Client()
    visitor.post(link, {"send": "1"})
    right = last_sent("code")["code"]
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(4):
        visitor.post(link, {"code": wrong})
    assert visitor.post(link, {"code": right}).status_code == 302


def test_two_letters_are_as_good_as_a_phone(northmoor: Area, kai: Person) -> None:
    page = ask_in(northmoor, kai, None, way="letter")
    link, code = re.findall(r'<p class="app-typed">([^<]+)</p>', page)
    visitor = Client()
    answer = visitor.post(re.sub(r"^https?://[^/]+", "", link), {"code": code})
    assert answer.status_code == 302
    assert "Hello Kai" in visitor.get("/mine", follow=True).content.decode()


def test_their_keyworker_asks_in_and_closes_as_the_register_team_does(northmoor: Area, kai: Person) -> None:
    with acting_as(northmoor.actors["coordinator"], NOW) as me, recording(by=me, at=NOW) as note:
        allocate(note, person=kai, worker=northmoor.actors["keyworker"], from_date=NOW.date())
    mother = has_relation(northmoor, kai)
    ask_in(northmoor, kai, mother, by="keyworker")
    dawn = comes_in(last_sent("invitation")["link"])
    asha = signed_in(northmoor.actors["keyworker"])
    page = asha.get(f"/people/{kai.reference}/family").content.decode()
    assert "Signs in since 20 November 2026" in page
    asha.post(f"/people/{kai.reference}/family/close/{mother.pk}", {"submission": mark_of(page)})
    assert dawn.get(f"/mine/{kai.reference}").status_code == 404


def test_a_partner_asks_nobody_in(northmoor: Area, kai: Person) -> None:
    for role in ("partner_health", "commissioner", "admin"):
        answer = signed_in(northmoor.actors[role]).get(f"/people/{kai.reference}/family")
        assert answer.status_code == 403, role


def test_sending_the_same_invitation_twice_asks_in_once(northmoor: Area, kai: Person) -> None:
    mother = has_relation(northmoor, kai)
    ask_in(northmoor, kai, mother, submission="the-same-mark-both-times")
    ask_in(northmoor, kai, mother, submission="the-same-mark-both-times")
    with context.as_engine():
        assert Invitation.objects.count() == 1
        assert Delivery.objects.filter(notice="invitation").count() == 1


def test_a_new_invitation_takes_the_one_before_back(northmoor: Area, kai: Person) -> None:
    mother = has_relation(northmoor, kai)
    ask_in(northmoor, kai, mother)
    first = last_sent("invitation")["link"]
    ask_in(northmoor, kai, mother)
    assert Client().get(first).status_code == 404
    assert Client().get(last_sent("invitation")["link"]).status_code == 200


def test_what_is_sent_names_nobody(northmoor: Area, kai: Person, dawn: Client) -> None:
    with context.as_engine():
        for delivery in Delivery.objects.all():
            told = rendered(delivery.notice, delivery.filling)
            for word in ("Kai", "Moss", "Dawn", "register", "child"):
                assert word not in told.subject + told.body


@pytest.mark.parametrize("page", ["family", "family/invite/0"])
def test_the_inviters_pages_ask_little_of_the_database(northmoor: Area, kai: Person, dawn: Client, page: str) -> None:
    staff = signed_in(northmoor.actors["coordinator"])
    with CaptureQueriesContext(connection) as asked:
        assert staff.get(f"/people/{kai.reference}/{page}").status_code == 200
    assert len(asked) <= 12, "\n".join(one["sql"][:160] for one in asked)


@pytest.mark.parametrize("typed", ["", "x", "07700", "a@b", "😀" * 200, "0" * 5000, "' or 1=1 --", "\x00"])
def test_whatever_is_typed_at_the_door_gets_a_sentence(northmoor: Area, kai: Person, typed: str) -> None:
    ask_in(northmoor, kai, has_relation(northmoor, kai))
    link = last_sent("invitation")["link"]
    assert Client().post("/family", {"contact": typed}).status_code in (302, 422)
    assert Client().post(link, {"code": typed}).status_code == 422


def test_nothing_is_sent_before_what_they_will_see_was_read_back(northmoor: Area, kai: Person) -> None:
    mother = has_relation(northmoor, kai)
    page = ask_in(northmoor, kai, mother, confirm=[])
    assert "What Dawn Moss will see" in page and "Invite them" in page
    with context.as_engine():
        assert not Invitation.objects.exists()


def test_she_signs_in_again_with_her_phone_and_a_code(northmoor: Area, kai: Person, dawn: Client) -> None:
    visitor = Client()
    assert visitor.post("/family", {"contact": "+44 7700 900123"}).headers["Location"] == "/family/code"
    answer = visitor.post("/family/code", {"code": last_sent("code")["code"]})
    assert answer.headers["Location"] == "/mine"
    assert visitor.get("/mine", follow=True).status_code == 200


def test_a_phone_that_nobody_knows_gets_the_same_answer_and_no_code(northmoor: Area, dawn: Client) -> None:
    with context.as_engine():
        before = Delivery.objects.count()
    visitor = Client()
    assert visitor.post("/family", {"contact": "07700 900999"}).headers["Location"] == "/family/code"
    assert visitor.get("/family/code").content.count(b"If we know this phone") == 1
    assert visitor.post("/family/code", {"code": "123456"}).status_code == 422
    with context.as_engine():
        assert Delivery.objects.count() == before


def test_her_key_ends_sooner_than_that_of_staff(northmoor: Area, kai: Person, dawn: Client) -> None:
    with context.as_engine():
        mother = Actor.objects.get(name="Dawn Moss")
    for minutes, goes_to in ((14, 200), (16, 302)):
        client = Client()
        opened = clock.now() - timedelta(minutes=minutes)
        client.cookies[settings.KEY_COOKIE] = open_key(mother.pk, kind="session", factor=FACTOR, at=opened)
        assert client.get(f"/mine/{kai.reference}").status_code == goes_to


def test_a_family_reaches_no_page_of_the_staff(northmoor: Area, kai: Person, dawn: Client) -> None:
    for address in ("/register", "/rules", "/account", "/radar", f"/people/{kai.reference}", "/audit", "/import"):
        assert dawn.get(address).status_code == 404, address


def test_a_family_goes_from_the_start_page_to_their_own(northmoor: Area, kai: Person, dawn: Client) -> None:
    answer = dawn.get("/")
    assert answer.status_code == 302 and answer.headers["Location"] == "/mine"
    assert signed_in(northmoor.actors["coordinator"]).get("/").status_code == 200
    assert Client().get("/").headers["Location"].startswith(settings.LOGIN_URL)


@pytest.mark.parametrize("address", ["/register", "/no-such-page", "/mine/AA-0000-0000"])
def test_a_family_is_told_in_their_own_words_that_a_page_is_not_there(dawn: Client, address: str) -> None:
    page = dawn.get(address).content.decode()
    assert "You did nothing wrong." in page and 'href="/mine"' in page
    assert "outside your work" not in page and "your manager" not in page


def test_a_family_reaches_nobody_elses_pages(northmoor: Area, kai: Person, dawn: Client) -> None:
    other, _ = add_registered(northmoor, given_name="Maya", family_name="Lind", at=clock.now())
    assert dawn.get(f"/mine/{other.reference}").status_code == 404
    assert dawn.get("/mine/AA-0000-0000").status_code == 404


def test_closing_the_door_closes_it_at_once(northmoor: Area, kai: Person, dawn: Client) -> None:
    staff = signed_in(northmoor.actors["coordinator"])
    mark = mark_of(staff.get(f"/people/{kai.reference}/family").content.decode())
    with context.as_engine():
        relation = kai.relation_rows.get()
    staff.post(f"/people/{kai.reference}/family/close/{relation.pk}", {"submission": mark})
    assert dawn.get(f"/mine/{kai.reference}").status_code == 404


def test_a_phone_is_one_persons_way_in(northmoor: Area, kai: Person, dawn: Client) -> None:
    assert "Each person needs one of their own" in ask_in(northmoor, kai, None, phone=PHONE)


def test_who_a_mother_is_is_nobody_elses_matter(northmoor: Area, saltby: Area, kai: Person, dawn: Client) -> None:
    """Straight from the table: those who reach Kai read her name, and the next area does not."""
    for actor, reads in ((northmoor.actors["coordinator"], 1), (saltby.actors["coordinator"], 0)):
        with acting_as(actor, clock.now()):
            assert Actor.objects.filter(name="Dawn Moss").count() == reads
