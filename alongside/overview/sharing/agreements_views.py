"""Agreements between the ICB and those it shares with: what stands, what ends soon, what ends with one.

The register team writes them down and ends them; information governance reads them and the signed paper.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.operations import end_agreement, sign_agreement
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.documents.serving import serve
from alongside.foundation.nhsuk.filters import day, plural
from alongside.foundation.organisations.models import Organisation, SharingAgreement
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.sharing import queries, text
from alongside.overview.sharing.forms import AgreementWithForm, EndAgreementForm

KEEPS = queries.KEEPS
READS = queries.READS
LIST = "/sharing-agreements"


@for_roles(*READS)
@require_safe
def agreements(request: Request) -> HttpResponse:
    """What stands and what has ended, the next to end first."""
    today = request.at.astimezone(LONDON).date()
    found = queries.agreements_in(queries.areas_of(request.me, READS))
    shown: list[dict[str, Any]] = [{"agreement": one, "party": text.party_of(one)} for one in found]
    stand = [one for one in shown if one["agreement"].ends_on is None or one["agreement"].ends_on >= today]
    ended = [one for one in shown if one not in stand]
    me = request.me
    context = {"stand": stand, "ended": ended, "keeps": me.holds(*KEEPS), "keeps_closed": me.holds(Role.COORDINATOR)}
    return render(request, "sharing/agreements.html", context)


def _found(request: Request, number: int, roles: tuple[Role, ...] = KEEPS) -> SharingAgreement:
    found = queries.find_agreement(request.me, number, roles)
    if found is None:
        raise Http404
    return found


@for_roles(*READS)
@require_safe
def agreement(request: Request, number: int) -> HttpResponse:
    """One agreement, and for those who keep it what it opens: governance knows of nobody who is seen."""
    found = _found(request, number, READS)
    today = request.at.astimezone(LONDON).date()
    stands = found.ends_on is None or found.ends_on >= today
    keeps = request.me.holds_in(found.icb_id, *KEEPS)
    endings = queries.what_ends_with(found, request.at) if stands and keeps else []
    context = {
        "agreement": found,
        "party": text.party_of(found),
        "seen": [f"{one.name} sees {plural(one.people, 'person', 'people')}" for one in endings],
        "changes": stands and keeps,
    }
    return render(request, "sharing/agreement.html", context)


@for_roles(*KEEPS)
def new_agreement(request: Request) -> HttpResponse:
    """Writes down an agreement that was signed; `instead` proposes the same again for one that ends."""
    today = request.at.astimezone(LONDON).date()
    home = request.me.home_area
    area = Organisation.objects.filter(pk=home.area if home else 0, kind="icb").first()
    if area is None:
        raise Http404
    form = AgreementWithForm(
        request.POST or None,
        request.FILES or None,
        initial=_begin(request),
        today=today,
        parties=queries.parties(),
        owner=request.me.id,
    )

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        party = given["party"]
        with_one = Organisation.objects.filter(pk=int(party)).first() if party.isdecimal() else None
        sign_agreement(
            note,
            icb=area,
            organisation=with_one,
            recipient_kind="" if with_one else party,
            purpose=given["purpose"],
            signed_on=given["signed_on"],
            signed_by=given["signed_by"],
            ends_on=given["ends_on"],
            paper=given["paper"],
            by=request.me,
        )

    return answer_form(
        request,
        form,
        act,
        go_to=LIST,
        saved=text.SIGNED,
        template="sharing/agreement_form.html",
        context={"area": area},
    )


def _begin(request: Request) -> dict[str, Any]:
    instead = request.GET.get("instead", "")
    right = instead.isdecimal() and len(instead) < 18
    before = queries.find_agreement(request.me, int(instead), KEEPS) if right else None
    if before is None:
        return {}
    party = str(before.organisation_id) if before.organisation_id else before.recipient_kind
    return {"party": party, "purpose": before.purpose}


@for_roles(*KEEPS)
def end_one(request: Request, number: int) -> HttpResponse:
    """The last day of an agreement. First it says what ends with it."""
    found = _found(request, number)
    today = request.at.astimezone(LONDON).date()
    endings = queries.what_ends_with(found, request.at)
    form = EndAgreementForm(
        request.POST if request.method == "POST" else None,
        initial={"on": found.ends_on or today},
        today=today,
        signed_on=found.signed_on,
    )

    def act(note: Notes, given: Mapping[str, Any]) -> None:
        # Whoever decides at the same time waits, and is told.
        fresh = SharingAgreement.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if fresh.ended_at and fresh.ended_at != found.ended_at:
            raise NotNow("ended", f"Somebody else has just chosen {day(fresh.ends_on)} as its last day.")
        end_agreement(note, agreement=fresh, on=given["on"])

    return answer_form(
        request,
        form,
        act,
        go_to=LIST,
        saved=text.ENDED_AGREEMENT,
        template="sharing/end_agreement.html",
        context={
            "agreement": found,
            "party": text.party_of(found),
            "endings": [text.sees_no_more(one.people, one.name) for one in endings],
        },
    )


@for_roles(*READS)
@require_safe
def paper(request: Request, number: int) -> HttpResponse:
    """The file of what was signed. It is about no person."""
    found = _found(request, number, READS)
    record_look(request.me, "agreement paper", [], at=request.at)
    try:
        return serve(key=found.document_key, media_type=found.document_type, file_name=found.document_name)
    except FileNotFoundError as gone:
        raise Http404 from gone
