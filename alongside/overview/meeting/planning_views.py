"""Planning a meeting, saying how often an area meets, and finding the next one from somebody's page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from alongside.features.people.changing import answer_form
from alongside.features.register.access import RUNS
from alongside.features.register.meetings import forms, text
from alongside.features.register.meetings import operations as does
from alongside.features.register.meetings.queries import as_choices, list_people
from alongside.features.register.models import Meeting, MeetingCycle
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.overview.meeting.deciding import today_of
from alongside.overview.meeting.next_one import next_start


def area_of(request: Request) -> int | None:
    """The area whose register this reader runs."""
    return next((held.area for held in request.me.roles if held.role in RUNS), None)


def _own_area(request: Request) -> int:
    area = area_of(request)
    if area is None:
        raise PermissionDenied("The register meeting is run by the register team of this ICB.")
    return area


@for_roles(*RUNS)
def plan(request: Request) -> HttpResponse:
    """A meeting with a time and a chair; the area's cycle says what the form begins with."""
    area, today = _own_area(request), today_of(request)
    people = list_people(area, today)
    cycle = MeetingCycle.objects.filter(icb_id=area, ended_at=None).order_by("listing").last()
    form = forms.PlanForm(
        request.POST if request.method == "POST" else None,
        people=as_choices(people),
        initial=_begin(cycle, request),
        today=today,
    )
    made: list[Meeting] = []

    def act(note: Notes, given: Any) -> None:
        chair = next(one for one in people if one.pk == int(given["chair"]))
        values = {name: given[name] for name in ("listing", "minutes", "place")}
        made.append(
            does.plan_meeting(note, icb_id=area, starts_at=form.starts_at, chair=chair, by=request.me, **values)
        )

    return answer_form(
        request, form, act, go_to=lambda: f"/meetings/{made[0].pk}" if made else "/meetings",
        saved=text.SAVED["planned"], context={"title": "Plan a register meeting", "person": None},
    )  # fmt: skip


def _begin(cycle: MeetingCycle | None, request: Request) -> dict[str, Any]:
    if cycle is None:
        return {"listing": "child", "minutes": 90}
    last = Meeting.objects.filter(icb_id=cycle.icb_id, listing=cycle.listing).exclude(state="called_off")
    at = last.order_by("-starts_at").values_list("starts_at", flat=True).first()
    return {
        "listing": cycle.listing,
        "on": next_start(cycle, at.astimezone(LONDON).date() if at else None, today_of(request)),
        "at": f"{cycle.starts:%H:%M}",
        "minutes": cycle.minutes,
        "place": cycle.place,
        "chair": str(cycle.chair_id),
    }


@for_roles(*RUNS)
def cycle(request: Request) -> HttpResponse:
    """How often the area meets, when, where and who chairs."""
    area, today = _own_area(request), today_of(request)
    people = list_people(area, today)
    now = MeetingCycle.objects.filter(icb_id=area, ended_at=None).order_by("listing").last()
    initial = _begin(now, request) | ({"every_weeks": now.every_weeks} if now else {})
    form = forms.CycleForm(
        request.POST if request.method == "POST" else None, people=as_choices(people), initial=initial, today=today
    )

    def act(note: Notes, given: Any) -> None:
        chair = next(one for one in people if one.pk == int(given["chair"]))
        values = {name: given[name] for name in ("listing", "every_weeks", "minutes", "place")}
        does.set_cycle(
            note, icb_id=area, first_on=given["on"], starts=given["at"], chair=chair, by=request.me, **values
        )

    about = "A duty says when the next meeting has no day yet. Times and places of single meetings may differ."
    return answer_form(
        request, form, act, go_to="/meetings", saved=text.SAVED["cycle"],
        context={"title": "How often we meet", "person": None, "about": about},
    )  # fmt: skip


@for_roles(*RUNS)
@require_safe
def next_one(request: Request) -> HttpResponse:
    """From somebody's page to the agenda of the next meeting; to planning one where none has a day."""
    coming = Meeting.objects.filter(icb_id=_own_area(request), state__in=(Meeting.State.OPEN, Meeting.State.PLANNED))
    found = coming.order_by("starts_at").first()
    if found is None:
        messages.info(request, text.NONE_PLANNED)
        return redirect("plan_meeting")
    asked = urlencode({"reference": request.GET.get("reference", "")})
    return redirect(f"/meetings/{found.pk}/add?{asked}")
