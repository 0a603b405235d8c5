"""A national sign-in (OpenID Connect) opens the account with the same verified address, and no other."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.operations import add_member
from alongside.foundation.accounts.tests.provider import CLIENT, Provider, open_provider
from alongside.foundation.accounts.tests.test_signing_in import KEY, OWN, choose_password, enrol, give_password
from tests.cast import Area

ADDRESS = "sam@example.org"


@pytest.fixture(autouse=True)
def _fresh_attempts(db: None) -> Iterator[None]:
    cache.clear()
    yield


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with open_provider(sub="cis2-123", email=ADDRESS, email_verified=True, name="Sam Okoro") as opened:
        app = {
            "provider_id": "nhs-cis2",
            "name": "NHS Care Identity",
            "client_id": CLIENT,
            "secret": "shared",
            "settings": {"server_url": opened.address},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield opened


@pytest.fixture
def sam(northmoor: Area) -> str:
    """Sam's account, whose password they have chosen. The address of no account but theirs."""
    today = clock.today()
    made = add_member(email=ADDRESS, name="Sam Okoro", role="coordinator", icb_code="TNM", at=clock.now(), today=today)
    with context.as_engine():
        User.objects.update(password_is_temporary=False)
    return made.password


def sign_in(client: Client) -> Any:
    """Through our page, the provider's, and back; our answer to coming back."""
    assert b"Sign in with NHS Care Identity" in client.get("/sign-in").content
    sent = client.post("/sign-in/national/nhs-cis2", {"next": "/sign-in/finish"})
    assert sent.status_code == 302, sent.content.decode()
    there = requests.get(sent["Location"], allow_redirects=False, timeout=10)
    back = urlsplit(there.headers["Location"])
    return client.get(back.path, dict(parse_qsl(back.query)))


def test_a_member_of_staff_signs_in_and_is_asked_for_no_other_factor(provider: Provider, sam: str) -> None:
    client = Client()
    done = sign_in(client)
    assert done.status_code == 302 and done["Location"].startswith("/sign-in/finish")
    assert client.get(done["Location"])["Location"] == "/"
    assert client.cookies[KEY].value and b"Sam Okoro" in client.get("/account").content
    assert provider.asked["client_id"] == CLIENT and provider.asked["code_challenge_method"] == "S256"
    assert "openid" in provider.asked["scope"].split()


def test_a_second_factor_of_our_own_is_asked_for_as_well_where_there_is_one(provider: Provider, sam: str) -> None:
    first = Client()
    give_password(first, sam)
    choose_password(first, sam, OWN)
    enrol(first)
    cache.clear()
    client = Client()
    assert sign_in(client)["Location"].startswith("/sign-in/code")
    assert client.get("/sign-in/finish")["Location"] == "/sign-in" and KEY not in client.cookies


@pytest.mark.parametrize(
    "claims", [{"email": "somebody@example.org"}, {"email_verified": False}, {"email": ""}], ids=str
)
def test_an_unknown_or_unverified_address_gets_a_sentence_and_no_account(
    provider: Provider, sam: str, claims: dict[str, Any]
) -> None:
    provider.claims |= claims
    client = Client()
    page = client.get(sign_in(client)["Location"])
    assert b"no account here has that email address. Ask your administrator" in page.content
    with context.as_engine():
        assert KEY not in client.cookies and User.objects.count() == 1


def test_whoever_was_joined_once_is_known_by_their_number_and_not_by_a_changed_address(
    provider: Provider, sam: str
) -> None:
    sign_in(Client())
    provider.claims["email"] = "new.name@example.org"
    client = Client()
    client.get(sign_in(client)["Location"])
    assert b"Sam Okoro" in client.get("/account").content


def test_an_account_that_was_closed_stays_closed(provider: Provider, sam: str) -> None:
    with context.as_engine():
        User.objects.update(is_active=False)
    client = Client()
    client.get(sign_in(client)["Location"])
    assert KEY not in client.cookies
