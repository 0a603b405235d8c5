"""Fixtures: a browser of the cast, and one of nobody, on a Friday that stands still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from alongside.features.referrals.notices import answering
from alongside.features.referrals.notices.tests.telling import FRIDAY
from alongside.foundation import clock
from tests.cast import Area, key_of


@pytest.fixture(autouse=True)
def nobody_was_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is any answer held back."""
    cache.clear()
    monkeypatch.setattr(answering, "STEP", 0)


@pytest.fixture
def stands_still(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    def stand(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    stand(FRIDAY)
    return stand


@pytest.fixture
def as_(northmoor: Area, stands_still: Callable[[datetime], None]) -> Callable[[str], Client]:
    """A browser of Northmoor's actor with this role."""

    def sign_in(role: str = "coordinator") -> Client:
        client = Client()
        client.cookies[settings.KEY_COOKIE] = key_of(northmoor.actors[role])
        return client

    return sign_in
