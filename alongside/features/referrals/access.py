"""Who may do what with referrals: the register team of the area; whoever asked sees their own."""

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role

TRIAGES = (Role.COORDINATOR,)


def may_triage(me: Me, icb_id: int) -> bool:
    return icb_id in me.guarded and me.holds_in(icb_id, *TRIAGES)


def check_may_triage(me: Me, icb_id: int) -> None:
    """Raises Refused unless `me` is of the register team of this ICB."""
    if not may_triage(me, icb_id):
        raise Refused("may_not_triage", "Referrals are looked at by the register team of this ICB.")
