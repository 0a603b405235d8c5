"""Actions across people: one's own, the area's worklist, how they go by organisation, and the standard wordings."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions import queries, text
from alongside.features.actions.access import AGREES, COUNTS, READS, SETS_WORDINGS
from alongside.features.actions.counting import count_by_organisation
from alongside.features.actions.forms import EndForm, WordingForm
from alongside.features.actions.models import Wording
from alongside.features.actions.views import today_of
from alongside.features.actions.wordings import add_wording, end_wording, find_wording, list_wordings
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.looks import record_look

SEES_PEOPLE = (Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)


def _area(request: Request, *roles: str) -> int:
    return next(held.area for held in request.me.roles if held.role in roles)


@for_roles(*READS)
def mine(request: Request) -> HttpResponse:
    """What I agreed to, or am asked to do."""
    rows = queries.list_mine(request.me)
    record_look(request.me, "my actions", [one.person_id for one in rows], at=request.at)
    context = {"rows": rows, "today": today_of(request), "text": text, "sees_all": request.me.holds(*AGREES)}
    return render(request, "actions/mine.html", context)


@for_roles(*AGREES)
def work(request: Request) -> HttpResponse:
    """Everybody's open actions that one sees, by day; late, not answered, blocked, waiting for money."""
    me, today = request.me, today_of(request)
    areas = [held.area for held in me.roles if held.role in AGREES]
    show = request.GET.get("show", "open")
    organisation = request.GET.get("organisation", "")
    if show not in queries.SHOWN or (organisation and not organisation.isdecimal()):
        raise Http404
    wanted = queries.Filter(show, int(organisation[:17]) if organisation else None, _after(request))
    rows, more = queries.list_work(me, areas, wanted, today)
    record_look(me, "actions of the area", sorted({one.person_id for one in rows}), at=request.at)
    kept = f"show={show}&organisation={organisation}"
    context = {
        "rows": rows,
        "tabs": [
            (label, f"?show={name}&organisation={organisation}", name == show)
            for name, (label, _) in queries.SHOWN.items()
        ],
        "show": show,
        "organisations": queries.list_owning_organisations(me, areas),
        "organisation": organisation,
        "next_url": f"?{kept}&after={rows[-1].due_on.isoformat()}.{rows[-1].pk}" if more else "",
        "first_url": f"?{kept}" if wanted.after else "",
        "counts": me.holds(*COUNTS),
        "sets": me.holds(*SETS_WORDINGS),
        "today": today,
        "text": text,
    }
    return render(request, "actions/work.html", context)


def _after(request: Request) -> tuple[date, int] | None:
    day, _, number = request.GET.get("after", "").partition(".")
    if not day:
        return None
    try:
        return date.fromisoformat(day), int(number[:17])
    except ValueError:
        raise Http404 from None


@for_roles(*COUNTS)
def figures(request: Request) -> HttpResponse:
    """How actions go, by organisation. Whoever sees no people is shown no number under five."""
    me, today = request.me, today_of(request)
    area = _area(request, *COUNTS)
    hides = not me.holds_in(area, *SEES_PEOPLE)
    context = {
        "lines": count_by_organisation(area, today, hide=hides),
        "hides": hides,
        "smallest": text.SMALLEST,
        "today": today,
        "sees_work": me.holds(*AGREES),
    }
    return render(request, "actions/figures.html", context)


@for_roles(*SETS_WORDINGS)
def wordings(request: Request) -> HttpResponse:
    """The area's standard wordings, and one more."""
    area = _area(request, *SETS_WORDINGS)
    form = WordingForm(request.POST if request.method == "POST" else None)

    def act(note: Any, given: Any) -> None:
        words = {name: given[name] for name in ("what", "how_known")}
        add_wording(note, icb_id=area, topic=int(given["topic"]), **words)

    context = {"wordings": list_wordings(area)}
    return answer_form(
        request, form, act, go_to="/actions/wordings", saved=text.SAVED, template="actions/wordings.html",
        context=context,
    )  # fmt: skip


@for_roles(*SETS_WORDINGS)
def end(request: Request, number: int) -> HttpResponse:
    wording: Wording | None = find_wording(str(number))
    if wording is None or not request.me.holds_in(wording.icb_id, *SETS_WORDINGS):
        raise Http404
    found = wording
    return answer_form(
        request,
        EndForm(request.POST if request.method == "POST" else None),
        lambda note, given: end_wording(note, wording=found),
        go_to="/actions/wordings",
        saved=text.SAVED,
        context={"title": "Take this wording out", "person": None, "about": found.what, "button": "Take it out"},
    )
