"""Who sees moves, who begins one, and who decides."""

from django.db.models import Q

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld

#: Those who run the register or the keyworking service: they offer, accept, and write acceptances down.
DECIDES = (Role.COORDINATOR, Role.MANAGER)
#: Those who work with the person: they tell of a move, ask, and write down what followed.
WORKS = (*DECIDES, Role.KEYWORKER)


def areas_that_answer() -> set[int]:
    """Areas in which somebody with an account here decides about moves now. As the engine: it names nobody."""
    today = clock.today()
    with context.as_engine():
        now = Q(to_date=None) | Q(to_date__gte=today)
        held = RoleHeld.objects.filter(now, role__in=DECIDES, from_date__lte=today, actor__left_on=None)
        return set(held.values_list("area_id", flat=True))
