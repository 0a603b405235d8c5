"""Meeting mode: one person at a time, typed once. The page shows no other person's name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from alongside.features.people.changing import answer_form
from alongside.features.register.access import RUNS
from alongside.features.register.meetings import text
from alongside.features.register.meetings.access import runs_meetings
from alongside.features.register.meetings.deciding import correct_minutes
from alongside.features.register.meetings.drafts import forget_draft, keep_draft
from alongside.features.register.meetings.forms import BecauseForm, SayForm
from alongside.features.register.meetings.operations import leave_for_next_time
from alongside.features.register.meetings.queries import lock_item
from alongside.features.register.models import AgendaItem, Meeting
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.meeting.deciding import today_of
from alongside.overview.meeting.one_person import Saving, Showing, begin, list_of_person_here
from alongside.overview.meeting.reading import get_meeting, read_spot
from alongside.overview.rating_page.reading import get_situation

NOT_YOURS = "The register meeting is run by the register team of this ICB."


def running(request: Request, number: int) -> Meeting:
    """The meeting, for whoever runs it; 404 outside one's areas, 403 for its attendees."""
    meeting = get_meeting(request.me, number)
    if not runs_meetings(request.me, meeting.icb_id):
        raise PermissionDenied(NOT_YOURS)
    return meeting


@for_roles(*RUNS)
def person(request: Request, number: int, item: int) -> HttpResponse:
    """One person: why they are here, who may hear of them, what is decided, and what somebody does."""
    meeting = running(request, number)
    spot = read_spot(request.me, meeting, item, today_of(request))
    if request.method == "POST":
        return Saving(request, meeting, spot).answer()
    record_look(request.me, "register meeting", [spot.person_id], at=request.at)
    return Showing(request, meeting, spot).page(*begin(request, spot))


@for_roles(*RUNS)
@require_POST
def keep(request: Request, number: int, item: int) -> HttpResponse:
    """What is typed, while it is typed. Answers in one word, for the script; or throws it away, for the button."""
    meeting = running(request, number)
    found = AgendaItem.objects.visible_to(request.me).filter(meeting=meeting, pk=item).first()
    if found is None:
        raise Http404
    if "forget" in request.POST:
        forget_draft(item_id=found.pk, actor_id=request.me.id)
        return redirect("meeting_person", number, item)
    lists = [(name, [str(value) for value in values]) for name, values in request.POST.lists()]
    keep_draft(lists, item_id=found.pk, person_id=found.person_id, actor_id=request.me.id, at=request.at)
    return JsonResponse({"kept": True})


@for_roles(*RUNS)
@require_POST
def leave(request: Request, number: int, item: int) -> HttpResponse:
    """Not this time: they stand first at the next meeting."""
    meeting = running(request, number)
    spot = read_spot(request.me, meeting, item, today_of(request))
    form = BecauseForm(request.POST)

    def act(note: Notes, given: Any) -> None:
        leave_for_next_time(note, item=lock_item(request.me, meeting.pk, item), because=given["because"], by=request.me)

    following = f"/people/{spot.next_waiting}" if spot.next_waiting and meeting.state == "open" else ""
    return answer_form(
        request, form, act, go_to=f"/meetings/{number}{following}", saved=text.SAVED["left"],
        context={"title": "Leave for next time", "person": None, "about": "They stand first then.", "button": "Leave"},
    )  # fmt: skip


@for_roles(*RUNS)
@require_safe
def wall(request: Request, number: int, item: int) -> HttpResponse:
    """For the wall: one person, and of the reasons those that everybody in the room may read."""
    meeting = running(request, number)
    spot = read_spot(request.me, meeting, item, today_of(request))
    record_look(request.me, "register meeting, on the wall", [spot.person_id], at=request.at)
    register = Topic.REGISTER.value in spot.shared
    situation = get_situation(request.me, spot.entry_id, request.at) if register else None
    agreed = [one for one in list_of_person_here(request, meeting, spot) if one.topic in spot.shared]
    context = {
        "meeting": meeting,
        "spot": spot,
        "named": Topic.IDENTITY.value in spot.shared,
        "reasons": [words for topic, _, words in spot.reasons if topic in spot.shared],
        "last": situation.last if situation else None,
        "decision": spot.decision if register else None,
        "agreed": agreed,
    }
    return render(request, "meeting/wall.html", context)


@for_roles(*RUNS)
def correct(request: Request, number: int, item: int) -> HttpResponse:
    """A correction below the minutes of one person."""
    meeting = running(request, number)
    spot = read_spot(request.me, meeting, item, today_of(request))
    form = SayForm(request.POST if request.method == "POST" else None)

    def act(note: Notes, given: Any) -> None:
        correct_minutes(note, item=lock_item(request.me, meeting.pk, item), said=given["said"], by=request.me)

    record_look(request.me, "minutes", [spot.person_id], at=request.at)
    about = "Nothing in the minutes changes. What you write stands below, with your name and the day."
    return answer_form(
        request, form, act, go_to=f"/meetings/{number}/minutes", saved=text.SAVED["corrected"],
        context={"title": f"Correct the minutes: {spot.name}", "person": None, "about": about},
    )  # fmt: skip
