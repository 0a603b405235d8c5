"""Accepting a referral: who they are, whether they are here already, and what they agreed to."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.keyworking.before import said_of_keyworkers
from alongside.features.people.changing import ALREADY, perform
from alongside.features.people.checks import what_is_missing
from alongside.features.people.models import Person
from alongside.features.people.text import ALIKE
from alongside.features.referrals import text
from alongside.features.referrals.access import TRIAGES
from alongside.features.referrals.models import Reason, Referral
from alongside.features.referrals.operations import accept as accept_referral
from alongside.features.referrals.operations import accept_again, standing_entry
from alongside.features.referrals.triage_forms import AcceptAgainForm, AcceptForm
from alongside.features.referrals.triage_queries import find_person
from alongside.features.referrals.triage_showing import said_in
from alongside.features.referrals.triage_views import alike_to, reach
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

_WHO = ("given_name", "family_name", "preferred_name", "birth_date", "nhs_number")


@for_roles(*TRIAGES)
def accept(request: Request, referral_id: int) -> HttpResponse:
    """The form starts with what the referral says. Somebody alike is shown before anybody is added."""
    referral = reach(request, referral_id)
    person = _matched(request)
    if person and "other" not in request.GET and (entry := standing_entry(person)):
        return _again(request, referral, person, entry)
    today = request.at.astimezone(LONDON).date()
    given = request.POST if request.method == "POST" else None
    form = AcceptForm(given, initial=_initial(referral, person), today=today)
    if person:
        for name in (*_WHO, "different"):
            form.fields.pop(name)
    alike: list[Any] = [] if person else alike_to(request, referral)
    if not alike:
        form.fields.pop("different", None)
    if form.is_bound and form.is_valid():
        if alike and not form.cleaned_data["different"]:
            form.add_error("different", ALIKE)
        else:
            made: list[RegisterEntry] = []
            outcome = perform(
                request, form, lambda note, said: made.append(_accept(note, request, referral, person, said))
            )
            if outcome in ("done", "already"):
                messages.success(request, text.SAVED["accepted"] if outcome == "done" else ALREADY)
                if made and (missing := what_is_missing(made[0].person)):
                    messages.info(request, missing)
                return redirect("referral", referral_id=referral.pk)
    agreed = dict(said_in(referral)).get("Agreement", [])
    context = {"referral": referral, "form": form, "alike": alike, "matched": person, "agreed": agreed}
    return render(request, "referrals/triage_accept.html", context, status=422 if form.is_bound else 200)


def _again(request: Request, referral: Referral, person: Person, entry: RegisterEntry) -> HttpResponse:
    """They are on the register already: what was told becomes work, and whoever asked is told yes."""
    given = request.POST if request.method == "POST" else None
    form = AcceptAgainForm(given, initial={"version": referral.version, "person": person.reference})
    if form.is_bound and form.is_valid():
        outcome = perform(
            request,
            form,
            lambda note, said: accept_again(
                note, referral=referral, by=request.me, person=person, entry=entry, seen=said["version"]
            ),
        )
        if outcome in ("done", "already"):
            messages.success(request, text.SAVED["accepted_again"] if outcome == "done" else ALREADY)
            return redirect("referral", referral_id=referral.pk)
    worked = said_of_keyworkers([person.pk]).get(person.pk, "")
    context = {"referral": referral, "form": form, "person": person, "entry": entry, "worked": worked}
    return render(request, "referrals/triage_accept_again.html", context, status=422 if form.is_bound else 200)


def _matched(request: Request) -> Person | None:
    """Somebody who is here already, chosen on the page before. 404 for somebody out of reach."""
    reference = request.POST.get("person", "") or request.GET.get("person", "")
    if not reference:
        return None
    person = find_person(request.me, reference[:14])
    if person is None:
        raise Http404
    record_look(request.me, "accepting a referral", [person.pk], at=request.at)
    return person


def _initial(referral: Referral, person: Person | None) -> dict[str, Any]:
    given = referral.agreement == "given"
    return {
        "version": referral.version,
        "person": person.reference if person else "",
        **{name: getattr(referral, name) for name in _WHO},
        "answer": "given" if given else "",
        "basis": referral.agreement_basis if given and referral.agreement_basis != "not_stated" else "",
        "decided_by": referral.agreed_by,
        "decided_on": referral.agreed_on,
        "reason": _reason(referral),
    }


def _reason(referral: Referral) -> str:
    return "; ".join(str(Reason(reason).label) for reason in referral.reasons if reason in Reason.values)[:500]


def _accept(
    note: Notes, request: Request, referral: Referral, person: Person | None, said: Mapping[str, Any]
) -> RegisterEntry:
    return accept_referral(
        note,
        referral=referral,
        by=request.me,
        who={} if person else {name: said[name] for name in _WHO},
        person=person,
        agreement={name: said[name] for name in ("answer", "basis", "decided_by", "decided_on")},
        reason=said["reason"],
        listing=said["listing"],
        seen=said["version"],
    )
