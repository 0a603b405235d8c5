"""Requests for one's own record: taking one in, checking the pack, a second pair of eyes, giving it out."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.foundation.access import context as asking
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.documents.serving import handed
from alongside.foundation.documents.storage import read_file
from alongside.foundation.nhsuk.forms import OnceForm
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.audit.queries import find_person_id
from alongside.overview.audit.views import NOT_OURS
from alongside.overview.colleagues import answer_finding, list_colleagues
from alongside.overview.models import Duty
from alongside.overview.subject_access import forms
from alongside.overview.subject_access.files import read_pdf
from alongside.overview.subject_access.models import AccessRequest
from alongside.overview.subject_access.operations import (
    approve_pack,
    check_parts,
    close_request,
    decisions_of,
    record_request,
    take_longer,
    unchecked,
)
from alongside.overview.subject_access.pack import read_parts, today_of

HERE = "/subject-access"
GOVERNS = (Role.GOVERNANCE,)
#: Whoever may be asked to be the second pair of eyes.
LOOKS = (Role.GOVERNANCE, Role.MANAGER, Role.COORDINATOR, Role.KEYWORKER)
PAGE = 25
AT_ONCE = 8


def _find(request: Request, number: int) -> AccessRequest:
    """The request, if the database shows it to whoever asks. 404 otherwise."""
    rows = AccessRequest.objects.select_related("handler", "second", "approved_by", "icb")
    found = rows.prefetch_related("checked").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@for_roles(*LOOKS)
@require_safe
def requests(request: Request) -> HttpResponse:
    """Requests of the area for governance; for others those whose pack they are asked to look at."""
    before = request.GET.get("before", "")
    rows = AccessRequest.objects.select_related("handler", "second").order_by("-id")
    if before.isascii() and before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    record_look(request.me, "subject access", sorted({one.person_id for one in found[:PAGE]}), at=request.at)
    older = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    context = {"requests": found[:PAGE], "older_url": older, "governs": request.me.holds(*GOVERNS)}
    return render(request, "subject_access/requests.html", context)


@for_roles(*GOVERNS)
def new_request(request: Request) -> HttpResponse:
    """Takes a request in. The clock runs from the day it came."""
    me, today = request.me, today_of(request.at)
    area = next(held for held in me.roles if held.role == Role.GOVERNANCE)
    form = forms.RequestForm(
        request.POST if request.method == "POST" else None,
        initial={"received_on": today},
        today=today,
        colleagues=list_colleagues(area.area, today, LOOKS, but=me.id),
    )

    def act(note: Notes, given: Any) -> None:
        number = find_person_id(given["reference"].strip().upper())
        with asking.as_engine():
            person = Person.objects.filter(pk=number or 0, icb_id=area.area).first()
        if person is None:
            raise NotNow("not_ours", NOT_OURS)
        values = {name: given[name] for name in ("asked_as", "asked_by", "proof", "received_on")}
        record_request(note, person=person, second_id=int(given["second"]), by=me, **values)

    return answer_finding(
        request,
        form,
        act,
        go_to=HERE,
        saved="Saved. The clock runs from the day the request came in.",
        context={"title": "Somebody asks for their record", "person": None, "button": "Save the request"},
    )


@for_roles(*LOOKS)
@require_safe
def one_request(request: Request, number: int) -> HttpResponse:
    """One request: who asked, until when, how far the pack is, and what comes next."""
    found = _find(request, number)
    parts = read_parts(found.person_id) if not found.approved_at else []
    decided = decisions_of(found)
    record_look(request.me, "subject access", [found.person_id], at=request.at)
    context = {
        "asked": found,
        "parts": len(parts),
        "left": len(unchecked(parts, decided)),
        "to_check": sum(1 for part in parts if part.other),
        "taken_out": sum(1 for leave in decided.values() if not leave),
        "duty": _answer_due(number),
        "governs": request.me.holds_in(found.icb_id, *GOVERNS),
        "second": found.second_id == request.me.id,
    }
    return render(request, "subject_access/request.html", context)


def _answer_due(number: int) -> Duty | None:
    """Until when the answer is due. It is another's duty; whoever may open the request may know."""
    with asking.as_engine():
        rows = Duty.objects.filter(subject="subject_access", subject_id=number, person=None)
        return rows.filter(key__startswith="subject_access:").first()


