"""The crisis card: one screen at night, on paper, and locked in a file for where there is no signal."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import act_of
from alongside.features.plans import queries, showing, text
from alongside.features.plans.access import OPENS_CARD, WRITES
from alongside.features.plans.cards import as_pdf_of, card_text, locked, note_taken
from alongside.features.plans.forms import OfflineForm
from alongside.features.plans.views import name_of, reach_plan, writes_plans
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import AlreadyDone, recording


def _pdf(content: bytes, name: str, *, attached: bool = False) -> HttpResponse:
    shown = "attachment" if attached else "inline"
    headers = {"Content-Disposition": f'{shown}; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@for_roles(*OPENS_CARD)
@require_safe
def card(request: Request, reference: str) -> HttpResponse:
    """What whoever stands beside them needs first. Also through an emergency opening."""
    reach = reach_plan(request, reference)
    today = request.at.astimezone(LONDON).date()
    found = queries.card_of(request.me, reach.person, today)
    record_look(request.me, "crisis card", [reach.person.pk], at=request.at)
    faces = {row.kind: row.face for row in found.parts}
    parts = {one["key"]: one for one in showing.shown_parts(faces, "plain", own=False, name=name_of(reach.person))}
    talk = dict(found.talk)
    context = {
        "person": reach.person,
        "page_url": f"/people/{reach.person.reference}",
        "name": name_of(reach.person),
        "card": found,
        "crisis": parts.get("crisis"),
        "helps": _begun(parts.get("helps")),
        "signs": _begun(parts.get("early_signs")),
        "said_helps": talk.pop(queries.HELPS, ""),
        "worse": talk.pop(queries.WORSE, ""),
        "talk": talk.items(),
        "writes": writes_plans(request, reach),
    }
    return render(request, "plans/card.html", context)


def _begun(part: dict[str, Any] | None) -> dict[str, Any] | None:
    """With its first lines, and what is folded below them."""
    if part is None:
        return None
    first, others = showing.first_lines(part["text"])
    return part | {"open": first, "folded": others}


@for_roles(*OPENS_CARD)
@require_safe
def card_pdf(request: Request, reference: str) -> HttpResponse:
    """The same on one sheet."""
    reach = reach_plan(request, reference)
    today = request.at.astimezone(LONDON).date()
    found = queries.card_of(request.me, reach.person, today)
    record_look(request.me, "crisis card on paper", [reach.person.pk], at=request.at)
    return _pdf(as_pdf_of([card_text(found)], on=today, sender=reach.person.icb.name), "crisis-card.pdf")


@for_roles(*WRITES)
def offline(request: Request) -> HttpResponse:
    """The cards of one's own people in one file that only the passphrase opens. Each taking is recorded."""
    today = request.at.astimezone(LONDON).date()
    people = queries.my_caseload(request.me, today)
    form = OfflineForm(request.POST if request.method == "POST" else None)
    record_look(request.me, "crisis cards to take", [person.pk for person in people], at=request.at)
    if request.method == "POST" and people and form.is_valid():
        cards = queries.cards_of(request.me, people, today)
        home = request.me.home_area
        pdf = as_pdf_of([card_text(one) for one in cards], on=today, sender=home.area_name if home else "")
        # Sent twice it is one taking, and the same file again.
        with (
            suppress(AlreadyDone),
            recording(by=request.me, at=request.at, once=act_of(form.cleaned_data["submission"])) as note,
        ):
            note_taken(note, people)
        return _pdf(locked(pdf, form.cleaned_data["passphrase"]), text.OFFLINE, attached=True)
    status = 422 if form.is_bound else 200
    return render(request, "plans/offline.html", {"form": form, "people": people}, status=status)
