"""Workers that are killed in the middle of sending: nothing is lost, nothing is sent twice."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.foundation import launcher
from tests.plugin import ROOT, as_owner, drop_database, template

HOW_MANY = 60
AT_LEAST_KILLED = 20
PROCESS = [sys.executable, "-m", "alongside.foundation.messages.tests.mortal"]


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of its own: what a killed process committed has to stay."""
    name = f"killed_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        empty = template()
    with as_owner() as owner:
        owner.execute(f'create database "{name}" template "{empty}"')  # type: ignore[arg-type]
    yield name
    drop_database(name)


def states(database: str) -> Counter[str]:
    with as_owner(database) as owner:
        return Counter(dict(owner.execute("select state, count(*) from inbox_delivery group by 1").fetchall()))


def test_workers_killed_in_the_middle_lose_nothing_and_send_nothing_twice(database: str, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    ledger.touch()
    environment = os.environ | {
        "ALONGSIDE_DB": json.dumps(launcher.database_address() | {"name": database}),
        "ALONGSIDE_DB_ROLE": "app",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [*PROCESS, str(ledger), str(HOW_MANY)]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    taken = Counter(ledger.read_text().split())
    assert states(database) == {"sent": HOW_MANY}, "nothing is lost"
    assert len(taken) == HOW_MANY
    assert set(taken.values()) == {1}, "nothing is sent twice"
    assert int(done.stdout.split()[-1]) >= AT_LEAST_KILLED, "they were killed"
