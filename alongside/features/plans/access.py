"""Who reads plans, who writes them, and who approves them."""

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role

WRITES = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR)
APPROVES = (Role.MANAGER, Role.COORDINATOR)
PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)
READS = (*WRITES, *PARTNERS, Role.COMMISSIONER)
FAMILY = (Role.YOUNG_PERSON, Role.FAMILY)
#: Whose crisis card is opened at night: also a partner's, and whoever came in through an emergency opening.
OPENS_CARD = (*WRITES, *PARTNERS)


def may_approve(me: Me, icb_id: int, sent_by_id: int) -> bool:
    """A supervisor of the area who did not send it."""
    return me.holds_in(icb_id, *APPROVES) and me.id != sent_by_id


def check_may_approve(me: Me, icb_id: int, sent_by_id: int) -> None:
    """Raises Refused with what to do instead."""
    if me.id == sent_by_id:
        raise Refused("own", "You sent this plan yourself. Somebody else of those who supervise looks at it.")
    if not me.holds_in(icb_id, *APPROVES):
        raise Refused("not_supervisor", "A keyworking manager or the register team of the area approves plans.")
