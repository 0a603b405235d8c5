"""Fixtures that every test may use."""

from collections.abc import Iterator

import pytest
from django.db import connection

from alongside.overview.engine import rulesets
from tests.cast import Area, make_area
from tests.plugin import (
    as_owner,
    django_db_setup,  # noqa: F401 - a fixture, here so that it wins over the library's
)


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


@pytest.fixture
def demonstration(db: None) -> Iterator[None]:
    """This test's database is a demonstration. Only its owner can say so, and only while it is made."""
    with as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute("insert into organisations_installation (id, demonstration, made_at) values (1, true, now())")
    yield
    with as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute(
            "alter table organisations_installation disable trigger installed_once;"
            "delete from organisations_installation;"
            "alter table organisations_installation enable trigger installed_once"
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-grid", action="store_true", help="write tests/access/grid.txt again")
