"""One stay on one page, what follows from its admission, and everybody in hospital."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from alongside.features.hospital.inpatient import overseeing, text
from alongside.features.hospital.inpatient.forms import KnownForm
from alongside.features.hospital.inpatient.queries import find_stay
from alongside.features.hospital.inpatient.text import RUNS
from alongside.features.hospital.inpatient.views import ask, data_of, page_of, workable
from alongside.features.hospital.models import Stay
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.views import CHANGES, PARTNERS
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.in_hospital import blue_list
from alongside.overview.in_hospital.following import list_following, notice_words
from alongside.overview.in_hospital.reading import Around, read_around
from alongside.overview.in_hospital.told_in_time import ToldInTime, count_told
from alongside.overview.models import RegisterRow
from alongside.policy.counting import local_day

#: So many duties stand open on the page of a stay; the rest stands behind their number.
FIRST = 6


def _read(request: Request, stay_id: int) -> tuple[Stay, Reach, Around]:
    """The stay with all around it. 404 outside scope; the look at it is recorded."""
    stay = find_stay(request.me, stay_id)
    reach = reach_person(request.me, stay.person.reference) if stay else None
    if stay is None or reach is None or reach.person.survivor_id:
        raise Http404
    record_look(request.me, "stay", [stay.person_id], at=request.at)
    return stay, reach, read_around(request.me, stay, request.at)


@for_roles(*CHANGES, *PARTNERS)
def stay_page(request: Request, stay_id: int) -> HttpResponse:
    """Everything of one stay, with its dates."""
    stay, reach, around = _read(request, stay_id)
    whole = around.whole
    last = around.last_cetr
    context: dict[str, Any] = {
        "stay": stay,
        "person": stay.person,
        "writes": reach.writes,
        "around": around,
        "whole": whole,
        "here": page_of(stay),
        "days": around.spell.days(local_day(request.at)),
        "parts": [part for part in around.parts if part.pk != stay.pk],
        "legal": next((row for row in whole.legal if row.to_at is None), None),
        "last_cetr": last,
        "restrictive": whole.restrictive_since(last.held_at if last else None),
        "duties": around.duties[:FIRST],
        "more_duties": around.duties[FIRST:],
        "text": text,
        "is_hospital": stay.kind == Stay.Kind.HOSPITAL,
        "today": request.at.astimezone(LONDON).date(),
        "now": request.at,
    }
    return render(request, "in_hospital/stay.html", context)


@for_roles(*CHANGES)
def follows(request: Request, stay_id: int) -> HttpResponse:
    """What follows from this admission, and how far each of it is."""
    stay, reach, around = _read(request, stay_id)
    colour = RegisterRow.objects.visible_to(request.me).filter(person_id=stay.person_id).order_by("colour_rank")
    shown = colour.values_list("colour", flat=True).first() or ""
    context = {
        "stay": stay,
        "person": stay.person,
        "writes": reach.writes,
        "items": list_following(around, shown, request.at),
        "notices": [(one, notice_words(one)) for one in around.whole.notices],
        "here": page_of(stay),
    }
    return render(request, "in_hospital/follows.html", context)


@for_roles(*CHANGES)
def known(request: Request, stay_id: int) -> HttpResponse:
    """The keyworker says that they know; or somebody says how they were told."""
    stay = workable(request, stay_id)
    worker = read_around(request.me, stay, request.at).keyworker
    own = worker is not None and worker.worker_id == request.me.id
    form = KnownForm(data_of(request))
    if own:
        form.fields["how"].label = "How did you hear of it?"

    def act(note: Notes, locked: Stay, given: dict[str, Any]) -> None:
        if worker is None:
            raise NotNow("no_keyworker", text.NO_KEYWORKER)
        overseeing.know_admission(note, stay=locked, keyworker_id=worker.worker_id, how=given["how"])

    title = "I know of the admission" if own else "The keyworker knows of the admission"
    go_to = f"{page_of(stay)}/follows"
    return ask(request, stay, form, act, title=title, saved=text.SAVED["known"], go_to=go_to)


@for_roles(*CHANGES)
def in_hospital(request: Request) -> HttpResponse:
    """Everybody in a mental health hospital, the longest first."""
    only = request.GET.get("only", "")
    only = only if only in blue_list.ONLY else ""
    listed = blue_list.read(request.me, now=request.at, after=request.GET.get("after", ""), only=only)
    record_look(request.me, "in hospital", [line.person_id for line in listed.lines], at=request.at)
    chosen = {"only": only} if only else {}
    context = {
        "lines": listed.lines,
        "counts": [
            (label, listed.totals[name], f"?only={name}" if name else "?", only == name)
            for name, label in blue_list.COUNTED
        ],
        "only": only,
        "next_url": f"?{urlencode(chosen | {'after': listed.after})}" if listed.after else "",
        "first_url": f"?{urlencode(chosen)}" if request.GET.get("after") else "",
        "sections": text.sections(request.me, "/hospital"),
        "told": _told(request) if not only and not request.GET.get("after") else None,
        "today": request.at.astimezone(LONDON).date(),
        "now": request.at,
    }
    return render(request, "in_hospital/blue_list.html", context)


def _told(request: Request) -> ToldInTime | None:
    """The area's figure, for those who run it."""
    held = next((one for one in request.me.roles if one.role in RUNS and one.area), None)
    if held is None:
        return None
    code = Organisation.objects.values_list("code", flat=True).get(pk=held.area)
    return count_told(Stay.objects.visible_to(request.me), code, request.at)
