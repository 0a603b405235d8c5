"""Meetings that somebody chairs are open work: they get another chair before whoever chaired them is away."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, DateField, QuerySet, Value
from django.db.models.functions import TruncDate

from alongside.features.register.models import Meeting, MeetingCycle
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes

NOBODY = Value(None, BigIntegerField())
OPEN = (Meeting.State.PLANNED, Meeting.State.OPEN)


def list_meetings_of(worker_id: int, icb_id: int) -> QuerySet:
    """As the engine: the meetings of this area that they chair and that are not over."""
    rows = Meeting.objects.filter(chair=worker_id, icb=icb_id, state__in=OPEN)
    return rows.values_list("pk", NOBODY, Value("A register meeting"), TruncDate("starts_at", tzinfo=LONDON))


def pass_on_meetings(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """Inside `recording()`, as the engine."""
    for meeting in Meeting.objects.filter(pk__in=list(numbers)).select_for_update():
        meeting.chair = to
        meeting.save(update_fields=["chair"])
        note(
            "meeting.chair_changed", words="A register meeting has another chair.", icb_id=meeting.icb_id,
            subject="meeting", subject_id=meeting.pk,
        )  # fmt: skip
        note.matter("meeting", meeting.pk)


def list_cycles_of(worker_id: int, icb_id: int) -> QuerySet:
    """As the engine: the area's cycles of meetings that name them as chair."""
    rows = MeetingCycle.objects.filter(chair=worker_id, icb=icb_id, ended_at=None)
    return rows.values_list("pk", NOBODY, Value("The chair of every register meeting"), Value(None, DateField()))


def pass_on_cycles(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """Inside `recording()`, as the engine."""
    for cycle in MeetingCycle.objects.filter(pk__in=list(numbers)).select_for_update():
        cycle.chair = to
        cycle.save(update_fields=["chair"])
        note(
            "meeting.chair_changed", words="The register meetings have another chair.", icb_id=cycle.icb_id,
            subject="meeting_cycle", subject_id=cycle.pk,
        )  # fmt: skip
