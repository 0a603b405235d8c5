"""An area, a browser of its cast, and one of nobody's, on a day that stands still."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from alongside.features.referrals.schools.tests.asking import TUESDAY
from alongside.foundation import clock
from tests.cast import Area, key_of, make_area

SignIn = Callable[[str], Client]


@pytest.fixture
def area(db: None) -> Area:
    return make_area("QS1", "Area One")


@pytest.fixture(autouse=True)
def stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)


@pytest.fixture
def as_(area: Area) -> SignIn:
    """A browser of the area's actor with this role."""

    def sign_in(role: str = "coordinator") -> Client:
        client = Client()
        client.cookies[settings.KEY_COOKIE] = key_of(area.actors[role], TUESDAY)
        return client

    return sign_in
