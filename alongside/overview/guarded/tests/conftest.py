"""The database reads its own clock, which stands where a test's transaction began; so it is a little earlier."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alongside.foundation import clock


@pytest.fixture(autouse=True)
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """`wait(ago)`: from here on it is so long ago."""
    real = clock.now

    def back(ago: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() - ago)

    back(timedelta(minutes=5))
    return back