@for_roles(*LOOKS)
@require_safe
def read_pack(request: Request, number: int) -> HttpResponse:
    """The whole pack as it stands, for whoever checks it or is asked to look at it."""
    found = _find(request, number)
    parts = read_parts(found.person_id)
    decided = decisions_of(found)
    record_look(request.me, "subject access pack", [found.person_id], at=request.at, why=found.reference)
    sections: dict[str, list[Any]] = {}
    for part in parts:
        sections.setdefault(part.section, []).append((part, decided.get(part.key)))
    return render(request, "subject_access/pack.html", {"asked": found, "sections": sections})


@for_roles(*GOVERNS)
def check(request: Request, number: int) -> HttpResponse:
    """A few parts at a time that may tell of somebody else: left in, or taken out and why."""
    found = _find(request, number)
    if found.closed_at or found.approved_at:
        raise Http404
    parts = read_parts(found.person_id)
    some = unchecked(parts, decisions_of(found))[:AT_ONCE]
    left = len(unchecked(parts, decisions_of(found))) - len(some)
    if request.method == "POST":
        # What was on the page that was sent, whatever is next in line by now.
        sent = {name for name in request.POST if not name.endswith("-because")}
        some = [part for part in parts if part.other and forms.field_name(part) in sent] or some
    else:
        record_look(request.me, "subject access check", [found.person_id], at=request.at, why=found.reference)
    form = forms.CheckForm(request.POST if request.method == "POST" else None, parts=some)
    return answer_form(
        request,
        form,
        lambda note, given: check_parts(note, request=found, decisions=form.decisions(), by=request.me),
        go_to=f"{HERE}/{number}/check" if left else f"{HERE}/{number}",
        saved="Saved.",
        template="subject_access/check.html",
        context={
            "asked": found,
            "some": [(part, form[forms.field_name(part)]) for part in some],
            "left": left,
            "leave_url": f"{HERE}/{number}",
        },
    )


def _short(
    request: Request, number: int, form: OnceForm, act: Callable[[Notes, AccessRequest, Any], Any], **words: str
) -> HttpResponse:
    found = _find(request, number)
    if found.closed_at:
        raise Http404
    return answer_form(
        request,
        form,
        lambda note, given: act(note, found, given),
        go_to=f"{HERE}/{number}",
        saved=words.pop("saved", "Saved."),
        context={"person": None, **words},
    )


@for_roles(*LOOKS)
def approve(request: Request, number: int) -> HttpResponse:
    """The second person's yes to the pack as they saw it."""
    return _short(
        request,
        number,
        forms.ApproveForm(request.POST if request.method == "POST" else None),
        lambda note, found, given: approve_pack(note, request=found, by=request.me),
        title="Approve the pack?",
        about="You say that you looked at it, and that it tells nothing of others that it should not.",
        button="Approve the pack",
        saved="Approved. It can be given out now.",
    )


@for_roles(*GOVERNS)
def longer(request: Request, number: int) -> HttpResponse:
    """Complex: up to two months more."""
    today = today_of(request.at)
    return _short(
        request,
        number,
        forms.LongerForm(request.POST if request.method == "POST" else None, today=today),
        lambda note, found, given: take_longer(
            note, request=found, because=given["because"], told_on=given["told_on"], by=request.me
        ),
        title="This request takes longer",
        about="Up to two months more, when whoever asked was told why within the first month.",
    )


@for_roles(*GOVERNS)
def close(request: Request, number: int) -> HttpResponse:
    """How the request was answered."""
    return _short(
        request,
        number,
        forms.CloseForm(request.POST if request.method == "POST" else None),
        lambda note, found, given: close_request(
            note, request=found, how=given["how"], words=given["words"], by=request.me
        ),
        title="How was the request answered?",
        about="What was given out, to whom and how is kept with the record.",
    )


@for_roles(*LOOKS)
@require_safe
def download(request: Request, number: int, what: str) -> HttpResponse:
    """The approved pack: the PDF to read, or everything as data. Who fetched it is recorded."""
    found = _find(request, number)
    if not found.pack_key:
        raise Http404
    try:
        pack = read_file(found.pack_key)
    except FileNotFoundError as problem:
        raise Http404 from problem
    record_look(request.me, "subject access file", [found.person_id], at=request.at, why=found.reference)
    if what == "pdf":
        return handed(read_pdf(pack), media_type="application/pdf", file_name=f"{found.reference}.pdf")
    return handed(pack, media_type="application/zip", file_name=f"{found.reference}.zip")
