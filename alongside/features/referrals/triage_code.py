"""Somebody lost their code: the register team checks who calls, and gives another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.features.people.changing import ALREADY, perform
from alongside.features.referrals.access import TRIAGES
from alongside.features.referrals.operations import renew_code
from alongside.features.referrals.triage_forms import SeenForm
from alongside.features.referrals.triage_views import reach
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON

SENT = "A new code is on its way, in the way they chose. The old one opens nothing."


@for_roles(*TRIAGES)
def new_code(request: Request, referral_id: int) -> HttpResponse:
    """Sent where they chose to be answered; else shown once, here, for a person to tell."""
    referral = reach(request, referral_id)
    given = request.POST if request.method == "POST" else None
    today = request.at.astimezone(LONDON).date()
    form = SeenForm(given, initial={"version": referral.version}, today=today)
    told = []
    if form.is_bound and form.is_valid():
        outcome = perform(
            request,
            form,
            lambda note, said: told.append(
                renew_code(note, referral=referral, by=request.me, seen=said["version"]),
            ),
        )
        if outcome == "already" or told == [""]:
            messages.success(request, ALREADY if outcome == "already" else SENT)
            return redirect("referral", referral_id=referral.pk)
    code = f"{told[0][:4]}-{told[0][4:]}" if told else ""
    context = {"referral": referral, "form": form, "code": code}
    status = 422 if form.is_bound and not code else 200
    response = render(request, "referrals/triage_code.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
