"""Agenda and minutes are sent as messages that lead here; each recipient reads their own part, as it is on that day."""

from collections.abc import Sequence

from alongside.features.register.meetings import text
from alongside.features.register.meetings.access import check_runs
from alongside.features.register.meetings.lifecycle import check_possible
from alongside.features.register.meetings.operations import Proposed, call_off, put_on_agenda
from alongside.features.register.models import Meeting, MeetingAttendance
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.nhsuk.filters import clock_time, day
from alongside.foundation.recording.recording import Notes


def send_agenda(note: Notes, *, meeting: Meeting, proposed: Sequence[Proposed], by: Me) -> None:
    """Fixes the agenda as it is now and tells everybody who is asked. Sent again, it tells those who were not told."""
    check_runs(by, meeting)
    check_possible(meeting, "send_agenda")
    put_on_agenda(note, meeting=meeting, proposed=proposed)
    place = f", {meeting.place}" if meeting.place else ""
    said = {"day": day(meeting.starts_at), "time": clock_time(meeting.starts_at.astimezone(LONDON)), "place": place}
    for one in MeetingAttendance.objects.filter(meeting=meeting, asked_at=None):
        _tell(note, meeting, one, "agenda", text.ASKED_SUBJECT.format(**said), text.ASKED_BODY.format(**said))
    MeetingAttendance.objects.filter(meeting=meeting, asked_at=None).update(asked_at=note.at)
    if meeting.agenda_sent_at is None:
        meeting.agenda_sent_at = note.at
        meeting.save(update_fields=["agenda_sent_at"])
    note(
        "meeting.agenda_sent", words="The agenda of a register meeting was sent.", icb_id=meeting.icb_id,
        subject="meeting", subject_id=meeting.pk,
    )  # fmt: skip
    note.matter("meeting", meeting.pk)


def send_minutes(note: Notes, *, meeting: Meeting, by: Me) -> None:
    """Tells everybody who was there or sent apologies that their part of the minutes is ready."""
    check_runs(by, meeting)
    check_possible(meeting, "send_minutes")
    if meeting.minutes_sent_at:
        raise NotNow("minutes_sent", "The minutes were sent already.")
    said = {"day": day(meeting.held_at)}
    for one in MeetingAttendance.objects.filter(meeting=meeting):
        _tell(note, meeting, one, "minutes", text.MINUTES_SUBJECT.format(**said), text.MINUTES_BODY.format(**said))
    MeetingAttendance.objects.filter(meeting=meeting).update(minutes_sent_at=note.at)
    meeting.minutes_sent_at = note.at
    meeting.save(update_fields=["minutes_sent_at"])
    note(
        "meeting.minutes_sent", words="The minutes of a register meeting were sent.", icb_id=meeting.icb_id,
        subject="meeting", subject_id=meeting.pk,
    )  # fmt: skip
    note.matter("meeting", meeting.pk)


def call_off_meeting(note: Notes, *, meeting: Meeting, because: str, by: Me) -> None:
    """It is not held, and whoever was asked to it is told; why stands on its page."""
    call_off(note, meeting=meeting, because=because, by=by)
    said = {"day": day(meeting.starts_at), "time": clock_time(meeting.starts_at.astimezone(LONDON))}
    for one in MeetingAttendance.objects.filter(meeting=meeting, asked_at__isnull=False):
        _tell(note, meeting, one, "off", text.OFF_SUBJECT.format(**said), text.OFF_BODY.format(**said))


def _tell(note: Notes, meeting: Meeting, one: MeetingAttendance, what: str, subject: str, body: str) -> None:
    """One message to one attendee, once. The sender needs none."""
    if one.actor_id == note.by.id:
        return
    link = f"/meetings/{meeting.pk}" + ("/minutes" if what == "minutes" else "")
    queue_message(
        note, icb_id=meeting.icb_id, kind=f"meeting.{what}", subject=subject, body=body, to_actor_id=one.actor_id,
        link=link, once=f"meeting {meeting.pk} {what} {one.actor_id}",
    )  # fmt: skip
