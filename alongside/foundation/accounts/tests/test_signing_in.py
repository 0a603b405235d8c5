"""Signing in: a password and a second factor, the limits of a key, and the cast of a demonstration."""

import re
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor, User
from alongside.foundation.accounts.operations import CannotAdd, NewMember, add_member
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as, key_of

KEY = "alongside_key"
OWN = "three wholly different words"


@pytest.fixture(autouse=True)
def _fresh_attempts(db: None) -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def member(northmoor: Area) -> NewMember:
    return new_member("coordinator")


def new_member(role: str, email: str = "sam@example.org") -> NewMember:
    return add_member(email=email, name="Sam Okoro", role=role, icb_code="TNM", at=clock.now(), today=clock.today())


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def give_password(client: Client, password: str, **more: str):
    return client.post("/sign-in", {"login": "sam@example.org", "password": password, **more})


def choose_password(client: Client, old: str, new: str = OWN):
    return client.post("/account/password", {"oldpassword": old, "password1": new, "password2": new})


def enrol(client: Client) -> str:
    """Sets up the app and returns its secret."""
    page = client.get("/account/second-factor/app")
    secret = re.search(r"<strong[^>]*>([A-Z2-7]{16,})</strong>", page.content.decode())
    assert secret, page.content.decode()[:3000]
    done = client.post("/account/second-factor/app", {"code": code_for(secret[1])})
    assert done.status_code == 302, done.content.decode()
    return secret[1]


def test_a_new_member_chooses_a_password_and_a_second_factor_before_anything_else(member: NewMember) -> None:
    client = Client()
    assert give_password(client, member.password, next="/sign-in/finish?next=/rules").status_code == 302
    assert client.get("/sign-in/finish?next=/rules").url == "/account/password"
    assert KEY not in client.cookies
    assert choose_password(client, member.password).url == "/sign-in/finish"
    assert client.get("/sign-in/finish").url == "/account/second-factor/first"
    assert KEY not in client.cookies
    assert client.get("/account").status_code == 302, "without a key there are no pages but those of signing in"
    enrol(client)
    done = client.get("/sign-in/finish")
    assert done.url == "/rules", "the page that was wanted at first"
    cookie = client.cookies[KEY]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 12 * 3600
    assert not cookie["secure"], "only on https"
    page = client.get("/account").content
    assert b"Sam Okoro" in page and b"a code from an app" in page


def test_a_mistyped_password_does_not_lose_the_page_that_was_wanted(member: NewMember) -> None:
    again = give_password(Client(), "not this one", next="/sign-in/finish?next=/rules").content.decode()
    assert 'value="/sign-in/finish?next=%2Frules"' in again or 'value="/sign-in/finish?next=/rules"' in again


def test_the_second_time_the_code_is_asked_for(member: NewMember) -> None:
    first = Client()
    give_password(first, member.password)
    choose_password(first, member.password)
    secret = enrol(first)
    cache.clear()
    client = Client()
    answer = give_password(client, OWN)
    assert answer.url.startswith("/sign-in/code")
    assert client.get("/sign-in/finish").url == "/sign-in", "a password alone has not signed in"
    wrong = client.post("/sign-in/code", {"code": "000000"})
    assert b"That code is not right" in wrong.content and KEY not in client.cookies
    right = client.post("/sign-in/code", {"code": code_for(secret)})
    assert right.status_code == 302 and KEY not in client.cookies
    client.get(right.url)
    assert client.cookies[KEY].value


def test_the_secret_of_a_second_factor_is_not_in_the_database_in_clear(member: NewMember) -> None:
    from allauth.mfa.models import Authenticator

    client = Client()
    give_password(client, member.password)
    choose_password(client, member.password)
    secret = enrol(client)
    assert not Authenticator.objects.exists(), "nobody's statement shows another's"
    with context.as_engine():
        stored = Authenticator.objects.get(type="totp").data
    assert secret not in str(stored)


def test_the_only_second_factor_cannot_be_taken_off(member: NewMember) -> None:
    client = Client()
    give_password(client, member.password)
    choose_password(client, member.password)
    enrol(client)
    client.get("/sign-in/finish")
    client.post("/account/confirm", {"password": OWN})
    answer = client.post("/account/second-factor/app/remove")
    assert b"your only second factor" in answer.content


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(member: NewMember) -> None:
    answer = give_password(Client(), "not it")
    assert answer.status_code == 200
    assert b"The email address or the password is not right" in answer.content
    assert b'value="sam@example.org"' in answer.content
    assert b"not it" not in answer.content


def test_an_unknown_address_gets_the_same_sentence(member: NewMember) -> None:
    answer = Client().post("/sign-in", {"login": "nobody@example.org", "password": "x"})
    assert b"The email address or the password is not right" in answer.content


def test_too_many_wrong_passwords_stop_the_right_one_too(member: NewMember) -> None:
    client = Client()
    for _ in range(5):
        give_password(client, "not it")
    assert b"Too many attempts" in give_password(client, member.password).content


def test_somebody_who_has_left_can_not_sign_in(northmoor: Area, member: NewMember) -> None:
    client = Client()
    give_password(client, member.password)
    leave(northmoor, member.actor)
    answer = client.get("/sign-in/finish")
    assert answer.url == "/sign-in?left=1"
    assert b"This account is closed" in client.get(answer.url).content


def test_the_key_of_somebody_who_has_left_opens_nothing_more(northmoor: Area, member: NewMember) -> None:
    client = Client()
    client.cookies[KEY] = key_of(member.actor)
    assert client.get("/account").status_code == 200
    leave(northmoor, member.actor)
    assert client.get("/account").status_code == 302


