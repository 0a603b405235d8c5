"""What a panel member's link opens: the day and their seat; papers once there is agreement. No account.

Looking at the address uses nothing up: the button opens it, once, and the browser gets a key of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import act_of
from alongside.features.reviews.models import PanelMember, PanelTry, ReviewPaper
from alongside.features.reviews.organising import links, queries
from alongside.features.reviews.organising.calendar_file import calendar_file
from alongside.features.reviews.organising.forms_panel import OpenForm, SeatAnswerForm
from alongside.features.reviews.organising.links import Sitting
from alongside.features.reviews.organising.paper_views import serve_paper
from alongside.features.reviews.organising.seats import answer_seat
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.recording.recording import AlreadyDone, recording
from alongside.policy.review_checks import AGENDA

COOKIE = "panel"


@open_to_all
def by_link(request: Request, token: str) -> HttpResponse:
    """A button that opens the link. Every address that opens nothing gets one and the same page."""
    link = links.find_link(token, request.at)
    if link is None:
        return _gone(request)
    if request.method != "POST":
        return _private(render(request, "organising/link_open.html", {"form": OpenForm()}))
    try:
        with recording(by=_as_member(link.member_id), at=request.at) as note:
            key = links.open_link(note, link)
    except NotNow:
        return _gone(request)
    return _private(_kept(redirect("panel"), key, link.expires_at))


def _kept(answer: HttpResponse, key: str, until: datetime) -> HttpResponse:
    """With the browser's own key, as long as the link stands: a day that moves takes it along."""
    answer.set_cookie(
        COOKIE, key, expires=until, path="/panel", httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


@dataclass(frozen=True, slots=True)
class _AsMember:
    """Somebody without account acts under the engine's number, and by their own name."""

    id: int
    name: str


def _as_member(member_id: int) -> _AsMember:
    with context.as_engine():
        name = PanelMember.objects.values_list("name", flat=True).get(pk=member_id)
        return _AsMember(Actor.objects.values_list("pk", flat=True).get(kind=Actor.Kind.ENGINE), f"{name}, by link")


def _sitting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def shown(request: Request, **named: Any) -> HttpResponse:
        sitting = links.find_sitting(request.COOKIES.get(COOKIE, ""), request.at)
        if sitting is None:
            return _gone(request)
        return _private(_kept(view(request, sitting, **named), sitting.key, sitting.link.expires_at))

    return shown


@open_to_all
@_sitting
def panel(request: Request, sitting: Sitting) -> HttpResponse:
    """When and where, their own answer, and the papers once they are open."""
    form = SeatAnswerForm(
        request.POST if request.method == "POST" else None,
        initial={"answer": sitting.member.answer, "conflict": sitting.member.conflict,
                 "conflict_words": sitting.member.conflict_words},
    )  # fmt: skip
    saved = False
    if form.is_bound and form.is_valid():
        saved = _answer(request, form, sitting)
        if saved:
            return redirect("/panel?saved=yes")
    papers = _papers(sitting)
    told = {
        "form": form,
        "planned": sitting.planned,
        "agenda": AGENDA,
        "member": sitting.member,
        "papers": papers,
        "open": papers is not None,
        "saved": request.GET.get("saved") == "yes",
        "call": find_contact(sitting.planned.recorded_icb_id),
    }
    return render(request, "organising/panel.html", told, status=422 if form.is_bound else 200)


def _papers(sitting: Sitting) -> list[ReviewPaper] | None:
    """The papers; None while the gate is shut. Asked with the browser's own key, so the database decides as well."""
    with context.asking_with(sitting.key):
        return list(queries.papers_of(sitting.planned)) if queries.is_agreed(sitting.planned) else None


def _answer(request: Request, form: SeatAnswerForm, sitting: Sitting) -> bool:
    given = form.cleaned_data
    try:
        with recording(by=_as_member(sitting.member.pk), at=request.at, once=act_of(given["submission"])) as note:
            answer_seat(
                note, member=sitting.member, answer=given["answer"], conflict=given["conflict"],
                conflict_words=given["conflict_words"],
            )  # fmt: skip
    except AlreadyDone:
        return True
    except (Refused, NotNow) as problem:
        form.add_error(None, problem.sentence)
        return False
    return True


@open_to_all
@_sitting
def paper(request: Request, sitting: Sitting, number: int) -> HttpResponse:
    """One paper. What is closed, another review's, or never was, looks the same; each try is counted."""
    papers = _papers(sitting)
    if papers is None:
        links.count_try(sitting.link, PanelTry.Outcome.CLOSED, request.at)
        return _gone(request)
    found = next((one for one in papers if one.pk == number), None)
    if found is None:
        links.count_try(sitting.link, PanelTry.Outcome.OTHER, request.at)
        return _gone(request)
    with recording(by=_as_member(sitting.member.pk), at=request.at) as note:
        note.of("review_paper.opened", sitting.member, words=f"{sitting.member.name} opened a paper by their link.")
    try:
        return serve_paper(found)
    except Http404:
        return _gone(request)


@open_to_all
@_sitting
def calendar(request: Request, sitting: Sitting) -> HttpResponse:
    """The day as a calendar file, without a name."""
    return calendar_file(sitting.planned, request.at) if sitting.planned.starts_at else _gone(request)


def _gone(request: Request) -> HttpResponse:
    return _private(render(request, "organising/link_gone.html", status=404))


def _private(answer: HttpResponse) -> HttpResponse:
    """Kept by no browser, and the link is told to no other site."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
