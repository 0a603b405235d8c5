"""Reading meetings inside the register: who may be asked, and locked rows."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from alongside.features.register.meetings.access import ATTENDS
from alongside.features.register.models import AgendaItem
from alongside.foundation.access.me import Me
from alongside.foundation.accounts.models import Actor


def list_people(icb_id: int, today: date) -> list[Actor]:
    """Everybody who works in the area or with its people now, by name: who may chair, or be asked."""
    now = Q(roles__to_date=None) | Q(roles__to_date__gte=today)
    works = Q(roles__area_id=icb_id, roles__role__in=ATTENDS, roles__from_date__lte=today) & now
    people = Actor.objects.filter(works, left_on=None, kind=Actor.Kind.PERSON).select_related("organisation")
    return list(people.distinct().order_by("name", "pk"))


def as_choices(people: Iterable[Actor]) -> list[tuple[int, str]]:
    return [(one.pk, f"{one.name}, {one.post}" if one.post else one.name) for one in people]


def lock_item(me: Me, meeting_id: int, item_id: int) -> AgendaItem:
    """The item with its meeting, locked against a second decision. 404 for whoever may not write it."""
    rows = AgendaItem.objects.visible_to(me).select_related("meeting", "person", "entry")
    return get_object_or_404(rows.select_for_update(of=("self",)), pk=item_id, meeting_id=meeting_id)
