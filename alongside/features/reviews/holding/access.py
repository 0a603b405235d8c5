"""Who holds reviews, and who reads of them."""

from alongside.features.people.models import Person
from alongside.features.people.queries import Reach
from alongside.features.reviews.models.holding import HOLDS, REVIEW
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role

PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)
READS = (*HOLDS, *PARTNERS)
#: Who decides at the oversight panel, and who counts.
OVERSEES = (Role.COMMISSIONER, Role.COORDINATOR, Role.MANAGER)
COUNTS = (*OVERSEES, Role.SENIOR_OFFICER)


def holds(me: Me, reach: Reach) -> bool:
    """Whether this actor writes up reviews of this person."""
    return me.holds(*HOLDS) and reach.writes and REVIEW in reach.topics


def check_oversees(me: Me, person: Person) -> None:
    if not me.holds_in(person.icb_id, *OVERSEES):
        raise Refused("not_theirs", "A commissioner, coordinator or manager of the area writes this down.")
