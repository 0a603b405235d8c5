"""The outbox: what went out, what could not be delivered, and what to do about it."""

import json
from typing import Any

from django.contrib import messages as said
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.messages import queries
from alongside.foundation.messages.forms import OtherWayForm
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.operations import send_again
from alongside.foundation.messages.providers import outbox_folder
from alongside.foundation.messages.views import ALREADY, LOOKS_AFTER, PRINTS, before, once
from alongside.foundation.messages.ways import LETTER, ONCE_ONLY, NotNeutral, rendered
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import AlreadyDone, recording

LISTS = (
    ("trouble", "Not delivered"),
    ("waiting", "Waiting"),
    ("paper", "Letters to print or post"),
    ("sent", "Sent"),
    ("", "Everything"),
)


def _delivery(reference: str) -> Delivery:
    delivery = queries.find_delivery(reference)
    if delivery is None:
        raise Http404
    return delivery


def _look(request: Request, *deliveries: Delivery) -> None:
    people = sorted({delivery.person_id for delivery in deliveries if delivery.person_id})
    if people:
        record_look(request.me, "outbox", people, at=request.at)


@for_roles(*LOOKS_AFTER)
def outbox(request: Request) -> HttpResponse:
    """What could not be delivered comes first."""
    wanted = request.GET.get("list", "trouble")
    shown = wanted if wanted in dict(LISTS) else "trouble"
    rows = queries.list_deliveries(shown, before(request))
    page, more = rows[: queries.PAGE], len(rows) > queries.PAGE
    _look(request, *page)
    told = {"deliveries": page, "lists": LISTS, "shown": shown, "next_before": page[-1].pk if more else None}
    return render(request, "inbox/outbox.html", told)


@for_roles(*LOOKS_AFTER)
def by_number(request: Request, pk: int) -> HttpResponse:
    """From what is due to the delivery it is about."""
    found = queries.deliveries().filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.state in queries.ON_PAPER and request.me.holds(*PRINTS):
        return redirect(f"/letters?list={found.state}")
    return redirect("delivery", reference=reference_of(found))


@for_roles(*LOOKS_AFTER)
def delivery(request: Request, reference: str) -> HttpResponse:
    """One delivery; in a demonstration also what would have been sent."""
    shown = _delivery(reference)
    form = OtherWayForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _again(request, shown, form)):
        return answer
    _look(request, shown)
    told: dict[str, Any] = {"delivery": shown, "form": form, "text": _text(request, shown)}
    told["can_send_again"] = (
        shown.state == Delivery.State.GIVEN_UP and shown.notice not in ONCE_ONLY and not hasattr(shown, "replaced_by")
    )
    return render(request, "inbox/delivery.html", told, status=422 if form.is_bound else 200)


def _again(request: Request, shown: Delivery, form: OtherWayForm) -> HttpResponse | None:
    try:
        with recording(by=request.me, at=request.at, once=once(form)) as note:
            fresh = send_again(note, delivery=shown, way=form.way(shown.notice, shown.filling))
    except AlreadyDone:
        said.success(request, ALREADY)
        return redirect("delivery", reference=reference_of(shown))
    except (NotNow, NotNeutral) as problem:
        form.add_error(None, str(problem))
        return None
    said.success(request, "It is on its way again.")
    return redirect("delivery", reference=reference_of(fresh))


def reference_of(shown: Delivery) -> str:
    return str(shown.reference)


def _text(request: Request, shown: Delivery) -> dict[str, str]:
    """The text that went out. Codes and links of real installations are gone once they are sent."""
    if request.me.demonstration:
        try:
            kept: dict[str, str] = json.loads((outbox_folder() / f"{shown.reference}.json").read_text())
            return kept
        except FileNotFoundError:
            pass
    if shown.channel == LETTER:
        return {}
    text = rendered(shown.notice, shown.filling | ({"code": "000000"} if shown.notice == "code" else {}))
    return {"subject": text.subject, "body": text.body.replace("000000", "(the code)")}
