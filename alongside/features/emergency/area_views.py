"""Emergencies of an area: what goes on now, how meetings go by month, and the numbers that families ring."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.actions.text import SMALLEST
from alongside.features.emergency import access, queries, text
from alongside.features.emergency.counting import count_by_month
from alongside.features.emergency.forms import LineForm, OnlyOnce
from alongside.features.emergency.lines import add_line, end_line
from alongside.features.emergency.views import today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look


def _area(request: Request, *roles: str) -> int:
    return next(held.area for held in request.me.roles if held.role in roles)


@for_roles(*access.LOGS)
@require_safe
def lately(request: Request) -> HttpResponse:
    """Crises that go on, meetings being written, and those of the last four weeks."""
    me = request.me
    found = queries.list_lately(me, request.at)
    record_look(me, "emergencies", found.people, at=request.at)
    context = {
        "found": found,
        "now": request.at,
        "counts": me.holds(*access.COUNTS),
        "keeps_lines": me.holds(*access.KEEPS_LINES),
        "text": text,
    }
    return render(request, "emergency/lately.html", context)


@for_roles(*access.COUNTS)
@require_safe
def figures(request: Request) -> HttpResponse:
    """Meetings a month, followed by a review or not, admitted or not. Small numbers only to who sees people."""
    area = _area(request, *access.COUNTS)
    hides = not request.me.holds_in(area, *access.DECIDES)
    context = {
        "months": count_by_month(area, today_of(request), hide=hides),
        "hides": hides,
        "smallest": SMALLEST,
        "sees_people": request.me.holds(*access.LOGS),
    }
    return render(request, "emergency/figures.html", context)


@for_roles(*access.KEEPS_LINES)
def lines(request: Request) -> HttpResponse:
    """The area's crisis lines, and one more."""
    area = _area(request, *access.KEEPS_LINES)

    def act(note: Any, given: Any) -> None:
        words = {name: given[name] for name in ("who", "phone", "about", "council")}
        add_line(note, icb_id=area, **words)

    return answer_form(
        request,
        LineForm(request.POST if request.method == "POST" else None),
        act,
        go_to="/emergencies/lines",
        saved=text.LINE_ADDED,
        template="emergency/lines.html",
        context={"lines": queries.list_lines(area)},
    )


@for_roles(*access.KEEPS_LINES)
def end(request: Request, number: int) -> HttpResponse:
    found = queries.find_line(number)
    if found is None or not request.me.holds_in(found.icb_id, *access.KEEPS_LINES):
        raise Http404
    line = found
    return answer_form(
        request,
        OnlyOnce(request.POST if request.method == "POST" else None),
        lambda note, given: end_line(note, line=line),
        go_to="/emergencies/lines",
        saved=text.LINE_ENDED,
        context={
            "title": "Take this number out?",
            "person": None,
            "about": f"{line.who}: {line.phone}",
            "button": "Take it out",
        },
    )
