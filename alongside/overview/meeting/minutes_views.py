"""Minutes: read on the page or as PDF, each reader their own part; sent by whoever runs the meeting."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from alongside.features.actions import text as action_text
from alongside.features.people.changing import answer_form
from alongside.features.register.access import RUNS
from alongside.features.register.meetings import forms, text
from alongside.features.register.meetings.access import ATTENDS, runs_meetings
from alongside.features.register.meetings.lifecycle import is_possible
from alongside.foundation.access.protected import for_roles
from alongside.foundation.access.request import Request
from alongside.foundation.documents.letters import as_pdf
from alongside.foundation.recording.looks import record_look
from alongside.foundation.recording.recording import Notes
from alongside.overview.meeting.deciding import today_of
from alongside.overview.meeting.item_views import running
from alongside.overview.meeting.minutes import as_letter, read_minutes
from alongside.overview.meeting.reading import get_meeting, list_attendances
from alongside.overview.meeting.sending import send_minutes


@for_roles(*ATTENDS)
@require_safe
def minutes(request: Request, number: int) -> HttpResponse:
    """What was decided, as far as the reader may know; who was there; what was corrected."""
    meeting = get_meeting(request.me, number)
    lines = read_minutes(request.me, meeting)
    record_look(request.me, f"minutes {number}", [line.item.person_id for line in lines], at=request.at)
    runs = runs_meetings(request.me, meeting.icb_id)
    attendances = list_attendances(meeting)
    context = {
        "meeting": meeting,
        "lines": lines,
        "runs": runs,
        "attendances": attendances,
        "names": {one.pk: one.actor.name for one in attendances},
        "no_account": [one for one in attendances if one.actor.user_id is None and not one.actor.cast_key],
        "may_correct": runs and is_possible(meeting, "correct"),
        "may_send": runs and is_possible(meeting, "send_minutes") and not meeting.minutes_sent_at,
        "button": forms.ButtonForm(),
        "today": today_of(request),
        "text": text,
        "action_text": action_text,
    }
    return render(request, "meeting/minutes.html", context)


@for_roles(*ATTENDS)
@require_safe
def minutes_pdf(request: Request, number: int) -> HttpResponse:
    """The same on paper, made for whoever asks."""
    meeting = get_meeting(request.me, number)
    lines = read_minutes(request.me, meeting)
    record_look(request.me, f"minutes {number}, PDF", [line.item.person_id for line in lines], at=request.at)
    letter = as_letter(meeting, lines, list_attendances(meeting), reader=request.me.name, on=today_of(request))
    response = HttpResponse(as_pdf(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="minutes-{number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@for_roles(*RUNS)
@require_POST
def send(request: Request, number: int) -> HttpResponse:
    """Tells everybody that their part is ready."""
    running(request, number)

    def act(note: Notes, _: Any) -> None:
        send_minutes(note, meeting=get_meeting(request.me, number, lock=True), by=request.me)

    return answer_form(
        request, forms.ButtonForm(request.POST), act, go_to=f"/meetings/{number}/minutes", saved=text.SAVED["minutes"],
        context={"title": "Send the minutes", "person": None},
    )  # fmt: skip
