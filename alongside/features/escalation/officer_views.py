"""The page of whoever is asked to decide: what is put to them, one question at a time, and nothing of any record."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.escalation import lifecycle, queries, text
from alongside.features.escalation.access import COUNTS, OVERSEES
from alongside.features.escalation.area import read_area
from alongside.features.escalation.forms import FORMS
from alongside.features.escalation.views import data_of, do, saved_words, today_of
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.recording.looks import record_look


@for_roles()
def mine(request: Request) -> HttpResponse:
    """What waits for me, by when; how things stand in the area, in numbers; what I decided lately."""
    me = request.me
    asked = queries.list_asked(me, request.at)
    record_look(me, "questions to decide", [one.row.person_id for one in asked], at=request.at)
    area = next((held.area for held in me.roles if held.role in COUNTS), None)
    sees_numbers = me.holds(Role.SENIOR_OFFICER) and area is not None
    context = {
        "asked": asked,
        "numbers": read_area(area, request.at) if sees_numbers and area else [],
        "decided": queries.list_decided_by(me),
        "posts": queries.list_own_posts(me, today_of(request)),
        "oversees": me.holds(*OVERSEES),
        "counts": me.holds(*COUNTS),
        "today": today_of(request),
        "text": text,
    }
    return render(request, "escalation/mine.html", context)


@for_roles()
def case(request: Request, number: int) -> HttpResponse:
    """One question that is put to me, and my answer. 404 for every other."""
    found = queries.find_asked(request.me, number, request.at)
    if found is None:
        raise Http404
    row = found.shown.row
    record_look(request.me, "a question to decide", [row.person_id], at=request.at)
    context: dict[str, Any] = {
        "case": found,
        "doing": [
            (kind, text.BUTTON[kind])
            for kind in lifecycle.possible_steps(row.state, lifecycle.OFFICER)
            if kind != "acknowledged" or row.acknowledged_at is None
        ],
        "paused": queries.days_paused(row, request.at),
        "call": find_contact(found.icb_id),
        "today": today_of(request),
        "text": text,
    }
    return render(request, "escalation/case.html", context)


@for_roles()
def case_step(request: Request, number: int, kind: str) -> HttpResponse:
    """The short form of one step by whoever is asked."""
    found = queries.find_asked(request.me, number, request.at)
    if found is None or kind not in FORMS or not lifecycle.may_take(kind, lifecycle.OFFICER):
        raise Http404
    row = found.shown.row
    form = FORMS[kind](data_of(request), initial={"version": row.version}, today=today_of(request))
    record_look(request.me, "a question to decide", [row.person_id], at=request.at)
    stays = kind in ("acknowledged", "paused", "resumed", "returned")
    return answer_form(
        request,
        form,
        lambda note, given: do(note, request, row, kind, given),
        go_to=f"/escalations/{number}" if stays else "/escalations",
        saved=saved_words(row, kind),
        template="escalation/case_step.html",
        context={"title": text.BUTTON[kind], "case": found, "about": text.ABOUT.get(kind, "")},
    )
