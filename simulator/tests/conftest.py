"""A database of its own for tests that write through the simulator's door, which really commits."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection

from alongside.overview.engine import rulesets
from tests.plugin import as_owner, drop_database, template


@pytest.fixture(scope="module")
def own_database(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Migrated, empty, and thrown away after the module."""
    name = f"simulated_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = template()
        drop_database(name)
        with as_owner() as owner:
            owner.execute(f'create database "{name}" template "{made}"')
        connection.close()
        before = dict(connection.settings_dict)
        connection.settings_dict["NAME"] = name
        rulesets.forget()
        yield
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)
        rulesets.forget()
        drop_database(name)
