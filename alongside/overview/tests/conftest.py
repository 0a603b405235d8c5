"""A signed-in browser on a day that stands still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client

from alongside.foundation import clock
from alongside.foundation.accounts.models import Actor
from tests.cast import NOW, key_of


@pytest.fixture
def stands_still(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """From here on it is this moment."""

    def stand(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    stand(NOW)
    return stand


@pytest.fixture
def signed_in(stands_still: Callable[[datetime], None]) -> Callable[[Actor], Client]:
    """A browser in which this actor is signed in, now."""

    def sign_in(actor: Actor, at: datetime = NOW) -> Client:
        browser = Client()
        browser.cookies[settings.KEY_COOKIE] = key_of(actor, at)
        return browser

    return sign_in
