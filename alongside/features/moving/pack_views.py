"""The pack: read on a page, as PDF, and as structured data. Before and after the other side has answered."""

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.moving import queries, text
from alongside.features.moving.access import DECIDES
from alongside.features.moving.operations import make_pack
from alongside.features.moving.views import decidable, here_of, moving
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.letters import Letter, Section, as_pdf
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look
from alongside.policy.counting import local_day


class MakeForm(OnceForm):
    """Nothing but the mark that it is made once."""


@for_roles(*DECIDES)
def make(request: Request, reference: str) -> HttpResponse:
    """Makes the pack for whoever reads nothing here, of what was agreed and nothing else."""
    reach = decidable(request, reference)
    found = moving(request, reach)
    record_look(request.me, "pack", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        MakeForm(request.POST if request.method == "POST" else None),
        lambda note, given: make_pack(note, move=found, by=request.me),
        go_to=f"{here_of(reach)}/pack",
        saved=text.SAVED["packed"],
        context={
            "title": "Make the pack",
            "person": reach.person,
            "about": f"For {found.where}: the record as it is now, as far as it was agreed. It is kept as it was sent.",
            "button": "Make it",
        },
    )


@for_roles(*DECIDES)
def pack(request: Request, reference: str, form: str = "") -> HttpResponse:
    """The newest pack, to be read, printed or sent."""
    reach = decidable(request, reference)
    found = queries.find_pack(request.me, reach.person)
    if found is None:
        raise Http404
    record_look(request.me, "pack", [reach.person.pk], at=request.at)
    left = text.left_out_words(found.left_out)
    if form:
        return as_file(form, found.parts, found.bundle, left, found.recorded_icb.name, local_day(found.recorded_at))
    context = {
        "title": f"What {found.move.where} is told",
        "parts": found.parts,
        "left_out": left,
        "made_at": found.recorded_at,
        "here": f"{here_of(reach)}/pack",
        "back_url": here_of(reach),
        "person": reach.person,
    }
    return render(request, "moving/pack.html", context)


@for_roles(*DECIDES)
def offered_pack(request: Request, pk: int, form: str) -> HttpResponse:
    """The pack of somebody whom another area offers, as a file."""
    found = queries.find_offered_pack(pk)
    if found is None:
        raise Http404
    left = text.left_out_words(found.left_out)
    return as_file(form, found.parts, found.bundle, left, found.sent_by, local_day(request.at))


def as_file(form: str, parts: list[Any], bundle: Any, left: str, sender: str, on: Any) -> HttpResponse:
    """As PDF, or as a FHIR document in JSON."""
    if form == "json":
        content, kind = json.dumps(bundle, ensure_ascii=False, indent=1).encode(), "application/fhir+json"
    else:
        sections = [Section(heading=part["heading"], points=tuple(part["lines"])) for part in parts]
        told = (left,) if left else ()
        letter = Letter(title="What you need to know", on=on, sender=sender, sections=tuple(sections), closing=told)
        content, kind = as_pdf(letter), "application/pdf"
    headers = {"Content-Disposition": f'attachment; filename="pack.{form}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
