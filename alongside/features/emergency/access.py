"""Who writes an emergency meeting, who reads one, and who keeps the log of a crisis."""

from alongside.features.people.models import Person
from alongside.features.people.queries import Reach
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.topics import Topic

TEAM = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR)
#: Who may be there at night: the team, the commissioner on call, and those who can break the glass.
WRITES = (*TEAM, Role.COMMISSIONER, Role.PARTNER_HEALTH, Role.PARTNER_SOCIAL_CARE)
LOGS = (*TEAM, Role.COMMISSIONER)
COUNTS = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER, Role.SENIOR_OFFICER)
KEEPS_LINES = (Role.MANAGER, Role.COORDINATOR)
DECIDES = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)

NOT_HERE = (
    "An emergency meeting is written down by the team, by whoever is on call, or by who opened the record tonight."
)
NOT_LOG = "The log of a crisis is kept by the keyworking service. Tell them what you know."
NOT_DECIDED = "Whether a review follows is decided by a manager, the register team or the commissioner."


def has_opened(me: Me, person: Person) -> bool:
    """Whether the record is open to them in an emergency now."""
    return any(one.reference == person.reference for one in me.emergencies)


def writes_reviews(me: Me, reach: Reach) -> bool:
    return me.holds(*LOGS) and reach.writes and reach.sees((Topic.REVIEW,)) and not reach.own_past


def may_say_of_admission(me: Me, reach: Reach) -> bool:
    """Whether an admission that was decided happened: said by those who would record it."""
    return writes_reviews(me, reach) and reach.sees((Topic.HOSPITAL,))


def may_write(me: Me, reach: Reach) -> bool:
    """By their work, or because they broke the glass for this person tonight."""
    return writes_reviews(me, reach) or (me.holds(*WRITES) and has_opened(me, reach.person))


def check_may_write(me: Me, reach: Reach) -> None:
    if not may_write(me, reach):
        raise Refused("may_not_write", NOT_HERE)


def may_log(me: Me, reach: Reach) -> bool:
    return me.holds(*LOGS) and reach.writes and reach.sees((Topic.KEYWORKING,)) and not reach.own_past


def check_may_log(me: Me, reach: Reach) -> None:
    if not may_log(me, reach):
        raise Refused("may_not_log", NOT_LOG)


def may_decide(me: Me, person: Person) -> bool:
    """A commissioner, manager or coordinator of the area decides that no review follows."""
    return me.holds_in(person.icb_id, *DECIDES)


def check_may_decide(me: Me, person: Person) -> None:
    if not may_decide(me, person):
        raise Refused("may_not_decide", NOT_DECIDED)


def read_for(me: Me, person: Person, keyworkers: set[int]) -> tuple[bool, bool]:
    """As what somebody reads a meeting: (for whoever walks alongside, for the register team)."""
    alongside = me.id in keyworkers or me.holds_in(person.icb_id, Role.MANAGER)
    return alongside, me.holds_in(person.icb_id, Role.COORDINATOR)
