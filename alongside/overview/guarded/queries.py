"""Reading openings and restrictions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.roles import Role
from alongside.foundation.nhsuk.filters import day
from alongside.overview.guarded.models import Opening, Restriction
from alongside.overview.register_list.finding import find_people, is_searchable

PAGE = 25
#: So many people of one name are shown to choose among.
MOST_ALIKE = 10
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


def governs(me: Me) -> bool:
    """Whether somebody asks for governance alone: such a one is shown nobody's name."""
    return me.holds(Role.GOVERNANCE) and not me.holds(Role.COORDINATOR)


def find_to_restrict(me: Me, typed: str) -> list[Person]:
    """Whom this may be: by reference for governance of the area; for a coordinator by number or name as well.

    Governance learns nothing of the person but that there is one: their reference is what they typed.
    """
    typed = typed.replace("\0", "")
    reference = typed.strip().upper()
    if not reference:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select access.governed_person(%s)", [reference[:14]])
        (number,) = cursor.fetchone()
    if number is not None:
        with context.as_engine():
            return list(Person.objects.filter(pk=number, survivor=None))
    if governs(me) or not is_searchable(typed):
        return []
    found = find_people(me, typed)
    numbers = found.person_ids[:MOST_ALIKE]
    people = Person.objects.visible_to(me).filter(pk__in=numbers).order_by("family_name", "given_name")
    return [one for one in people if me.holds_in(one.icb_id, Role.COORDINATOR)]


def in_words(person: Person) -> str:
    """A person to choose among others: name, birth date, reference."""
    born = f", born {day(person.birth_date)}" if person.birth_date else ""
    return f"{person.shown_name}{born} ({person.reference})"
