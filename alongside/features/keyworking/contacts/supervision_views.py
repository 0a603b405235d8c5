"""Supervision: a manager's team with the day of each next one; a keyworker's own. Read by the two only."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.features.keyworking.access import area_of
from alongside.features.keyworking.caseloads import caseload_rules_of, list_team
from alongside.features.keyworking.contacts import text
from alongside.features.keyworking.contacts.forms import SupervisionForm
from alongside.features.keyworking.contacts.queries import list_people_of
from alongside.features.keyworking.contacts.supervision import list_supervised, next_one, record_supervision
from alongside.features.keyworking.models import Supervision
from alongside.features.people.changing import answer_form
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes

TWO = (Role.MANAGER, Role.KEYWORKER)
LATEST = 20


@for_roles(*TWO)
def supervision(request: Request) -> HttpResponse:
    """Whom one supervises, with the next day of each; and one's own supervisions."""
    me, today = request.me, request.at.astimezone(LONDON).date()
    team: list[Any] = []
    if me.holds(Role.MANAGER):
        icb = area_of(me, Role.MANAGER)
        members = [one.actor for one in list_team(icb, today, caseload_rules_of(icb))]
        team = list_supervised(me.id, icb, members)
    mine = Supervision.objects.filter(worker_id=me.id).select_related("manager").order_by("-held_on", "-id")
    context = {"team": team, "mine": list(mine[:LATEST]), "today": today}
    return render(request, "contacts/supervision.html", context)


@for_roles(Role.MANAGER)
def hold(request: Request, actor: int) -> HttpResponse:
    """Writes down a supervision, beside what was agreed in the ones before."""
    me, today = request.me, request.at.astimezone(LONDON).date()
    icb = area_of(me, Role.MANAGER)
    worker = next((one.actor for one in list_team(icb, today, caseload_rules_of(icb)) if one.actor.pk == actor), None)
    if worker is None:
        raise Http404
    if worker.pk == me.id:
        raise PermissionDenied("Nobody supervises themselves.")
    people = list_people_of(me, worker.pk, today)
    proposed = next_one(icb.code, today)
    form = SupervisionForm(
        request.POST if request.method == "POST" else None,
        initial={"held_on": today, "next_on": proposed.value},
        today=today,
        people=[(str(one.person_id), f"{one.given_name} {one.family_name}") for one in people],
        because=proposed.because,
    )

    def act(note: Notes, given: Any) -> None:
        record_supervision(
            note,
            icb=icb,
            worker=worker,
            people=[int(number) for number in given["people"]],
            wellbeing_asked=given["wellbeing_asked"] == "yes",
            **{name: given[name] for name in ("held_on", "agreed", "wellbeing", "next_on")},
        )

    record_look(me, "supervision", [one.person_id for one in people], at=request.at)
    before = Supervision.objects.filter(worker=worker, manager_id=me.id).order_by("-held_on", "-id")
    return answer_form(
        request,
        form,
        act,
        go_to="/supervision",
        saved=text.SUPERVISION_SAVED,
        template="contacts/hold.html",
        context={"worker": worker, "before": list(before[:3])},
    )


@for_roles(Role.MANAGER)
def after(request: Request, number: int) -> HttpResponse:
    """From a duty to the form of the next one; where somebody else held the last one, to the team."""
    found = Supervision.objects.filter(pk=number, manager_id=request.me.id).first()
    return redirect("hold_supervision", actor=found.worker_id) if found else redirect("supervision")
