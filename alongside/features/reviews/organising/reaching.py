"""Whose review it is: the person and the planned review of an address, as far as the reader may."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.text import MAY_NOT
from alongside.features.people.views import writable
from alongside.features.reviews.models import PlannedReview
from alongside.features.reviews.organising.queries import find_planned
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.topics import Topic


def readable(request: Request, reference: str) -> Reach:
    """404 outside scope, 403 without the topic."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    if not reach.sees((Topic.REVIEW,)):
        raise PermissionDenied(MAY_NOT)
    return reach


def organisable(request: Request, reference: str, topic: Topic = Topic.REVIEW) -> Reach:
    """The same, when it may be written."""
    reach = writable(request, reference)
    if not reach.sees((topic,)) or not reach.sees((Topic.REVIEW,)):
        raise PermissionDenied(MAY_NOT)
    return reach


def planned_of(request: Request, reach: Reach, number: int) -> PlannedReview:
    planned = find_planned(request.me, reach.person, number)
    if planned is None:
        raise Http404
    return planned


def page_of(reach: Reach, planned: PlannedReview | None = None) -> str:
    page = f"/people/{reach.person.reference}/reviews"
    return f"{page}/planned/{planned.pk}" if planned else page


def data_of(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()
