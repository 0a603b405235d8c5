"""A new member of staff sets up a passkey as their second factor, and signs in with it alone from then on.

The browser's own virtual authenticator stands for the fingerprint reader. A passkey belongs to a name, so the service
is called localhost here.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import WAITS_MS
from tests.journeys.visitor import Visitor
from tests.journeys.world import World

OWN = "three wholly different words"


@pytest.fixture
def robin(browser: Browser, world: World) -> Iterator[Visitor]:
    """At a computer with a fingerprint reader that always knows its owner."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(WAITS_MS)
    named = replace(world, address=world.address.replace("127.0.0.1", "localhost"))
    visitor = Visitor(context, named, phone=False, scripts=True)
    devices = context.new_cdp_session(visitor.page)
    devices.send("WebAuthn.enable")
    reader = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": reader})
    yield visitor
    context.close()
    visitor.has_no_faults()


def test_a_passkey_is_added_and_then_signs_in_without_a_password(robin: Visitor, world: World) -> None:
    password = world.runs("add-member", "robin@example.org", "Robin Vale", "coordinator", "--icb", "DEMO").strip()
    robin.opens("/sign-in")
    robin.writes("Email address", "robin@example.org")
    robin.writes("Password", password.splitlines()[-1])
    robin.presses("Continue")
    robin.page.locator("input[name=oldpassword]").fill(password.splitlines()[-1])
    robin.page.locator("input[name=password1]").fill(OWN)
    robin.page.locator("input[name=password2]").fill(OWN)
    robin.page.locator("main form button[type=submit]").first.click()
    robin.is_at("Set up a second factor")
    robin.page_is_accessible("passkey-first")
    robin.presses("Use a passkey")
    robin.is_at("Add a passkey")
    robin.page_is_accessible("passkey-add")
    robin.writes("A name for it", "Work laptop")
    robin.presses("Add the passkey")
    robin.page.wait_for_url(lambda url: "passkeys/add" not in url)
    robin.opens("/sign-in/finish")
    robin.opens("/account")
    robin.sees("Robin Vale")
    robin.signs_out()
    robin.presses("Sign in with a passkey")
    robin.is_at("My day")
    robin.opens("/account")
    robin.sees("Robin Vale")
