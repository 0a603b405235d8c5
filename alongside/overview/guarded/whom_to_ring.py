"""Whom somebody rings who opened a record in an emergency: the keyworker, and who is on call in the area.

Names and numbers only. What keyworkers have written stays closed: an emergency doesn't open that topic.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Person
from alongside.features.referrals.notices.telling import list_on_call
from alongside.foundation.access import context
from alongside.foundation.access.me import Me

_PARTS = (Allocation.Part.DESIGNATED, Allocation.Part.CO_WORKER, Allocation.Part.COVER)


def is_open_in_emergency(me: Me, person: Person) -> bool:
    return any(one.reference == person.reference for one in me.emergencies)


def list_whom_to_ring(person: Person, today: date) -> list[dict[str, Any]]:
    """Lines for 'Who is around'. As the engine; asked only for a record that is open in an emergency."""
    now = Q(to_date=None) | Q(to_date__gte=today)
    with context.as_engine():
        held = Allocation.objects.filter(
            now, person=person, part__in=_PARTS, from_date__lte=today, superseded_by=None
        ).values_list("part", "worker__name", "id")
        workers = [
            {"id": number, "name": name, "role": str(Allocation.Part(part).label), "reach": ""}
            for part, name, number in held.order_by("id")
        ]
        on_call = [
            {"id": one.pk, "name": one.actor.name, "role": "On call today", "reach": one.phone}
            for one in list_on_call(person.icb_id, today)
        ]
    return sorted(workers, key=lambda one: one["role"] != "Keyworker") + on_call
