"""Who names keyworkers, and who sees the team."""

from django.core.exceptions import PermissionDenied

from alongside.foundation.access.me import Me, RoleNow
from alongside.foundation.access.roles import Role
from alongside.foundation.organisations.models import Organisation

NAMES = (Role.MANAGER, Role.COORDINATOR)
SEES_TEAM = (*NAMES, Role.KEYWORKER)


def area_of(me: Me, *roles: str) -> Organisation:
    """The area in which one of these roles is held, the first if several. PermissionDenied for nobody's."""
    held: RoleNow | None = next((held for held in me.roles if held.role in roles), None)
    if held is None:
        raise PermissionDenied("Your role does not include this page.")
    return Organisation(pk=held.area, name=held.area_name, code=held.area_code, kind=Organisation.Kind.ICB)
