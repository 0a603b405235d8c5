"""Papers of a review behind its gate, its calendar file, and the planner booklet."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.reviews.models import ReviewPaper
from alongside.features.reviews.organising import queries, text
from alongside.features.reviews.organising.access import ORGANISES, READS
from alongside.features.reviews.organising.calendar_file import calendar_file
from alongside.features.reviews.organising.forms import ButtonForm
from alongside.features.reviews.organising.forms_panel import PaperForm
from alongside.features.reviews.organising.papers import add_paper, take_back
from alongside.features.reviews.organising.reaching import data_of, organisable, page_of, planned_of, readable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.serving import serve
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes


@for_roles(*ORGANISES)
def add(request: Request, reference: str, number: int) -> HttpResponse:
    """Adds a paper for the panel."""
    reach = organisable(request, reference)
    planned = planned_of(request, reach, number)
    form = PaperForm(data_of(request), request.FILES or None, kind=planned.kind)

    def act(note: Notes, given: Any) -> None:
        add_paper(note, planned=planned, line=given["line"], title=given["title"], checked=given["file"], by=request.me)

    record_look(request.me, "planned review", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=page_of(reach, planned),
        saved=text.SAVED,
        template="people/document_form.html",
        context={"title": "Add a paper for the panel", "person": reach.person},
    )


def _paper(request: Request, reference: str, number: int, paper: int) -> ReviewPaper:
    reach = readable(request, reference)
    planned = planned_of(request, reach, number)
    found = queries.papers_of(planned).filter(pk=paper).first()
    if found is None or (queries.sits_on_panel(request.me, planned) and not queries.is_agreed(planned)):
        raise Http404
    record_look(request.me, "review paper", [reach.person.pk], at=request.at, why=f"paper {paper}")
    return found


@for_roles(*READS)
def open_paper(request: Request, reference: str, number: int, paper: int) -> HttpResponse:
    """One paper, as a file. Closed to the panel until there is agreement."""
    return serve_paper(_paper(request, reference, number, paper))


def serve_paper(paper: ReviewPaper) -> HttpResponse:
    try:
        return serve(key=paper.storage_key, media_type=paper.media_type, file_name=paper.file_name)
    except FileNotFoundError as gone:
        raise Http404 from gone


@for_roles(*ORGANISES)
def back(request: Request, reference: str, number: int, paper: int) -> HttpResponse:
    """Takes a paper back."""
    reach = organisable(request, reference)
    found = _paper(request, reference, number, paper)

    def act(note: Notes, given: Any) -> None:
        take_back(note, paper=found)

    context = {
        "title": f"Take back ‘{found.title}’", "person": reach.person, "button": "Take it back",
        "about": "Nobody on the panel opens it any more.",
    }  # fmt: skip
    go_to = page_of(reach, planned_of(request, reach, number))
    return answer_form(request, ButtonForm(data_of(request)), act, go_to=go_to, saved=text.SAVED, context=context)


@for_roles(*READS)
def calendar(request: Request, reference: str, number: int) -> HttpResponse:
    """Its time and place as a calendar file, without a name."""
    reach = readable(request, reference)
    planned = planned_of(request, reach, number)
    if planned.starts_at is None:
        raise Http404
    record_look(request.me, "planned review", [reach.person.pk], at=request.at)
    return calendar_file(planned, request.at)


@for_roles(*READS)
def booklet(request: Request, reference: str, number: int) -> HttpResponse:
    """The planner booklet to print, with pictures or without: what I want to say at my review."""
    reach = readable(request, reference)
    planned = planned_of(request, reach, number)
    record_look(request.me, "planner booklet", [reach.person.pk], at=request.at)
    context = {
        "person": reach.person, "planned": planned, "here": page_of(reach, planned),
        "pictures": request.GET.get("pictures") == "yes",
    }  # fmt: skip
    return render(request, "organising/booklet.html", context)
