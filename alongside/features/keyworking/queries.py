"""Reading who may be somebody's keyworker."""

from datetime import date

from django.db.models import Q

from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld


def list_workers(icb_id: int, today: date) -> list[Actor]:
    """Keyworkers and managers of this ICB's service now, by name."""
    held = RoleHeld.objects.filter(area_id=icb_id, role__in=(Role.KEYWORKER, Role.MANAGER), from_date__lte=today)
    held = held.filter(Q(to_date__isnull=True) | Q(to_date__gte=today))
    return list(Actor.objects.filter(pk__in=held.values("actor_id"), left_on=None).order_by("name", "pk"))
