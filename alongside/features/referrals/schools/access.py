"""Who runs the question of the term: the register team; managers read how it stands and decide about silence."""

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role

RUNS = (Role.COORDINATOR,)
READS = (Role.COORDINATOR, Role.MANAGER)


def area_of(me: Me) -> int | None:
    """The first area in which `me` runs the question or reads how it stands."""
    return next((held.area for held in me.roles if held.role in READS), None)


def may_run(me: Me, icb_id: int) -> bool:
    return icb_id in me.guarded and me.holds_in(icb_id, *RUNS)


def check_may_run(me: Me, icb_id: int) -> None:
    """Raises Refused unless `me` is of the register team of this ICB."""
    if not may_run(me, icb_id):
        raise Refused("may_not_ask_schools", "Schools are asked by the register team of this ICB.")


def check_may_close(me: Me, icb_id: int) -> None:
    """Raises Refused unless `me` is a manager or of the register team of this ICB."""
    if not me.holds_in(icb_id, *READS):
        raise Refused("may_not_close", "A manager or the register team decides about a school that stays silent.")
