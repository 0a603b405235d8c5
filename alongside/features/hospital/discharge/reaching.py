"""The stay that a page is about: who opens it, and who writes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from alongside.features.hospital.inpatient.queries import find_stay
from alongside.features.hospital.models import Stay
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.features.people.views import CHANGES, PARTNERS
from alongside.foundation.access.request import Request
from alongside.foundation.topics import Topic

#: Whoever works with somebody in hospital reads the plan: the ward has to.
READS = (*CHANGES, *PARTNERS)


def stay_of(request: Request, stay_id: int, *, to_write: bool = False) -> tuple[Stay, Reach]:
    """The stay and its person. 404 outside scope, 403 where it may only be read and `to_write` asks for more."""
    stay = find_stay(request.me, stay_id)
    reach = reach_person(request.me, stay.person.reference) if stay else None
    if stay is None or reach is None or reach.person.survivor_id:
        raise Http404
    if not reach.sees((Topic.HOSPITAL,)) or (to_write and not reach.writes):
        raise PermissionDenied(MAY_NOT)
    if stay.person_id == reach.person.pk:
        stay.person = reach.person
    return stay, reach


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def page_of(stay: Stay, page: str = "discharge-plan") -> str:
    return f"/hospital/stays/{stay.pk}/{page}"
