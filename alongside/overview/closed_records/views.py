"""A closed record: that it happened, who was told, when to offer again, and coming back."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.people.closed_records import agree_again, offered_again, say_who_was_told
from alongside.features.people.models import ClosedRecord
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.overview.closed_records.forms import AgreedForm, OfferedForm, ToldForm
from alongside.overview.engine.rulesets import calendar_for, current_ruleset, current_version
from alongside.overview.sharing.overrides_views import answer_override
from alongside.policy.duties import offer_again_on

LIST = "/closed-records"
SHOWN = 200


@for_roles(Role.COORDINATOR)
@require_safe
def closed_records(request: Request) -> HttpResponse:
    """The closed records of the areas for which one is named, the next to be offered again first."""
    found = list(ClosedRecord.objects.filter(reopened_at=None).order_by("offer_again_on", "pk")[:SHOWN])
    record_look(request.me, "closed records", [one.person_id for one in found], at=request.at)
    return render(request, "overview/closed_records.html", {"found": found})


def _found(number: int) -> ClosedRecord:
    """The stub, if the database shows it to whoever asks. 404 otherwise, and once the record is open again."""
    found = ClosedRecord.objects.select_related("closed_by", "icb").filter(pk=number, reopened_at=None).first()
    if found is None:
        raise Http404
    return found


@for_roles(Role.COORDINATOR)
@require_safe
def closed_record(request: Request, number: int) -> HttpResponse:
    found = _found(number)
    record_look(request.me, "closed record", [found.person_id], at=request.at)
    return render(request, "overview/closed_record.html", {"closed": found})


@for_roles(Role.COORDINATOR)
def told(request: Request, number: int) -> HttpResponse:
    found = _found(number)
    form = ToldForm(request.POST if request.method == "POST" else None, initial={"told": found.told})
    return answer_form(
        request,
        form,
        lambda note, given: say_who_was_told(note, closed=found, told=given["told"], by=request.me),
        go_to=f"{LIST}/{number}",
        saved="Saved.",
        context={"title": "Who was told that the record is closed?", "person": None},
    )


@for_roles(Role.COORDINATOR)
@require_safe
def offer(request: Request, number: int) -> HttpResponse:
    """What to ask, in plain questions, and one way on for each answer."""
    found = _found(number)
    record_look(request.me, "closed record", [found.person_id], at=request.at)
    return render(request, "overview/closed_offer.html", {"closed": found})


@for_roles(Role.COORDINATOR)
def override(request: Request, number: int) -> HttpResponse:
    """Somebody has to know, to keep them safe, although the record is closed."""
    found = _found(number)
    if request.method != "POST":
        record_look(request.me, "closed record", [found.person_id], at=request.at)
    return answer_override(request, person_id=found.person_id, icb=found.icb, go_to=f"{LIST}/{number}")


@for_roles(Role.COORDINATOR)
def offered(request: Request, number: int) -> HttpResponse:
    found = _found(number)
    today = request.at.astimezone(LONDON).date()
    calendar = calendar_for(current_version())
    proposed = offer_again_on(current_ruleset(found.icb.code), calendar, today)
    return answer_form(
        request,
        OfferedForm(
            request.POST if request.method == "POST" else None,
            initial={"on": today, "next_on": proposed},
            today=today,
        ),
        lambda note, given: offered_again(note, closed=found, on=given["on"], next_on=given["next_on"], by=request.me),
        go_to=f"{LIST}/{number}",
        saved="Saved. It comes back to you on the day you chose.",
        context={
            "title": "They were asked again and did not agree",
            "person": None,
            "about": "The day proposed for asking once more is a local default. Leave it empty if they asked not to be "
            "asked again.",
        },
    )


@for_roles(Role.COORDINATOR)
def agreed(request: Request, number: int) -> HttpResponse:
    found = _found(number)
    return answer_form(
        request,
        AgreedForm(request.POST if request.method == "POST" else None),
        lambda note, given: agree_again(
            note,
            closed=found,
            basis=given["basis"],
            decided_by=given["decided_by"],
            decided_on=given["decided_on"],
            evidence=given["evidence"],
            by=request.me,
        ),
        go_to=LIST,
        saved="Saved. They are on the register again; decide their rating anew.",
        context={
            "title": "They agree now",
            "person": None,
            "about": "The record opens again to those whose work it is, and they come back to the list they were on.",
            "button": "Open the record again",
        },
    )
