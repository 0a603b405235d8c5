"""What follows a migration refuses a set-up in which the second wall would not stand."""

import pytest

from alongside.config import settling
from alongside.foundation.launcher import UnsafeRole


def test_the_owner_of_the_tables_is_refused_as_the_role_of_the_service(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    from django.db import connection

    monkeypatch.setattr(settling, "app_role", lambda: connection.settings_dict["USER"])
    with pytest.raises(UnsafeRole, match="Name another role"):
        settling.settle_everything()
