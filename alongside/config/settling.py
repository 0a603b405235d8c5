"""What follows a migration: protection, organisations of the code lists, bank holidays."""

from alongside.foundation.access.settle import settle
from alongside.foundation.launcher import app_role
from alongside.foundation.organisations.loading import seed_bank_holidays, seed_organisations


def settle_everything() -> None:
    """As the owner of the tables. Safe to repeat."""
    settle(app_role())
    seed_organisations()
    seed_bank_holidays()
