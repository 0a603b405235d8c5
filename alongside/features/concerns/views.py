"""Everything of this kind about one person on one page; and what is open in an area."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.concerns import queries, text
from alongside.features.concerns.access import FOLLOWS, KEEPS_NUMBERS, OVERSEES, TOPICS
from alongside.features.concerns.models import Concern, Dispute
from alongside.features.concerns.pages import reached, today_of
from alongside.features.people.text import MAY_NOT
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic


@for_roles(*FOLLOWS)
def care(request: Request, reference: str) -> HttpResponse:
    """Concerns, where they live, visits, incidents, money and disputes of one person."""
    me, reach = request.me, reached(request, reference)
    person = reach.person
    if not reach.sees(TOPICS):
        raise PermissionDenied(MAY_NOT)
    lines = queries.list_lines(me, person, today_of(request))
    visits, incidents = queries.list_visits(me, person), queries.list_incidents(me, person)
    record_look(me, "care", [person.pk], at=request.at)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "kinds": {kind: [one for one in lines if one.kind == kind] for kind in queries.ADDRESS},
        "visits": visits,
        "incidents": incidents,
        "counted": queries.count_incidents(incidents, visits[0].visited_on if visits else None),
        "writes": reach.writes,
        "sees_money": reach.sees((Topic.MONEY,)),
        "sees_placement": reach.sees((Topic.PLACEMENT,)),
        "hidden": sorted(Topic(topic).label for topic in TOPICS if not reach.sees((topic,))),
        "today": today_of(request),
        "text": text,
    }
    return render(request, "concerns/care.html", context)


SHOWN: dict[str, tuple[str, Callable[..., Any]]] = {
    "concerns": ("Concerns", lambda me, areas, after: queries.list_area(Concern, me, areas, after)),
    "notices": ("Notices on placements", queries.list_area_notices),
    "funding": ("Money", queries.list_area_funding),
    "disputes": ("Disputes", lambda me, areas, after: queries.list_area(Dispute, me, areas, after)),
    "visits": ("Visits", queries.list_area_visits),
}


@for_roles(*OVERSEES)
def area(request: Request) -> HttpResponse:
    """What is open in the area, one kind at a time."""
    me, today = request.me, today_of(request)
    areas = [held.area for held in me.roles if held.role in OVERSEES]
    show, after = request.GET.get("show", "concerns"), request.GET.get("after", "")
    if show not in SHOWN or (after and not after.isdecimal()):
        raise Http404
    rows, more = SHOWN[show][1](me, areas, int(after[:17]) if after else None)
    record_look(me, "care of the area", sorted({one.person_id for one in rows}), at=request.at)
    context = {
        "rows": rows,
        "show": show,
        "tabs": [(label, f"?show={name}", name == show) for name, (label, _) in SHOWN.items()],
        "next_url": f"?show={show}&after={min(one.pk for one in rows)}" if more else "",
        "first_url": f"?show={show}" if after else "",
        "waiting": queries.waiting_by_body(me, areas, today) if show == "funding" else [],
        "refusals": queries.why_refused(me, areas) if show == "notices" else [],
        "keeps_numbers": me.holds(*KEEPS_NUMBERS),
        "today": today,
        "text": text,
    }
    return render(request, "concerns/area.html", context)
