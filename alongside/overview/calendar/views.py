"""The page on which somebody makes or closes the address of their calendar, and the feed behind it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.features.keyworking.access import SEES_TEAM
from alongside.features.keyworking.contacts import text
from alongside.features.keyworking.contacts.calendar import AHEAD, as_ics, end_feed, make_feed, reading_as_its_owner
from alongside.features.keyworking.contacts.forms import FeedForm
from alongside.features.keyworking.contacts.queries import list_my_appointments
from alongside.features.keyworking.models import CalendarFeed
from alongside.features.people.changing import ALREADY, perform
from alongside.foundation.access.protected import for_roles, open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.calendar.feed import list_my_meetings, read_entries


@for_roles(*SEES_TEAM)
def calendar(request: Request) -> HttpResponse:
    """What is planned, and the address of it: made, shown once, or closed."""
    form = FeedForm(request.POST if request.method == "POST" else None)
    made: list[str] = []

    def act(note: Notes, given: Any) -> None:
        if "end" in request.POST:
            end_feed(note, actor_id=request.me.id)
        else:
            made.append(make_feed(note, actor_id=request.me.id))

    if request.method == "POST" and form.is_valid():
        outcome = perform(request, form, act)
        if not made:
            messages.success(request, text.FEED_ENDED if outcome == "done" else ALREADY)
            return redirect("calendar")
        form = FeedForm()
    address = request.build_absolute_uri(reverse("calendar_feed", args=[made[0]])) if made else ""
    feed = CalendarFeed.objects.filter(actor_id=request.me.id, ended_at=None).first()
    planned = list_my_appointments(request.me, request.at, AHEAD)
    if planned:
        record_look(request.me, "calendar", sorted({one.person_id for one in planned}), at=request.at)
    meetings = list_my_meetings(request.me, request.at, request.at + AHEAD)
    context = {"form": form, "address": address, "feed": feed, "planned": planned, "meetings": meetings, "text": text}
    return render(request, "calendar/calendar.html", context)


@open_to_all
def feed(request: Request, secret: str) -> HttpResponse:
    """The calendar itself, for a calendar program. 404 for an address that is closed or was never made."""
    with reading_as_its_owner(secret, request.at) as owner:
        if owner is None or not owner.holds(*SEES_TEAM):
            raise Http404
        entries, people = read_entries(owner, request.at)
        record_look(owner, "calendar feed", people, at=request.at)
    answer = HttpResponse(
        as_ics(entries, name=settings.NEUTRAL_NAME, at=request.at, host="calendar.invalid"),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer
