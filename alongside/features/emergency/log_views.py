"""The log of a crisis: opened, read in one look on a phone, written each day, closed."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from alongside.features.emergency import access, crisis_logs, queries, text
from alongside.features.emergency.around import list_who_can_look
from alongside.features.emergency.forms import CloseForm, EntryForm, NextForm, OpenLogForm
from alongside.features.emergency.models import CrisisLog
from alongside.features.emergency.views import reach_of, today_of
from alongside.features.people.changing import answer_form
from alongside.features.people.queries import Reach
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.looks import record_look
from alongside.foundation.topics import Topic

READS = (*access.LOGS,)


def _can_look(request: Request, reach: Reach) -> list[tuple[int, str]]:
    return list_who_can_look(request.me, reach.person, Topic.KEYWORKING, today_of(request))


def _next(form: NextForm) -> dict[str, Any]:
    """Who writes next, and by when, of a form that is valid."""
    given = form.cleaned_data
    at = datetime.combine(given["next_on"], given["next_at"], LONDON)
    return {"next_writer": int(given["next_writer"]), "next_at": at}


def _tomorrow(request: Request) -> dict[str, Any]:
    return {"next_on": today_of(request) + timedelta(days=1), "next_at": f"{time(9):%H:%M}"}


@for_roles(*access.LOGS)
def open_one(request: Request, reference: str) -> HttpResponse:
    """Opens a log: what the crisis is, and who writes the first entry by when."""
    reach = reach_of(request, reference)
    if not access.may_log(request.me, reach):
        raise PermissionDenied(access.NOT_LOG)
    people = _can_look(request, reach)
    form = OpenLogForm(
        request.POST if request.method == "POST" else None,
        people=[(str(number), name) for number, name in people],
        initial=_tomorrow(request),
        today=today_of(request),
    )
    if request.method != "POST":
        record_look(request.me, "crisis log", [reach.person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: crisis_logs.open_log(
            note,
            reach=reach,
            because=given["because"],
            by=request.me,
            can_look=dict(people),
            **_next(form),
        ),
        go_to=f"/people/{reach.person.reference}/emergency",
        saved=text.LOG_OPENED,
        context={
            "title": "Open a daily log",
            "person": reach.person,
            "about": "For a crisis that goes on for days: somebody looks every day and writes down how it goes. "
            "A day without an entry is seen by the keyworking team.",
            "button": "Open the log",
        },
    )


def _log(request: Request, reference: str, number: int) -> tuple[Reach, CrisisLog]:
    reach = reach_of(request, reference)
    found = queries.find_log(request.me, reach.person, number)
    if found is None:
        raise Http404
    return reach, found


@for_roles(*READS)
def log(request: Request, reference: str, number: int) -> HttpResponse:
    """How it goes now, who is next, all entries; and the next entry, written here."""
    reach, found = _log(request, reference, number)
    me, person = request.me, reach.person
    writes = found.closed_at is None and access.may_log(me, reach)
    people = _can_look(request, reach) if writes else []
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        people=[(str(one), name) for one, name in people],
        initial=_tomorrow(request),
        today=today_of(request),
    )
    if request.method == "POST" and not writes:
        raise PermissionDenied(access.NOT_LOG)
    record_look(me, "crisis log", [person.pk], at=request.at)
    return answer_form(
        request,
        form,
        lambda note, given: crisis_logs.write_entry(
            note,
            log=found,
            reach=reach,
            going=given["going"],
            words=given["words"],
            by=me,
            can_look=dict(people),
            **_next(form),
        ),
        go_to=f"/people/{person.reference}/emergency/logs/{found.pk}",
        saved=text.ENTRY_SAVED,
        template="emergency/log.html",
        context={
            "person": person,
            "page_url": f"/people/{person.reference}",
            "log": found,
            "entries": queries.list_entries(me, found),
            "writes": writes,
            "now": request.at,
            "text": text,
        },
    )


@for_roles(*access.LOGS)
def close(request: Request, reference: str, number: int) -> HttpResponse:
    """How it ended, and who has what goes on from here."""
    reach, found = _log(request, reference, number)
    if not access.may_log(request.me, reach):
        raise PermissionDenied(access.NOT_LOG)
    return answer_form(
        request,
        CloseForm(request.POST if request.method == "POST" else None),
        lambda note, given: crisis_logs.close_log(
            note, log=found, reach=reach, outcome=given["outcome"], words=given["words"], by=request.me
        ),
        go_to=f"/people/{reach.person.reference}/emergency",
        saved=text.LOG_CLOSED,
        context={"title": "Close the log", "person": reach.person, "button": "Close the log"},
    )
