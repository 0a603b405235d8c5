"""What follows a migration: protection, organisations of the code lists, bank holidays."""

import os

from django.db import connection

from alongside.foundation.access.settle import settle
from alongside.foundation.launcher import UnsafeRole, app_role
from alongside.foundation.launcher.roles import ensure_app_role
from alongside.foundation.organisations.loading import seed_bank_holidays, seed_organisations


def settle_everything() -> None:
    """As the owner of the tables. Safe to repeat."""
    if app_role() == connection.settings_dict["USER"]:
        raise UnsafeRole(
            f"The service can't run as '{app_role()}', the role that owns the tables: row-level security does not bind "
            "an owner. Name another role in ALONGSIDE_APP_DATABASE_URL, or leave it out and one is made."
        )
    ensure_app_role(connection, app_role(), os.environ.get("ALONGSIDE_APP_PASSWORD", ""))
    settle(app_role())
    seed_organisations()
    seed_bank_holidays()
