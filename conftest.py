"""Fixtures that every test may use."""

import pytest

from alongside.overview.engine import rulesets
from tests.cast import Area, make_area
from tests.plugin import django_db_setup  # noqa: F401 - a fixture, here so that it wins over the library's


@pytest.fixture(autouse=True)
def _fresh_rules() -> None:
    """Rule versions start again in each test's transaction."""
    rulesets.forget()


@pytest.fixture
def northmoor(db: None) -> Area:
    """An invented ICB with one member of the cast for each role."""
    return make_area("TNM", "Northmoor ICB")


@pytest.fixture
def saltby(db: None) -> Area:
    """Another invented ICB, next door."""
    return make_area("TSB", "Saltby ICB")