def leave(area: Area, actor: Actor) -> None:
    with acting_as(area.actors["admin"]) as me, recording(by=me, at=clock.now()) as note:
        Actor.objects.filter(pk=actor.pk).update(left_on=clock.today())
        note("actor.left", words=f"{actor.name} left.")


@pytest.mark.parametrize(
    ("idle", "opened", "is_in"),
    [
        (timedelta(minutes=30), timedelta(hours=1), True),
        (timedelta(minutes=30, seconds=1), timedelta(hours=1), False),
        (timedelta(minutes=1), timedelta(hours=12), True),
        (timedelta(minutes=1), timedelta(hours=12, seconds=1), False),
    ],
)
def test_a_key_ends_after_30_minutes_without_use_or_12_hours(
    northmoor: Area, monkeypatch: pytest.MonkeyPatch, idle: timedelta, opened: timedelta, is_in: bool
) -> None:
    start = clock.now()
    client = Client()
    client.cookies[KEY] = key_of(northmoor.actors["coordinator"], at=start)
    at = start
    while at + timedelta(minutes=28) < start + opened - idle:
        at += timedelta(minutes=28)
        see(client, monkeypatch, at)
    see(client, monkeypatch, start + opened - idle)
    answer = see(client, monkeypatch, start + opened)
    assert answer.status_code == (200 if is_in else 302)
    if not is_in:
        why = "longest" if opened > timedelta(hours=12) else "idle"
        assert answer.url == f"/sign-in?ended={why}&next=/account"
        sentence = client.get(answer.url).content.decode()
        assert ("12 hours had passed" if why == "longest" else "nothing happened for 30 minutes") in sentence


def see(client: Client, monkeypatch: pytest.MonkeyPatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)
    return client.get("/account")


def test_signing_out_ends_the_key_for_every_copy_of_the_cookie(northmoor: Area) -> None:
    client, copy = Client(), Client()
    client.cookies[KEY] = copy.cookies[KEY] = key_of(northmoor.actors["manager"])
    assert client.get("/sign-out").status_code == 405, "no GET changes anything"
    assert client.post("/sign-out").url == "/sign-in?out=1"
    assert copy.get("/account").status_code == 302


def test_a_finished_sign_in_is_not_a_way_round_the_limits(member: NewMember) -> None:
    client = Client()
    give_password(client, member.password)
    choose_password(client, member.password)
    enrol(client)
    client.get("/sign-in/finish")
    client.post("/sign-out")
    assert client.get("/sign-in/finish").url == "/sign-in"
    client.cookies[KEY] = "no-such-key-at-all-no-such-key"
    assert client.get("/account/second-factor").status_code == 302


def test_nobody_is_sent_to_another_site(northmoor: Area, member: NewMember) -> None:
    client = Client()
    for away in ("https://elsewhere.example/", "//elsewhere.example/", "/sign-in/finish"):
        page = client.get("/sign-in", {"next": away})
        assert b"elsewhere" not in page.content
        assert b'value="/sign-in/finish"' in page.content


# --- the cast


@pytest.fixture
def cast(northmoor: Area) -> Actor:
    with acting_as(northmoor.actors["admin"]) as me, recording(by=me, at=clock.now()) as note:
        Actor.objects.filter(pk=northmoor.actors["keyworker"].pk).update(cast_key="asha", name="Asha Patel")
        note("cast.named", words="A member of the cast was named.")
    return Actor.objects.get(cast_key="asha")


def test_in_a_demonstration_one_click_makes_a_member_of_the_cast(
    demonstration: None, cast: Actor, northmoor: Area
) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in").content.decode()
    assert "Be Asha Patel" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    assert client.post("/sign-in/as", {"who": "asha"}).status_code == 403, "not from another site"
    done = client.post("/sign-in/as", {"who": "asha", "csrfmiddlewaretoken": token[1]})
    assert done.status_code == 302 and done.url == "/"
    assert b"Asha Patel" in client.get("/account").content
    assert client.get("/sign-in/as").status_code == 405


def test_a_database_of_real_people_has_no_cast_whatever_its_rows_say(cast: Actor) -> None:
    client = Client()
    assert "Asha Patel" not in client.get("/sign-in").content.decode()
    assert client.post("/sign-in/as", {"who": "asha"}).status_code == 404
    with pytest.raises(CommandError, match="real service"):
        call_command("signin", "--as", "asha")


def test_the_command_prints_a_cookie_on_its_last_line(
    demonstration: None, cast: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("signin", "--as", "Asha")
    name, key = capsys.readouterr().out.splitlines()[-1].split("=")
    client = Client()
    client.cookies[name] = key
    assert b"Asha Patel" in client.get("/account").content
    with pytest.raises(CommandError, match="asha"):
        call_command("signin", "--as", "nobody")


# --- making accounts


def test_an_account_needs_an_area_that_exists(northmoor: Area) -> None:
    with pytest.raises(CannotAdd, match="no ICB with the code"):
        add_member(email="a@example.org", name="A", role="admin", icb_code="NONE", at=clock.now(), today=clock.today())


def test_adding_somebody_again_gives_a_new_password_and_no_second_account(member: NewMember) -> None:
    again = new_member("coordinator")
    with context.as_engine():
        assert again.actor == member.actor and User.objects.count() == 1
    assert b"not right" in give_password(Client(), member.password).content
    assert give_password(Client(), again.password).status_code == 302


def test_the_database_opens_no_key_as_the_engine(northmoor: Area) -> None:
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="No key for the engine") as refused:
        key_of(Actor.objects.get(kind="engine"))
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
