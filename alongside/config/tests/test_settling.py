"""What follows a migration refuses a set-up in which the second wall would not stand."""

import psycopg
import pytest
from django.db import connection

from alongside.config import settling
from alongside.foundation.access.settle import KEY_OF_INSTALLATION
from alongside.foundation.launcher import UnsafeRole
from tests.plugin import as_owner


def test_the_owner_of_the_tables_is_refused_as_the_role_of_the_service(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(settling, "app_role", lambda: connection.settings_dict["USER"])
    with pytest.raises(UnsafeRole, match="Name another role"):
        settling.settle_everything()


def test_an_installation_may_go_back_to_a_secret_that_it_had_before(db: None) -> None:
    with as_owner(connection.settings_dict["NAME"]) as owner:
        # What is written here is undone: all other tests ask with the keys of now.
        owner.autocommit = False
        asking = psycopg.ClientCursor(owner)
        for secret in ("the first secret", "another secret", "the first secret"):
            asking.execute(KEY_OF_INSTALLATION, {"kind": "engine", "key": secret})
        first = asking.execute("select sha256('the first secret')").fetchone()
        asking.execute("select digest from access_accesskey where kind = 'engine' and ended_at is null")
        assert asking.fetchall() == [first]
        owner.rollback()
