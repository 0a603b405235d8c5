"""What was answered so far, and stopping something that was agreed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.features.people import text as people_text
from alongside.features.people.agreement import text
from alongside.features.people.agreement.closed import or_closed
from alongside.features.people.agreement.ledger import list_answers
from alongside.features.people.agreement.operations import keep_pages
from alongside.features.people.agreement.standing import what_stands
from alongside.features.people.agreement.stop_form import StopForm
from alongside.features.people.agreement.views import Asking, asking_of
from alongside.features.people.views import CHANGES, writable
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic

TYPED = ("basis", "decided_by", "decided_on-day", "decided_on-month", "decided_on-year", "evidence")


@for_roles(*CHANGES)
@or_closed
def answers(request: Request, reference: str) -> HttpResponse:
    """Every answer, the newest first, and which of them count."""
    reach = writable(request, reference)
    if not reach.sees((Topic.AGREEMENT,)):
        raise PermissionDenied(people_text.MAY_NOT)
    entries = list_answers(request.me, reach.person)
    record_look(request.me, "what was agreed", [reach.person.pk], at=request.at)
    context = {
        "person": reach.person,
        "now": [entry for entry in entries if entry.counts],
        "before": [entry for entry in entries if not entry.counts],
        "page_url": f"/people/{reach.person.reference}",
    }
    return render(request, "people/agreement_all.html", context)


@for_roles(*CHANGES)
@or_closed
def stop(request: Request, reference: str) -> HttpResponse:
    """Somebody changed their mind. What stops is read back before it is saved, and counts from that moment."""
    asking = asking_of(request, reference)
    things = what_stands(asking.known, asking.recipients, request.at)
    data = request.POST if request.method == "POST" else None
    form = StopForm(data, known=asking.known, today=asking.today, things=things)
    if form.is_bound and form.is_valid():
        keep_pages(_pages(asking, form), person=asking.person, actor_id=request.me.id, at=request.at)
        return redirect(reverse("agreement_read-back", args=[asking.person.reference]))
    if not form.is_bound:
        if not things:
            messages.info(request, "Nothing is agreed that could stop.")
            return redirect(reverse("agreement_all", args=[asking.person.reference]))
        record_look(request.me, "stopping an agreement", [asking.person.pk], at=request.at)
    context = {"person": asking.person, "known": asking.known, "form": form}
    return render(request, "people/agreement_stop.html", context, status=422 if form.is_bound else 200)


def _pages(asking: Asking, form: StopForm) -> dict[str, dict[str, list[str]]]:
    """The same as three pages of an asking: no to what stops, and nothing asked about anything else."""
    given: dict[str, Any] = form.cleaned_data
    stops = set(given["what"])
    sent = asking.request.POST

    def answers(names: list[str]) -> dict[str, list[str]]:
        return {name: [text.NO if name in stops else text.LATER] for name in names}

    who = {name: sent.getlist(name) for name in TYPED}
    again = {name: sent.getlist(name) for name in sent if name.startswith("ask_again_on-")}
    told = {"told": [given["told"]]}
    return {
        "who": who,
        "may": answers(["register", "keyworking"]) | told | again,
        "known": answers([each.key for each in asking.recipients]) | told,
    }
