"""Who reads about reviews being organised, and who organises them."""

from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.topics import Topic

ORGANISES = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
PARTNERS = (Role.PARTNER_HEALTH, Role.PARTNER_EDUCATION, Role.PARTNER_SOCIAL_CARE)
READS = (*ORGANISES, *PARTNERS)
#: Who keeps the pool of panel members of an area, and reads its diary.
RUNS_REVIEWS = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)


def organises(me: Me, person: Person) -> bool:
    """Whether this actor writes on reviews of this person: through the area, or as somebody who works with them."""
    if not me.holds(*ORGANISES):
        return False
    if person.icb_id in me.writes and person.icb_id * 64 + Topic.REVIEW in (*me.agreed_topics, *me.guarded_topics):
        return True
    mine = OpenTopics.objects.filter(actor_id=me.id, person_id=person.pk, writes=True, topics__contains=[Topic.REVIEW])
    return mine.exists()


def check_runs(me: Me, icb_id: int) -> None:
    """Raises Refused for whoever does not keep the area's pool of panel members."""
    if not me.holds_in(icb_id, *RUNS_REVIEWS):
        raise Refused("not_running", "The register and keyworking teams and the commissioners of the area do this.")
