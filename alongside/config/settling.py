"""What follows a migration: protection, code lists, bank holidays, and a recount where the rules' code changed."""

import os

from django.db import connection

from alongside.features.referrals.door import open_door
from alongside.features.referrals.schools.sender import make_sender
from alongside.foundation import clock
from alongside.foundation.access.settle import settle
from alongside.foundation.accounts.family_sign_in import make_door
from alongside.foundation.launcher import UnsafeRole, app_role
from alongside.foundation.launcher.roles import ensure_app_role
from alongside.foundation.organisations.loading import seed_bank_holidays, seed_organisations
from alongside.overview.engine.settling import settle_reading
from alongside.overview.person_page.settling import settle_page
from alongside.overview.recounting import ask_after_release


def settle_everything() -> None:
    """As the owner of the tables. Safe to repeat."""
    if app_role() == connection.settings_dict["USER"]:
        raise UnsafeRole(
            f"The service can't run as '{app_role()}', the role that owns the tables: row-level security does not bind "
            "an owner. Name another role in ALONGSIDE_APP_DATABASE_URL, or leave it out and one is made."
        )
    ensure_app_role(connection, app_role(), os.environ.get("ALONGSIDE_APP_PASSWORD", ""))
    settle_reading()
    settle_page()
    settle(app_role())
    seed_organisations()
    seed_bank_holidays()
    open_door()
    make_sender()
    make_door()
    ask_after_release(clock.now())
