"""What carries letters in these tests: nobody, unless a test asks for it."""

import pytest
from django.conf import settings


@pytest.fixture
def posted_for_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """A carrier prints and posts letters, as GOV.UK Notify does."""
    monkeypatch.setattr(settings, "NOTIFY", settings.NOTIFY | {"key": "invented"})
