"""Who an account belongs to, and the members of the cast."""

from datetime import date

from django.db.models import Q

from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, User
from alongside.foundation.organisations.models import Installation


def is_demonstration() -> bool:
    """Whether this database was made as a demonstration. Read from the database; no setting changes it."""
    return Installation.objects.filter(demonstration=True).exists()


def find_actor_of(user: User, *, on: date) -> Actor | None:
    """The actor this account belongs to, unless they had left by that day or the account was closed."""
    staying = Q(left_on=None) | Q(left_on__gt=on)
    return Actor.objects.filter(staying, user=user, user__is_active=True, kind=Actor.Kind.PERSON).first()


def list_cast(*, on: date) -> list[Actor]:
    """Members of the cast who have not left, with the roles they hold, in the order of the roles."""
    order = {role: number for number, role in enumerate(Role.values)}
    members = (
        Actor.objects.filter(Q(left_on=None) | Q(left_on__gt=on), cast_key__isnull=False)
        .select_related("organisation")
        .prefetch_related("roles__area")
    )
    return sorted(members, key=lambda m: (min((order[r.role] for r in m.roles.all()), default=99), m.pk))


def find_cast_member(name: str, *, on: date) -> Actor | None:
    """By cast key, or by name when only one member has it, whatever the capitals."""
    wanted = name.strip().casefold()
    members = list_cast(on=on)
    keyed = [member for member in members if member.cast_key == wanted]
    named = keyed or [member for member in members if wanted in (member.name.casefold(), _first_name(member))]
    return named[0] if len(named) == 1 else None


def _first_name(member: Actor) -> str:
    return member.name.casefold().split(" ")[0]
