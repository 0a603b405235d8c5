"""How long the answer takes says nothing of whom it is about."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.features.referrals.notices import answering
from alongside.features.referrals.notices.tests.telling import FRIDAY, a_link
from alongside.features.referrals.notices.tests.test_telling import send
from tests.cast import Area, add_registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each answer waited, on a clock that only waiting moves, and the work of each."""
    waited: list[float] = []
    monkeypatch.setattr(answering, "STEP", 1.0)
    monkeypatch.setattr(answering.time, "sleep", waited.append)
    return waited


@pytest.mark.parametrize(("took", "waited"), [(0.25, 0.75), (0.875, 0.125), (1.25, 0.75)])
def test_the_answer_waits_for_the_whole_second(
    monkeypatch: pytest.MonkeyPatch, waits: list[float], took: float, waited: float
) -> None:
    clock = iter((10.0, 10.0 + took))
    monkeypatch.setattr(answering.time, "monotonic", lambda: next(clock))
    with answering.after_whole_seconds():
        pass
    assert waits == [waited]


def test_also_when_it_goes_wrong(waits: list[float]) -> None:
    with pytest.raises(ValueError), answering.after_whole_seconds():
        raise ValueError
    assert len(waits) == 1


@pytest.mark.parametrize("known", [True, False])
def test_known_or_not_the_answer_waits(
    northmoor: Area, stands_still: Callable[..., Any], waits: list[float], known: bool
) -> None:
    if known:
        early = FRIDAY - timedelta(days=9)
        add_registered(northmoor, given_name="Tariq", family_name="Aziz", birth_date=date(2010, 5, 2), at=early)
    _, token = a_link(northmoor, "alert")
    assert send(Client(), f"/alert/{token}").status_code == 302
    assert len(waits) == 1
