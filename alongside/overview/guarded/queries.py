"""Reading openings and restrictions."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.features.people.models import Person
from alongside.features.people.queries import reach_person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.overview.guarded.models import Opening, Restriction

PAGE = 25
NAMED = (Role.COORDINATOR, Role.MANAGER, Role.KEYWORKER, Role.GOVERNANCE)


def find_opening(number: int) -> Opening | None:
    """The opening, if whoever asks may see it: the database decides."""
    return Opening.objects.select_related("actor", "reviewed_by").filter(pk=number).first()


def find_own(me: Me, act: UUID) -> Opening | None:
    """What this actor's own form opened, by the act it stands for."""
    return Opening.objects.filter(act=act, actor_id=me.id, outcome="opened").first()


def list_openings(me: Me, before: int = 0) -> tuple[list[Opening], int]:
    """Openings that this actor looks at, the newest first, and where older ones begin (0 for no more)."""
    rows = Opening.objects.select_related("actor", "reviewed_by").exclude(actor_id=me.id).order_by("-id")
    if not me.holds(Role.GOVERNANCE):
        rows = rows.filter(outcome=Opening.Outcome.OPENED)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def list_looks(opening: Opening) -> list[tuple[datetime, str]]:
    """Pages of the person that were looked at during an opening."""
    with connection.cursor() as cursor:
        cursor.execute("select at, page from access.looked_during(%s)", [opening.pk])
        return list(cursor.fetchall())


def list_restrictions(me: Me) -> QuerySet[Restriction]:
    """Restrictions that stand, the first to be looked at again first. The database shows each asker their own."""
    rows = Restriction.objects.filter(lifted_at=None).select_related("begun_by")
    return rows.order_by("review_on", "pk")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named on a restricted record."""

    id: int
    name: str
    post: str
    since: datetime


def list_named(restriction: Restriction) -> list[Named]:
    """Who is named now. Whoever sees the restriction may know."""
    with context.as_engine():
        rows = (
            Involvement.objects.filter(
                because=Involvement.Because.NAMED,
                because_id=restriction.pk,
                person_id=restriction.person_id,
                to_at=None,
            )
            .select_related("actor")
            .order_by("actor__name")
        )
        return [Named(row.actor_id, row.actor.name, row.actor.post, row.from_at) for row in rows]


def list_colleagues(area_id: int, on: date) -> list[Actor]:
    """Those who may be named: who works for the service of this area now, by name."""
    held = RoleHeld.objects.filter(area_id=area_id, role__in=NAMED, from_date__lte=on)
    held = held.filter(Q(to_date=None) | Q(to_date__gte=on))
    return list(Actor.objects.filter(pk__in=held.values("actor_id"), left_on=None).order_by("name", "pk"))


def find_to_restrict(me: Me, reference: str) -> Person | None:
    """The person, for governance of the area or for a coordinator who reaches the record.

    Governance learns nothing of the person but that there is one: their reference is what they typed.
    """
    with connection.cursor() as cursor:
        cursor.execute("select access.governed_person(%s)", [reference])
        (number,) = cursor.fetchone()
    if number is not None:
        with context.as_engine():
            return Person.objects.filter(pk=number, survivor=None).first()
    reach = reach_person(me, reference)
    return reach.person if reach and me.holds_in(reach.person.icb_id, Role.COORDINATOR) else None
