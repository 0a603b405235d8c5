"""Opening a record in an emergency, and looking at such openings afterwards."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from alongside.features.people.changing import act_of, answer_form, perform
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.nhsuk.forms.base import new_token
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.guarded import queries, text
from alongside.overview.guarded.emergencies import closes_at, end_opening, may_review, open_in_emergency, review_opening
from alongside.overview.guarded.forms import BreakGlassForm, FinishedForm, ReviewForm
from alongside.overview.guarded.models import Opening

OPENS = (Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.PARTNER_HEALTH, Role.PARTNER_SOCIAL_CARE)
LOOKS_AT = (Role.MANAGER, Role.GOVERNANCE)


@for_roles(*OPENS)
def break_glass(request: Request) -> HttpResponse:
    """Opens a record that is out of reach, for hours. Whatever opens nothing gets one and the same answer."""
    today = request.at.astimezone(LONDON).date()
    home = request.me.home_area
    until = closes_at(home.area_code if home else "", request.at)
    form = BreakGlassForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():

        def act(note: Notes, given: Any) -> None:
            open_in_emergency(
                note, asked=form.asked(), reason=given["reason"], words=given["words"], by=request.me, until=until
            )

        outcome = perform(request, form, act)
        if outcome in ("done", "already"):
            opened = queries.find_own(request.me, act_of(form.cleaned_data["submission"]))
            if opened:
                messages.success(request, text.OPENED)
                return redirect(f"/people/{opened.reference}")
            form = BreakGlassForm({**request.POST.dict(), "submission": new_token()}, today=today)
            form.is_valid()
            form.add_error(None, text.NOT_OPENED)
    status = 422 if form.is_bound else 200
    return render(request, "guarded/break_glass.html", {"form": form, "until": until, "today": today}, status=status)


@for_roles(*OPENS)
def finished(request: Request, number: int) -> HttpResponse:
    """'I am finished': ends one's own opening before its time."""
    opening = queries.find_opening(number)
    if opening is None or opening.actor_id != request.me.id or opening.outcome != Opening.Outcome.OPENED:
        raise Http404
    return answer_form(
        request,
        FinishedForm(request.POST if request.method == "POST" else None),
        lambda note, given: end_opening(note, opening=opening),
        go_to="/",
        saved=text.FINISHED,
        context={
            "title": f"Finished with {opening.reference}?",
            "person": None,
            "about": "The record closes to you now. To open it again you say why once more.",
            "button": "Close the record",
        },
    )


@for_roles(*LOOKS_AT)
@require_safe
def openings(request: Request) -> HttpResponse:
    """Openings in an emergency of the area, the newest first. Nobody's name stands here, only the reference."""
    before = request.GET.get("before", "")
    found, older = queries.list_openings(request.me, int(before) if before.isdecimal() and len(before) < 18 else 0)
    people = sorted({one.person_id for one in found if one.person_id})
    record_look(request.me, "openings", people, at=request.at)
    context = {"openings": found, "now": request.at, "older_url": "?" + urlencode({"before": older}) if older else ""}
    return render(request, "guarded/openings.html", context)


@for_roles(*LOOKS_AT)
def review(request: Request, number: int) -> HttpResponse:
    """One opening: who, why, what they looked at; and what somebody found who looks at it."""
    opening = queries.find_opening(number)
    if opening is None or opening.outcome != Opening.Outcome.OPENED or not may_review(request.me, opening.icb_id):
        raise Http404
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        record_look(request.me, "opening", [opening.person_id or 0], at=request.at)

    def act(note: Notes, given: Any) -> None:
        review_opening(
            note,
            opening=opening,
            justified=given["justified"] == "yes",
            finding=given["finding"],
            told=form.told_or_not,
            told_words=form.words,
            by=request.me,
        )

    context = {
        "opening": opening,
        "looks": [(moment(at), page) for at, page in queries.list_looks(opening)],
        "own": opening.actor_id == request.me.id,
        "open_review": opening.reviewed_at is None or opening.told == Opening.Told.LATER,
        "now": request.at,
    }
    return answer_form(
        request,
        form,
        act,
        go_to="/break-glass/openings",
        saved=text.REVIEWED,
        template="guarded/review.html",
        context=context,
    )
