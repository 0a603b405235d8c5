"""What keeps records, what may go, holds, and the log of what is gone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.foundation.access.me import RoleNow
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.audit.queries import find_person_id
from alongside.overview.colleagues import answer_finding, list_colleagues
from alongside.overview.guarded.text import NOT_OURS
from alongside.overview.retention import queries
from alongside.overview.retention.forms import DecideForm, HoldForm, LetGoForm, LiftHoldForm, ProposeForm
from alongside.overview.retention.imports import KIND, list_imports
from alongside.overview.retention.models import Hold, Proposal
from alongside.overview.retention.operations import MOST_AT_ONCE, decide, hold, let_go, lift_hold, propose

HERE = "/retention"
GOVERNS = (Role.GOVERNANCE,)
DECIDES = (Role.GOVERNANCE, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER, Role.SENIOR_OFFICER)


def _area(request: Request) -> RoleNow:
    return next(held for held in request.me.roles if held.role == Role.GOVERNANCE)


@for_roles(*GOVERNS)
@require_safe
def retention(request: Request) -> HttpResponse:
    """A dry run: which records may go and why, and what keeps the others. Nothing is changed by looking."""
    area, today = _area(request), request.at.astimezone(LONDON).date()
    records = queries.list_records(area.area, area.area_code)
    runs = list_imports(area.area, area.area_code)
    may_go = [record for record in (*records, *runs) if record.may_go(today)][:MOST_AT_ONCE]
    people = [record.number for record in may_go if record.kind != KIND]
    record_look(request.me, "retention", people, at=request.at)
    before = _number(request.GET.get("before", ""))
    proposals = queries.list_proposals(before)
    older = proposals[queries.PAGE - 1].pk if len(proposals) > queries.PAGE else 0
    context = {
        "records": may_go,
        "looked_at": len(records),
        "kept": list(queries.summed([*records, *runs], today)),
        "holds": queries.list_holds(),
        "proposals": proposals[: queries.PAGE],
        "older_url": "?" + urlencode({"before": older}) if older else "",
    }
    return render(request, "retention/retention.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0


@for_roles(*GOVERNS)
def new_proposal(request: Request) -> HttpResponse:
    """Proposes what may go now, for somebody else to say yes to."""
    area, today = _area(request), request.at.astimezone(LONDON).date()
    known = (*queries.list_records(area.area, area.area_code), *list_imports(area.area, area.area_code))
    may_go = [record for record in known if record.may_go(today)][:MOST_AT_ONCE]
    if not may_go:
        status = 422 if request.method == "POST" else 200
        return render(request, "retention/nothing_to_propose.html", {"back_url": HERE}, status=status)
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        colleagues=list_colleagues(area.area, today, DECIDES, but=request.me.id),
    )
    numbers = [record.number for record in may_go if record.kind != KIND]
    runs = [record.number for record in may_go if record.kind == KIND]

    def act(note: Notes, given: Any) -> None:
        propose(
            note,
            icb_id=area.area,
            icb_code=area.area_code,
            numbers=numbers,
            runs=runs,
            second_id=int(given["second"]),
            today=today,
            by=request.me,
        )

    many = "1 record" if len(may_go) == 1 else f"{len(may_go):,} records"
    return answer_finding(
        request,
        form,
        act,
        go_to=HERE,
        saved="Proposed. Nothing goes until they have said yes.",
        context={
            "title": f"Propose to dispose of {many}",
            "person": None,
            "about": "Somebody else says yes or no. Until then, and without a yes, nothing goes.",
            "button": "Propose",
        },
    )


def _proposal(number: int) -> Proposal:
    found = queries.find_proposal(number)
    if found is None:
        raise Http404
    return found


@for_roles(*DECIDES)
def proposal(request: Request, number: int) -> HttpResponse:
    """One proposal: which records, by which rule, who said yes, and what came of each: the log of the disposal."""
    found = _proposal(number)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        record_look(
            request.me, "disposal", [one.number for one in found.records.all() if one.kind != KIND], at=request.at
        )

    def act(note: Notes, given: Any) -> None:
        decide(note, proposal=found, approved=given["approved"] == "yes", because=given["because"], by=request.me)

    context = {
        "proposal": found,
        "records": list(found.records.all()),
        "asked": found.second_id == request.me.id and found.decided_at is None,
        "may_let_go": bool(found.approved) and not found.done_at and request.me.holds_in(found.icb_id, *GOVERNS),
    }
    return answer_form(
        request,
        form,
        act,
        go_to=f"{HERE}/{number}",
        saved="Saved.",
        template="retention/proposal.html",
        context=context,
    )


@for_roles(*GOVERNS)
def let_them_go(request: Request, number: int) -> HttpResponse:
    """Disposes of what was approved. Each record is looked at once more; what something keeps now stays."""
    found = _proposal(number)
    if not found.approved or found.done_at:
        raise Http404
    form = LetGoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            gone, kept = let_go(found, by=request.me, at=request.at)
        except NotNow as problem:
            form.add_error(None, problem.sentence)
        else:
            messages.success(request, f"{gone} records are gone, {kept} are kept after all.")
            return redirect(f"{HERE}/{number}")
    context = {
        "form": form,
        "person": None,
        "title": "Dispose of these records?",
        "about": "They can't be brought back. What stays is this log, and the digests of the audit.",
        "button": "Dispose of them",
        "back_url": f"{HERE}/{number}",
    }
    return render(request, "people/form.html", context, status=422 if form.is_bound else 200)


@for_roles(*GOVERNS)
def new_hold(request: Request) -> HttpResponse:
    """A record is kept whatever the rules say."""
    area = _area(request)

    def act(note: Notes, given: Any) -> None:
        reference = given["reference"].strip().upper()
        person_id = find_person_id(reference)
        if person_id is None:
            raise NotNow("not_ours", NOT_OURS)
        hold(
            note,
            person_id=person_id,
            icb_id=area.area,
            reference=reference,
            because=given["because"],
            by=request.me,
        )

    return answer_form(
        request,
        HoldForm(request.POST if request.method == "POST" else None),
        act,
        go_to=HERE,
        saved="Saved. The record is kept until you lift the hold.",
        context={
            "title": "Hold a record",
            "person": None,
            "about": "A record on hold is never disposed of, whatever the rules say.",
            "button": "Hold the record",
        },
    )


@for_roles(*GOVERNS)
def lift_one(request: Request, number: int) -> HttpResponse:
    """From here on the rules decide again."""
    found = Hold.objects.filter(pk=number, lifted_at=None).first()
    if found is None:
        raise Http404
    return answer_form(
        request,
        LiftHoldForm(request.POST if request.method == "POST" else None),
        lambda note, given: lift_hold(note, hold=found, because=given["because"], by=request.me),
        go_to=HERE,
        saved="Lifted. The rules decide again.",
        context={"title": f"Lift the hold of {found.reference}", "person": None, "button": "Lift the hold"},
    )
