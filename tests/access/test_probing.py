"""Trying the doors at random finds nothing as things stand, and finds a leak that is planted on purpose."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.access.world import make_world
from tests.plugin import as_owner


def tried(probes: int) -> tuple[dict, bool]:
    """The summary, and whether the command was content."""
    said, content = StringIO(), True
    try:
        call_command("verify_access", probes=probes, seed=3, json=True, stdout=said, stderr=StringIO())
    except SystemExit:
        content = False
    return json.loads(said.getvalue().splitlines()[-1]), content


@pytest.fixture
def planted(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """A policy that lets everybody read a table, made before the test's own transaction and taken off after it."""
    table = request.param
    with as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute(f"create policy planted on {table} for select using (true)")
    yield table
    with as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute(f"drop policy planted on {table}")


@pytest.mark.django_db
def test_nothing_leaks_and_nobody_is_kept_out() -> None:
    make_world()
    found, content = tried(1500)
    assert content and (found["leaks"], found["blocked_wrongly"]) == (0, 0)
    assert found["probes"] == 1500 == sum(row["probes"] for row in found["by_door"].values())
    assert all(row["opened"] for row in found["by_door"].values() if row["probes"] > 100), "each door opens to somebody"


@pytest.mark.parametrize(
    ("planted", "door"), [("people_person", "sql"), ("overview_registerrow", "count")], indirect=["planted"]
)
def test_a_leak_that_is_planted_is_found(planted: str, door: str, db: None) -> None:
    make_world()
    found, content = tried(1500)
    assert not content and found["leaks"] > 0
    assert found["by_door"][door]["leaks"] > 0


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_choices() -> None:
    make_world()
    assert tried(200) == tried(200)
