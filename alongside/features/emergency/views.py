"""Emergencies of one person: the list, one meeting on one page, and what is done afterwards."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.features.actions import text as actions_text
from alongside.features.emergency import access, operations, queries, text
from alongside.features.emergency.around import keyworkers_of
from alongside.features.emergency.drafting import list_drafts
from alongside.features.emergency.forms import CheckedForm, NoReviewForm, NotAdmittedForm, OnlyOnce
from alongside.features.emergency.models import EmergencyMeeting
from alongside.features.people.changing import answer_form
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach, reach_person
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic


def today_of(request: Request) -> date:
    return request.at.astimezone(LONDON).date()


def reach_of(request: Request, reference: str) -> Reach:
    """The person, as far as whoever asks reaches them; 404 outside scope."""
    reach = reach_person(request.me, reference)
    if reach is None or reach.person.survivor_id:
        raise Http404
    return reach


def _meeting(request: Request, reference: str, number: int) -> tuple[Reach, EmergencyMeeting]:
    reach = reach_of(request, reference)
    found = queries.find_meeting(request.me, reach.person, number)
    if found is None:
        raise Http404
    found.person = reach.person
    return reach, found


@for_roles(*access.WRITES)
def of_person(request: Request, reference: str) -> HttpResponse:
    """What goes on, what is being written, what was held. Who broke the glass sees what they wrote themselves."""
    me, reach = request.me, reach_of(request, reference)
    person = reach.person
    if not (access.may_write(me, reach) or reach.sees((Topic.REVIEW, Topic.KEYWORKING))):
        raise PermissionDenied(access.NOT_HERE)
    record_look(me, "emergency", [person.pk], at=request.at)
    logs = queries.list_logs(me, person)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "form": OnlyOnce(),
        "may_write": access.may_write(me, reach),
        "may_log": access.may_log(me, reach),
        "opened": access.has_opened(me, person),
        "drafts": list_drafts(person),
        "meetings": queries.list_meetings(me, person),
        "live": next((one for one in logs if one.closed_at is None), None),
        "logs": [one for one in logs if one.closed_at],
        "plan": queries.find_safety_plan(me, person),
        "now": request.at,
        "text": text,
    }
    return render(request, "emergency/person.html", context)


@for_roles(*access.WRITES)
def meeting(request: Request, reference: str, number: int) -> HttpResponse:
    """All of one meeting on one page: what was decided first, who does what, and what is still to be done."""
    me = request.me
    reach, found = _meeting(request, reference, number)
    person = reach.person
    record_look(me, "emergency meeting", [person.pk], at=request.at)
    follow_up, tasks = queries.find_follow_up(me, found), queries.list_tasks(found)
    works_here = access.writes_reviews(me, reach)
    context = {
        "person": person,
        "page_url": f"/people/{person.reference}",
        "meeting": found,
        "sides": list(found.sides.all()),
        "dissents": list(found.dissents.all()),
        "tasks": tasks,
        "plan": queries.find_safety_plan(me, person) if works_here else queries.written_plan(found),
        "follow_up": follow_up,
        "planned": queries.find_planned(me, person) if works_here and follow_up is None else None,
        "around": queries.list_around(person, found),
        "unread": _is_unread(request, person, found),
        "form": OnlyOnce(),
        "checks": bool(tasks) and not found.checked_at and _may_check(request, reach, found),
        "decides": follow_up is None and not found.no_review_at and access.may_decide(me, person),
        "works_here": works_here,
        "admission_missing": _admission_is_missing(request, reach, found),
        "today": today_of(request),
        "text": text,
        "actions_text": actions_text,
    }
    return render(request, "emergency/meeting.html", context)


def _admission_is_missing(request: Request, reach: Reach, meeting: EmergencyMeeting) -> bool:
    """They were to be admitted, and nobody has written down the stay: until then no clock of a stay runs."""
    open_still = meeting.outcome in text.ADMITTED and meeting.not_admitted_at is None
    return (
        open_still
        and access.may_say_of_admission(request.me, reach)
        and not queries.has_stay_since(request.me, meeting)
    )


def _is_unread(request: Request, person: Person, meeting: EmergencyMeeting) -> bool:
    """Whether it is on the reader's own list, or on their team's."""
    if meeting.keyworker_read_at and meeting.register_read_at:
        return False
    keyworkers = set() if meeting.keyworker_read_at else set(keyworkers_of(person, today_of(request)))
    alongside, register = access.read_for(request.me, person, keyworkers)
    return (alongside and not meeting.keyworker_read_at) or (register and not meeting.register_read_at)


def _may_check(request: Request, reach: Reach, meeting: EmergencyMeeting) -> bool:
    mine = request.me.id == meeting.watcher_id and reach.writes
    return mine or access.writes_reviews(request.me, reach)


@for_roles(*access.WRITES)
def read(request: Request, reference: str, number: int) -> HttpResponse:
    """'I have read it': off the list."""
    reach, found = _meeting(request, reference, number)
    keyworkers = set(keyworkers_of(reach.person, today_of(request)))
    return answer_form(
        request,
        OnlyOnce(request.POST if request.method == "POST" else None),
        lambda note, given: operations.read_meeting(note, meeting=found, by=request.me, keyworkers=keyworkers),
        go_to=f"/people/{reach.person.reference}/emergency/meetings/{found.pk}",
        saved=text.READ,
        context={
            "title": "I have read what happened",
            "person": reach.person,
            "about": "It goes off your list. The follow-up stays on the list of whoever organises reviews.",
            "button": "I have read it",
        },
    )


@for_roles(*access.WRITES)
def checked(request: Request, reference: str, number: int) -> HttpResponse:
    """What somebody found who looked in the morning."""
    reach, found = _meeting(request, reference, number)
    if not _may_check(request, reach, found):
        raise PermissionDenied(text.MAY_NOT)
    return _after(
        request,
        reach,
        found,
        CheckedForm(request.POST if request.method == "POST" else None),
        lambda note, given: operations.check_meeting(
            note, meeting=found, by=request.me, reach=reach, words=given["words"]
        ),
        title="What was agreed in the night",
        button="Save",
        saved=text.CHECKED,
    )


@for_roles(*access.DECIDES)
def no_review(request: Request, reference: str, number: int) -> HttpResponse:
    """A named person decides that no review follows."""
    reach, found = _meeting(request, reference, number)
    if not access.may_decide(request.me, reach.person):
        raise PermissionDenied(access.NOT_DECIDED)
    return _after(
        request,
        reach,
        found,
        NoReviewForm(request.POST if request.method == "POST" else None),
        lambda note, given: operations.decide_no_review(note, meeting=found, by=request.me, because=given["because"]),
        title="Decide that no review follows",
        button="Decide",
        saved=text.DECIDED,
    )


@for_roles(*access.LOGS)
def not_admitted(request: Request, reference: str, number: int) -> HttpResponse:
    """The admission that the meeting decided did not happen."""
    reach, found = _meeting(request, reference, number)
    if not access.may_say_of_admission(request.me, reach):
        raise PermissionDenied(text.MAY_NOT)
    return _after(
        request,
        reach,
        found,
        NotAdmittedForm(request.POST if request.method == "POST" else None),
        lambda note, given: operations.say_not_admitted(
            note, meeting=found, by=request.me, reach=reach, because=given["because"]
        ),
        title="Say that they were not admitted",
        button="Save",
        saved=text.NOT_ADMITTED,
    )


def _after(
    request: Request,
    reach: Reach,
    meeting: EmergencyMeeting,
    form: Any,
    act: Any,
    *,
    title: str,
    button: str,
    saved: str,
) -> HttpResponse:
    if request.method != "POST":
        record_look(request.me, "emergency meeting", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        act,
        go_to=f"/people/{reach.person.reference}/emergency/meetings/{meeting.pk}",
        saved=saved,
        context={"title": title, "person": reach.person, "button": button},
    )
