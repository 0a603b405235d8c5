"""Who may do what with a register."""

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role

RATES = (Role.COORDINATOR, Role.MANAGER, Role.COMMISSIONER)
RUNS = (Role.COORDINATOR, Role.MANAGER)
NOT_YOURS = "The register is run by the register team of this ICB."


def may_rate(me: Me, icb_id: int) -> bool:
    """A keyworker rates the people they work with: whom that is, the scope of the entry says."""
    return (icb_id in me.writes and me.holds(*RATES)) or me.holds_in(icb_id, Role.KEYWORKER)


def may_run_register(me: Me, icb_id: int) -> bool:
    return icb_id in me.writes and me.holds(*RUNS)


def check_may_rate(me: Me, icb_id: int) -> None:
    """Raises Refused unless `me` decides ratings for this ICB."""
    if not may_rate(me, icb_id):
        raise Refused(
            "may_not_rate", "Ratings are decided by the register team and the keyworker. Tell them what you have seen."
        )


def check_may_run_register(me: Me, icb_id: int) -> None:
    """Raises Refused unless `me` runs this ICB's register."""
    if not may_run_register(me, icb_id):
        raise Refused("may_not_run", NOT_YOURS)
