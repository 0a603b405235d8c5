"""Reading contacts, promises and appointments, always within scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q

from alongside.features.keyworking.models import Appointment, Contact, OutOfHours, Promise
from alongside.features.people.models import Communication, Person, Relation
from alongside.features.people.queries import Reach, about
from alongside.features.people.scope import rule_of, values_of
from alongside.foundation.access.me import Me
from alongside.foundation.topics import Topic

#: How many of one's own people my day offers for a contact: a full caseload with room to spare.
MOST_PEOPLE = 30
#: So many days of appointments stand on my day.
AHEAD = timedelta(days=7)

#: The people by key first: asked with `in`, every person was looked at.
MINE = f"""
    select p.id, p.reference, coalesce(nullif(p.preferred_name, ''), p.given_name) as given_name, p.family_name,
        (select max(c.happened_at) from keyworking_contact c where c.reached and c.person_id in
            (select one.id from people_person one where one.id = p.id or one.survivor_id = p.id)
          and c.with_whom && '{{young_person,family}}' and not exists
            (select 1 from keyworking_contact later where later.supersedes_id = c.id)) as last_at
    from people_person p where p.survivor_id is null and p.died_on is null and {rule_of("person", "p")} and p.id = any(
        array(select coalesce(named.survivor_id, named.id) from keyworking_allocation a
          join people_person named on named.id = a.person_id where a.worker_id = %(worker)s and a.from_date <= %(today)s
          and (a.to_date is null or a.to_date > %(today)s)
          and not exists (select 1 from keyworking_allocation later where later.supersedes_id = a.id)))
    order by 5 nulls first, 4, 3 limit {MOST_PEOPLE}
"""


@dataclass(frozen=True)
class MyPerson:
    """Somebody of one's own caseload, with the last contact that anybody had with them or their family."""

    person_id: int
    reference: str
    given_name: str
    family_name: str
    last_at: datetime | None


def list_my_people(me: Me, today: date) -> list[MyPerson]:
    """Those whom one walks alongside, whoever was not heard of for longest first. One statement."""
    return list_people_of(me, me.id, today)


def list_people_of(me: Me, worker_id: int, today: date) -> list[MyPerson]:
    """The same of another worker: those of them whom I reach."""
    with connection.cursor() as cursor:
        cursor.execute(MINE, values_of(me) | {"today": today, "worker": worker_id})
        return [MyPerson(*row) for row in cursor.fetchall()]


def list_my_appointments(me: Me, at: datetime, ahead: timedelta = AHEAD) -> list[Appointment]:
    """One's own that are not written up, from the oldest to those of the next days."""
    mine = Appointment.objects.visible_to(me).select_related("person").filter(worker_id=me.id, contact=None)
    return list(
        mine.filter(called_off_at=None, superseded_by=None, starts_at__lt=at + ahead).order_by("starts_at")[
            :MOST_PEOPLE
        ]
    )


def list_contacts(me: Me, person: Person, *, before: tuple[datetime, int] | None, most: int) -> list[Contact]:
    """Newest first; one more than `most` when there are older ones."""
    rows = Contact.objects.visible_to(me).filter(about(person), superseded_by=None)
    if before:
        at, number = before
        rows = rows.filter(happened_at__lte=at).exclude(happened_at=at, pk__gte=number)
    return list(rows.select_related("recorded_by").order_by("-happened_at", "-id")[: most + 1])


def list_promises(me: Me, person: Person, *, closed: bool = False) -> list[Promise]:
    """Open ones by their day, each with its steps; with `closed` the last that were closed."""
    rows = Promise.objects.visible_to(me).filter(about(person), superseded_by=None, closed_at__isnull=not closed)
    order = ("-closed_at",) if closed else ("by_date", "id")
    return list(rows.prefetch_related("steps").order_by(*order)[:40])


def list_open_promises(me: Me, *, most: int, after: tuple[date, int] | None = None) -> list[Promise]:
    """The chase log: open promises about people one reaches, by their day; one more than `most` if there are more."""
    # An area goes on reading what it wrote of somebody who moved away; whoever holds them now chases it.
    moved_away = Q(recorded_icb_id__in=me.agreed) & ~Q(person__icb_id__in=me.agreed)
    rows = Promise.objects.visible_to(me).filter(closed_at=None, superseded_by=None).exclude(moved_away)
    if after:
        day, number = after
        rows = rows.filter(by_date__gte=day).exclude(by_date=day, pk__lte=number)
    return list(rows.select_related("person").prefetch_related("steps").order_by("by_date", "id")[: most + 1])


def list_appointments(me: Me, person: Person) -> list[Appointment]:
    """Of one person: those neither called off nor written up, by their time."""
    rows = Appointment.objects.visible_to(me).filter(about(person), called_off_at=None, contact=None)
    return list(rows.filter(superseded_by=None).select_related("worker").order_by("starts_at", "id")[:40])


def find_out_of_hours(me: Me, person: Person) -> OutOfHours | None:
    """Who to ring when the keyworker isn't there; the newest counts."""
    return (
        OutOfHours.objects.visible_to(me)
        .filter(about(person), superseded_by=None, to_date=None)
        .order_by("-id")
        .first()
    )


@dataclass(frozen=True)
class SafeWay:
    """How somebody of the family is reached: whose number it is, the number, and what to mind.

    One with legal limits is no number to tap: it is read first.
    """

    who: str
    phone: str
    mind: str
    limits: bool


@dataclass(frozen=True)
class BeforeContact:
    """What to know before getting in touch: how to talk with them, what helps, and which ways are safe."""

    talk: tuple[str, ...]
    safe: tuple[SafeWay, ...]


def before_contact(me: Me, reach: Reach) -> BeforeContact:
    """From the newest profile, the interpreter, and each relation's safe ways and legal limits."""
    person = reach.person
    talk: list[str] = []
    if reach.sees((Topic.COMMUNICATION,)):
        newest = Communication.objects.visible_to(me).filter(about(person), superseded_by=None).order_by("-id").first()
        if newest:
            said: Sequence[tuple[str, Any]] = (
                ("", newest.best_way),
                ("What helps: ", newest.what_helps),
                ("Please avoid: ", newest.avoid),
                ("Adjustments: ", newest.adjustments),
                ("How to get in touch: ", newest.contact_by),
            )
            talk += [f"{label}{words}" for label, words in said if words]
    if person.first_language:
        talk.append(f"First language: {person.first_language}")
    if person.interpreter:
        talk.append("Needs an interpreter")
    return BeforeContact(tuple(talk), tuple(_safe_ways(me, person)) if reach.sees((Topic.FAMILY,)) else ())


def _safe_ways(me: Me, person: Person) -> list[SafeWay]:
    rows = Relation.objects.visible_to(me).filter(about(person), superseded_by=None, to_date=None).order_by("id")
    found = []
    for one in rows:
        parts = [
            f"safe way: {one.safe_contact}" if one.safe_contact else "",
            f"legal limits: {one.legal_limits}" if one.legal_limits else "",
        ]
        mind = "; ".join(part for part in parts if part)
        if one.phone or mind:
            found.append(SafeWay(f"{one.name} ({one.relationship.lower()})", one.phone, mind, bool(one.legal_limits)))
    return found
