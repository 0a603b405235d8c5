"""Giving days to the backlog of a first import, many at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.access.roles import Role
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day, plural
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import AlreadyDone, recording
from alongside.overview import text
from alongside.overview.duties_backlog import count_by_kind, list_backlog, list_to_plan
from alongside.overview.engine.rulesets import calendar_for, current_version, ruleset_for
from alongside.overview.forms import PlanForm, once_of
from alongside.overview.my_day import MINE, Inbox
from alongside.overview.my_day_views import find_inbox
from alongside.overview.operations import plan_duties
from alongside.policy.duties import latest_backlog_day
from alongside.policy.rules import NATIONAL

#: As many as one page plans at once.
PAGE = 50
TITLES = {rule.key: rule.title for rule in NATIONAL}


@for_roles(Role.KEYWORKER, Role.MANAGER, Role.COORDINATOR, Role.COMMISSIONER)
def backlog(request: Request) -> HttpResponse:
    """What was late at the first import: by kind, and the oldest, to tick and give a day."""
    me = request.me
    inbox = find_inbox(request.GET.get("inbox", MINE), me, request.at)
    today = request.at.astimezone(LONDON).date()
    form = PlanForm(request.POST if request.method == "POST" else None, today=today)
    ticked = [int(one) for one in request.POST.getlist("duty") if one.isdecimal() and len(one) < 18][:PAGE]
    status = 200
    if request.method == "POST":
        if not ticked:
            form.add_error(None, "Tick at least one thing to plan")
        if form.is_valid():
            try:
                return _planned(request, inbox, form, ticked)
            except (NotNow, Refused) as problem:
                form.add_error(None, problem.sentence)
                status = 409
    return _shown(request, me, inbox, form, ticked, status)


def _planned(request: Request, inbox: Inbox, form: PlanForm, ticked: list[int]) -> HttpResponse:
    on, once = form.cleaned_data["planned_for"], once_of(form.cleaned_data["submission"])
    try:
        with recording(by=request.me, at=request.at, once=once) as note:
            duties = list_to_plan(request.me, inbox, request.at, ticked)
            if not duties:
                raise NotNow("gone", "These have been dealt with in the meantime.")
            version = current_version()
            today = request.at.astimezone(LONDON).date()
            area = Organisation.objects.only("code").get(pk=duties[0].icb_id)
            latest = latest_backlog_day(today, ruleset_for(area.code, version), calendar_for(version))
            many = plan_duties(note, duties=duties, planned_for=on, latest=latest, by=request.me)
        messages.success(request, text.PLANNED.format(count=plural(many, "thing"), day=day(on)))
    except AlreadyDone:
        messages.success(request, text.ALREADY)
    return redirect(request.get_full_path())


def _shown(request: Request, me: Me, inbox: Inbox, form: PlanForm, ticked: list[int], status: int) -> HttpResponse:
    kind, planned = request.GET.get("kind", ""), request.GET.get("planned") == "yes"
    kinds = count_by_kind(me, inbox, request.at)
    duties = list_backlog(me, inbox, request.at, rule_key=kind, unplanned=not planned, most=PAGE)
    record_look(me, "backlog", sorted({duty.person_id for duty in duties if duty.person_id}), at=request.at)
    here = {"inbox": inbox.key, "planned": "yes" if planned else ""}
    many = sum(one["many"] for one in kinds)
    links = [("Every kind", many, "?" + urlencode(here), not kind)]
    for one in kinds:
        address = "?" + urlencode({**here, "kind": one["rule_key"]})
        links.append((TITLES.get(one["rule_key"], one["rule_key"]), one["many"], address, kind == one["rule_key"]))
    context = {
        "inbox": inbox,
        "form": form,
        "ticked": ticked,
        "duties": duties,
        "links": links,
        "many": many,
        "unplanned": sum(one["unplanned"] for one in kinds),
        "on": min((duty.backlog_on for duty in duties if duty.backlog_on), default=None),
        "planned": planned,
        "kind": kind,
        "today": request.at.astimezone(LONDON).date(),
    }
    return render(request, "overview/backlog.html", context, status=status)
