"""Documents on a person's record. Each opening is a look; outside scope they are not there."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.people.changing import answer_form
from alongside.features.people.documents import queries, text
from alongside.features.people.documents.forms import DocumentForm, OwnForm
from alongside.features.people.documents.operations import add_document, add_own
from alongside.features.people.models import Document
from alongside.features.people.queries import Reach, reach_person
from alongside.features.people.views import CHANGES, PARTNERS, writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.pdf import count_pages, page_as_png
from alongside.foundation.documents.serving import handed, serve
from alongside.foundation.documents.storage import read_file
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

PDF = "application/pdf"
#: Pages shown at once.
SHOWN_PAGES = 20


def _reach(request: Request, reference: str) -> Reach:
    reach = reach_person(request.me, reference)
    if reach is None:
        raise Http404
    return reach


def _document(request: Request, reference: str, pk: int) -> tuple[Reach, Document]:
    reach = _reach(request, reference)
    document = queries.find_document(request.me, reach.person, pk)
    if document is None:
        raise Http404
    record_look(request.me, "document", [reach.person.pk], at=request.at, why=f"document {pk}")
    return reach, document


@for_roles(*CHANGES, *PARTNERS)
def documents(request: Request, reference: str) -> HttpResponse:
    """The documents of one person, the newest first."""
    reach = _reach(request, reference)
    found = list(queries.documents_of(request.me, reach.person)[:200])
    record_look(request.me, "documents", [reach.person.pk], at=request.at)
    told = {"person": reach.person, "documents": found, "writes": reach.writes, "labels": text.LABELS}
    return render(request, "people/documents.html", told)


@for_roles(*CHANGES)
def add(request: Request, reference: str) -> HttpResponse:
    """Adds a document."""
    reach = writable(request, reference)
    form = DocumentForm(request.POST or None, request.FILES or None, owner=request.me.id, topics=reach.topics)

    def act(note: Notes, given: Mapping[str, Any]) -> Any:
        return add_document(
            note,
            person=reach.person,
            topic=int(given["topic"]),
            kind=given["kind"],
            title=given["title"],
            checked=given["file"],
        )

    return _ask(request, reach, form, act, title="Add a document", go_to="documents")


@for_roles(*CHANGES)
def add_their_own(request: Request, reference: str) -> HttpResponse:
    """Adds a picture they made, or a recording of their voice."""
    reach = writable(request, reference)
    form = OwnForm(request.POST or None, request.FILES or None, owner=request.me.id)

    def act(note: Notes, given: Mapping[str, Any]) -> Any:
        return add_own(note, person=reach.person, about=given["about"], checked=given["file"])

    return _ask(request, reach, form, act, title="Add their own picture or recording", go_to="")


def _ask(request: Request, reach: Reach, form: Any, act: Any, *, title: str, go_to: str) -> HttpResponse:
    record_look(request.me, "add document", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{reach.person.reference}" + (f"/{go_to}" if go_to else ""),
        saved=text.ADDED,
        template="people/document_form.html",
        context={"title": title, "person": reach.person},
    )


@for_roles(*CHANGES, *PARTNERS)
def document(request: Request, reference: str, pk: int) -> HttpResponse:
    """One document: what it is, and what it looks like."""
    reach, found = _document(request, reference, pk)
    told: dict[str, Any] = {"person": reach.person, "document": found, "label": text.LABELS.get(found.kind, "")}
    try:
        content = read_file(found.storage_key)
        told["pages"] = range(1, min(count_pages(content), SHOWN_PAGES) + 1) if found.media_type == PDF else ()
    except FileNotFoundError:
        told |= {"pages": (), "gone": text.GONE}
    told |= {"writes": reach.writes, "most": SHOWN_PAGES}
    return render(request, "people/document.html", told)


@for_roles(*CHANGES, *PARTNERS)
def file(request: Request, reference: str, pk: int) -> HttpResponse:
    """The file itself. Pictures and sound are shown in the page; everything else is saved."""
    _, found = _document(request, reference, pk)
    try:
        return serve(
            key=found.storage_key,
            media_type=found.media_type,
            file_name=found.file_name,
            inline=request.GET.get("show") == "1",
            request=request,
        )
    except FileNotFoundError as problem:
        raise Http404 from problem


@for_roles(*CHANGES, *PARTNERS)
def page(request: Request, reference: str, pk: int, number: int) -> HttpResponse:
    """One page of a PDF as a picture."""
    _, found = _document(request, reference, pk)
    if found.media_type != PDF or not 1 <= number <= SHOWN_PAGES:
        raise Http404
    try:
        picture = page_as_png(read_file(found.storage_key), number)
    except (FileNotFoundError, IndexError) as problem:
        raise Http404 from problem
    return handed(picture, media_type="image/png", file_name=f"page-{number}.png", inline=True)
