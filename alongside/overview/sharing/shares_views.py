"""What was told to others about one person: the log, writing it down, taking it along."""

import csv
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.models import LawfulBasis, Share
from alongside.features.people.operations import record_share
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.views import midday, writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.sharing import queries, text
from alongside.overview.sharing.forms import ShareForm
from alongside.overview.sharing.looking_again import proposed_day, say_proposed

READERS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR)
COLUMNS = (
    "When",
    "Who was told",
    "What",
    "About",
    "What for",
    "Lawful basis",
    "Why",
    "May the family know",
    "Written by",
)


def _reach(request: Request, reference: str) -> Reach:
    reach = reach_person(request.me, reference)
    if reach is None or not reach.sees((Topic.AGREEMENT,)):
        raise Http404
    return reach


@for_roles(*READERS)
@require_safe
def shares(request: Request, reference: str) -> HttpResponse:
    """Everything that was told to others, the newest first; and who was told against an agreement."""
    reach = _reach(request, reference)
    record_look(request.me, "shares", [reach.person.pk], at=request.at)
    found = list(queries.shares_of(request.me, reach.person)[: queries.SHOWN + 1])
    context = {
        "person": reach.person,
        "writes": reach.writes,
        "shares": [_shown(one) for one in found[: queries.SHOWN]],
        "more": len(found) > queries.SHOWN,
        "overrides": list(queries.overrides_of(request.me, reach.person)[: queries.SHOWN]),
        "may_override": reach.writes and request.me.holds_in(reach.person.icb_id, Role.MANAGER, Role.COORDINATOR),
        "at": request.at,
    }
    return render(request, "sharing/shares.html", context)


def _shown(one: Share) -> dict[str, Any]:
    return {
        "on": one.happened_at,
        "told_to": one.told_to,
        "what": one.what,
        "about": ", ".join(Topic(topic).label for topic in one.about_topics),
        "purpose": one.purpose,
        "basis": LawfulBasis(one.lawful_basis).label,
        "why": one.why,
        "untold": "" if one.told else one.told_words,
        "number": one.pk,
        "look_again_on": one.look_again_on,
        "by": one.recorded_by.name,
    }


@for_roles(*READERS)
@require_safe
def export(request: Request, reference: str) -> HttpResponse:
    """The whole log as a sheet."""
    reach = _reach(request, reference)
    record_look(request.me, "shares export", [reach.person.pk], at=request.at)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="told-{reach.person.reference}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response)
    sheet.writerow(COLUMNS)
    for one in queries.shares_of(request.me, reach.person).iterator():
        shown = _shown(one)
        cells = [day(shown["on"]), *(shown[key] for key in ("told_to", "what", "about", "purpose", "basis", "why"))]
        cells += [f"No: {shown['untold']}" if shown["untold"] else "Yes", shown["by"]]
        sheet.writerow([_no_formula(cell) for cell in cells])
    return response


def _no_formula(cell: str) -> str:
    """A cell that begins like a formula is run by some programs; with a quote before it, it is text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


@for_roles(*READERS)
def add_share(request: Request, reference: str) -> HttpResponse:
    """Somebody was told something."""
    reach = writable(request, reference)
    if not reach.sees((Topic.AGREEMENT,)):
        raise Http404
    today = request.at.astimezone(LONDON).date()
    if request.method != "POST":
        record_look(request.me, "share", [reach.person.pk], at=request.at)

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        record_share(
            note,
            person=reach.person,
            what=given["what"],
            told_to=given["told_to"],
            topics=[int(topic) for topic in given["topics"]],
            purpose=given["purpose"],
            lawful_basis=given["lawful_basis"],
            why=given["why"],
            happened_at=min(midday(given["on"]), note.at),
            untold_because=given["unsafe"],
            look_again_on=given["look_again_on"],
        )

    proposed = proposed_day(today, reach.person.icb.code)
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        initial={"on": today, "look_again_on": proposed.value},
        today=today,
    )
    say_proposed(form, proposed)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{reach.person.reference}/shares",
        saved=text.SHARED,
        context={
            "title": "Write down what was told",
            "person": reach.person,
            "about": "To whom, what for, and on which lawful basis. It is kept apart from what was agreed to.",
        },
    )
