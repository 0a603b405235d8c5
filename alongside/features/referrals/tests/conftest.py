"""An area, and a browser of its cast on a day that stands still."""

import pytest
from django.conf import settings
from django.test import Client

from alongside.features.referrals.tests.pressing import TUESDAY, SignIn
from alongside.foundation import clock
from tests.cast import Area, key_of, make_area


@pytest.fixture
def area(db: None) -> Area:
    return make_area("QA1", "Area One")


@pytest.fixture
def as_(area: Area, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """A browser of the area's actor with this role, on Tuesday 13 January 2026."""
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)

    def sign_in(role: str = "coordinator") -> Client:
        client = Client()
        client.cookies[settings.KEY_COOKIE] = key_of(area.actors[role], TUESDAY)
        return client

    return sign_in
