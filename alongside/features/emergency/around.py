"""Whom a night can name: who can open the record tomorrow, who is on call, who walks alongside."""

from datetime import date

from django.db.models import Q

from alongside.features.actions.owners import list_owners
from alongside.features.emergency.access import LOGS
from alongside.features.emergency.composing import Around
from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Guard, Person
from alongside.features.people.queries import about
from alongside.features.referrals.notices.models import OnCall
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.roles import REACH
from alongside.foundation.accounts.models import Actor

_PARTS = (Allocation.Part.DESIGNATED, Allocation.Part.CO_WORKER, Allocation.Part.COVER)


def list_who_can_look(me: Me, person: Person, topic: int, today: date) -> list[tuple[int, str]]:
    """Of the area's staff, who opens this topic of the record and goes on doing so: oneself first, then who is on call.

    Two statements, as the engine.
    """
    roles = [
        role
        for role, reach in REACH.items()
        if reach.reach == "area" and topic in reach.topics and (person.guard == Guard.ORDINARY or reach.guarded)
    ]
    if person.guard == Guard.RESTRICTED:
        roles = []
    with context.as_engine():
        opened = OpenTopics.objects.filter(person_id=person.pk, to_at=None, topics__contains=[topic])
        now = Q(roles__to_date=None) | Q(roles__to_date__gte=today)
        works = Q(roles__role__in=LOGS) & now
        within = Q(roles__role__in=roles, roles__area_id=person.icb_id)
        found = dict(
            Actor.objects.filter(works & (within | Q(pk__in=opened.values("actor_id"))), left_on=None)
            .distinct()
            .order_by("name", "pk")
            .values_list("pk", "name")
        )
        on_call = set(
            OnCall.objects.filter(icb_id=person.icb_id, from_date__lte=today, to_date__gte=today).values_list(
                "actor_id", flat=True
            )
        )
    order = sorted(found, key=lambda number: (number != me.id, number not in on_call))
    return [(number, _label(number, found[number], me, on_call)) for number in order]


def _label(number: int, name: str, me: Me, on_call: set[int]) -> str:
    if number == me.id:
        return f"I do ({name})"
    return f"{name}, on call today" if number in on_call else name


def list_around(me: Me, person: Person, topic: int, today: date) -> Around:
    return Around(list_owners(me, person, today), list_who_can_look(me, person, topic, today))


def keyworkers_of(person: Person, today: date) -> list[int]:
    """Who walks alongside now, the named keyworker first. As the engine: whoever opened the record may not read it."""
    now = Q(to_date=None) | Q(to_date__gte=today)
    with context.as_engine():
        rows = Allocation.objects.filter(now, about(person), part__in=_PARTS, from_date__lte=today, superseded_by=None)
        found = list(rows.order_by("pk").values_list("part", "worker_id"))
    return [worker for _, worker in sorted(found, key=lambda one: one[0] != Allocation.Part.DESIGNATED)]
