"""The meetings of an area, one with its agenda, opening and closing it."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from alongside.features.people.changing import answer_form
from alongside.features.register.access import RUNS
from alongside.features.register.meetings import forms, text
from alongside.features.register.meetings import operations as does
from alongside.features.register.meetings.access import ATTENDS, runs_meetings
from alongside.features.register.meetings.drafts import forget_drafts_of
from alongside.features.register.meetings.lifecycle import is_possible
from alongside.features.register.meetings.queries import as_choices, list_people
from alongside.features.register.models import Meeting, MeetingAttendance, MeetingCycle, RegisterEntry
from alongside.foundation.access.protected import NotNow, for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import day
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.meeting.deciding import today_of
from alongside.overview.meeting.item_views import running
from alongside.overview.meeting.moving import Candidate, read_moved
from alongside.overview.meeting.pace import time_each
from alongside.overview.meeting.planning_views import area_of
from alongside.overview.meeting.reading import (
    Line,
    count_reasons,
    get_meeting,
    list_attendances,
    list_meetings,
    read_lines,
)
from alongside.overview.meeting.sending import call_off_meeting, send_agenda


@for_roles(*ATTENDS)
@require_safe
def meetings(request: Request) -> HttpResponse:
    """Those of the area for who runs them; else those that one was asked to."""
    found = list_meetings(request.me)
    runs = area_of(request) is not None
    cycles = list(MeetingCycle.objects.filter(icb_id__in=request.me.agreed, ended_at=None)) if runs else []
    context = {
        "coming": [one for one in reversed(found) if one.state in (Meeting.State.PLANNED, Meeting.State.OPEN)],
        "over": [one for one in found if one.state in (Meeting.State.CLOSED, Meeting.State.CALLED_OFF)],
        "runs": runs,
        "cycles": cycles,
        "text": text,
    }
    return render(request, "meeting/list.html", context)


@for_roles(*ATTENDS)
@require_safe
def one(request: Request, number: int) -> HttpResponse:
    """A meeting: for who runs it all of it; for an attendee their own agenda."""
    meeting = get_meeting(request.me, number)
    runs = runs_meetings(request.me, meeting.icb_id)
    lines = read_lines(request.me, meeting)
    drawn_up = runs and meeting.state == Meeting.State.PLANNED
    moved = read_moved(request.me, meeting, request.at) if drawn_up else []
    on_it = {line.item.entry_id for line in lines}
    agenda: list[Line | Candidate] = [*lines, *(one for one in moved if one.entry_id not in on_it)]
    part = Paginator(agenda, ON_A_PAGE).get_page(request.GET.get("page"))
    seen = {one.item.person_id if isinstance(one, Line) else one.person_id for one in part}
    record_look(request.me, f"register meeting {number}", sorted(seen), at=request.at)
    attendances = list_attendances(meeting)
    context = {
        "meeting": meeting,
        "runs": runs,
        "part": part,
        "each": time_each(meeting, len(agenda)),
        "why": count_reasons(one.reasons for one in agenda),
        "attendances": attendances,
        "sides": {one.side for one in attendances},
        "first": next((line for line in lines if line.item.state == "waiting"), lines[0] if lines else None),
        "counts": {state: sum(line.item.state == state for line in lines) for state in ("waiting", "discussed", "left")}
        | {"sent": sum(not line.item.came_later for line in lines)},
        "may": {step: runs and is_possible(meeting, step) for step in STEPS},
        "button": forms.ButtonForm(),
        "text": text,
        "today": day(request.at),
        "came_form": _came_form(attendances) if runs and is_possible(meeting, "came") else None,
    }
    return render(request, "meeting/meeting.html", context)


#: So many people stand on one page of an agenda.
ON_A_PAGE = 20
STEPS = ("change", "ask", "send_agenda", "add", "open", "close", "call_off", "send_minutes")


def _came_form(attendances: list[MeetingAttendance], given: Any = None) -> forms.CameForm:
    there = [str(one.pk) for one in attendances if one.came == MeetingAttendance.Came.THERE]
    people = [(one.pk, f"{one.actor.name}, {one.organisation.name}") for one in attendances]
    return forms.CameForm(given, people=people, initial={"there": there})


def _form_page(
    request: Request, meeting: Meeting, form: Any, act: Callable[[Notes, Any], Any], title: str, saved: str, **more: Any
) -> HttpResponse:
    return answer_form(
        request, form, act, go_to=f"/meetings/{meeting.pk}", saved=text.SAVED[saved],
        context={"title": title, "person": None, **more},
    )  # fmt: skip


@for_roles(*RUNS)
def change(request: Request, number: int) -> HttpResponse:
    """Another time, place or chair."""
    meeting, today = running(request, number), today_of(request)
    people = list_people(meeting.icb_id, today)
    at = meeting.starts_at.astimezone(LONDON)
    initial = {"on": at.date(), "at": f"{at:%H:%M}", "minutes": meeting.minutes, "place": meeting.place}
    form = forms.ChangeForm(
        request.POST if request.method == "POST" else None,
        people=as_choices(people),
        initial=initial | {"chair": str(meeting.chair_id)},
        today=today,
    )

    def act(note: Notes, given: Any) -> None:
        locked = get_meeting(request.me, number, lock=True)
        changes = {"starts_at": form.starts_at, "minutes": given["minutes"], "place": given["place"]}
        chair = next(one for one in people if one.pk == int(given["chair"]))
        does.change_meeting(note, meeting=locked, by=request.me, chair=chair, **changes)

    return _form_page(request, meeting, form, act, "Change the meeting", "changed")


@for_roles(*RUNS)
def ask(request: Request, number: int) -> HttpResponse:
    """Asks somebody to the meeting."""
    meeting, today = running(request, number), today_of(request)
    people = list_people(meeting.icb_id, today)
    form = forms.AskForm(request.POST if request.method == "POST" else None, people=as_choices(people))

    def act(note: Notes, given: Any) -> None:
        locked = get_meeting(request.me, number, lock=True)
        actor = next(one for one in people if one.pk == int(given["actor"]))
        place = actor.organisation or locked.icb
        does.ask_to_meeting(note, meeting=locked, actor=actor, organisation=place, side=given["side"], by=request.me)

    about = "They read of people whom they work with, on what they may know. Nobody else is on their agenda."
    return _form_page(request, meeting, form, act, "Ask somebody to the meeting", "asked", about=about)


@for_roles(*RUNS)
@require_POST
def came(request: Request, number: int) -> HttpResponse:
    """Who is here."""
    meeting = running(request, number)
    form = _came_form(list_attendances(meeting), request.POST)

    def act(note: Notes, given: Any) -> None:
        locked = get_meeting(request.me, number, lock=True)
        does.say_who_came(note, meeting=locked, there=[int(one) for one in given["there"]], by=request.me)

    return _form_page(request, meeting, form, act, "Who is here?", "came")


@for_roles(*RUNS)
def add(request: Request, number: int) -> HttpResponse:
    """Somebody whom nothing moved, or who came late: by their reference, with a reason."""
    meeting = running(request, number)
    given = request.POST if request.method == "POST" else None
    form = forms.AddForm(given, initial={"reference": request.GET.get("reference", "")})

    def act(note: Notes, cleaned: Any) -> None:
        locked = get_meeting(request.me, number, lock=True)
        wanted = cleaned["reference"].strip().upper()
        entries = RegisterEntry.objects.visible_to(request.me).filter(icb_id=meeting.icb_id, listing=meeting.listing)
        entry = entries.filter(person__reference=wanted, removed_on=None).first()
        if entry is None:
            raise NotNow("not_found", "Nobody on this register has that reference. It stands on their page.")
        does.add_to_agenda(note, meeting=locked, entry=entry, because=cleaned["because"], by=request.me)

    return _form_page(request, meeting, form, act, "Add somebody to the agenda", "added")


def _button(
    request: Request, number: int, act: Callable[[Notes, Meeting], Any], saved: str, title: str
) -> HttpResponse:
    """One button: the meeting is locked, then it is done."""
    meeting = running(request, number)
    form = forms.ButtonForm(request.POST)

    def locked(note: Notes, _: Any) -> None:
        act(note, get_meeting(request.me, number, lock=True))

    return _form_page(request, meeting, form, locked, title, saved)


def _moved(request: Request, meeting: Meeting) -> list[does.Proposed]:
    found = read_moved(request.me, meeting, request.at)
    return [one.as_proposed() for one in found]


@for_roles(*RUNS)
@require_POST
def send(request: Request, number: int) -> HttpResponse:
    """Fixes the agenda as it is now, and tells everybody who is asked."""

    def act(note: Notes, meeting: Meeting) -> None:
        send_agenda(note, meeting=meeting, proposed=_moved(request, meeting), by=request.me)

    return _button(request, number, act, "sent", "Send the agenda")


@for_roles(*RUNS)
@require_POST
def open_it(request: Request, number: int) -> HttpResponse:
    """The meeting begins; what moved since the agenda was sent comes to it."""

    def act(note: Notes, meeting: Meeting) -> None:
        does.open_meeting(note, meeting=meeting, proposed=_moved(request, meeting), by=request.me)

    return _button(request, number, act, "opened", "Open the meeting")


@for_roles(*RUNS)
@require_POST
def close(request: Request, number: int) -> HttpResponse:
    """The meeting ends. What was typed and not saved was not decided."""

    def act(note: Notes, meeting: Meeting) -> None:
        does.close_meeting(note, meeting=meeting, by=request.me)
        forget_drafts_of(meeting.pk)

    return _button(request, number, act, "closed", "Close the meeting")


@for_roles(*RUNS)
def call_off(request: Request, number: int) -> HttpResponse:
    """It is not held."""
    meeting = running(request, number)
    form = forms.BecauseForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Any) -> None:
        locked = get_meeting(request.me, number, lock=True)
        call_off_meeting(note, meeting=locked, because=given["because"], by=request.me)

    about = "Whoever is on its agenda stands first at the next one."
    return _form_page(request, meeting, form, act, "Call the meeting off", "called_off", about=about)
