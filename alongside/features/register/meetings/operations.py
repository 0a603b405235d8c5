"""Planning a register meeting, its agenda, opening and closing it. Each is called inside `recording()`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Max

from alongside.features.people.models.person import RetentionClass
from alongside.features.register.meetings import text
from alongside.features.register.meetings.access import check_runs, runs_meetings
from alongside.features.register.meetings.lifecycle import check_possible, check_waits
from alongside.features.register.meetings.models import (
    AgendaItem,
    AgendaReason,
    Meeting,
    MeetingAttendance,
    MeetingCycle,
)
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody for the agenda, with why: (topic, code, words) each. In the order in which they are discussed."""

    entry_id: int
    person_id: int
    reasons: Sequence[tuple[int, str, str]]


def _say(note: Notes, meeting: Meeting, code: str, words: str, **more: Any) -> None:
    note(f"meeting.{code}", words=words, icb_id=meeting.icb_id, subject="meeting", subject_id=meeting.pk, **more)
    note.matter("meeting", meeting.pk)
    for cycle in MeetingCycle.objects.filter(icb_id=meeting.icb_id, listing=meeting.listing, ended_at=None):
        note.matter("meeting_cycle", cycle.pk)


def set_cycle(
    note: Notes, *, icb_id: int, listing: str, every_weeks: int, first_on: date, starts: time, minutes: int,
    place: str, chair: Actor, by: Me,
) -> MeetingCycle:  # fmt: skip
    """How often the area meets from now on. The cycle before it ends."""
    if not runs_meetings(by, icb_id):
        raise Refused("may_not_run_meeting", "The cycle of meetings is set by the register team of this ICB.")
    before = MeetingCycle.objects.filter(icb_id=icb_id, listing=listing, ended_at=None)
    for one in before.select_for_update():
        one.ended_at = note.at
        one.save(update_fields=["ended_at"])
        note.matter("meeting_cycle", one.pk)
    cycle = MeetingCycle.objects.create(
        icb_id=icb_id, listing=listing, every_weeks=every_weeks, first_on=first_on, starts=starts, minutes=minutes,
        place=place, chair=chair, made_at=note.at, made_by_id=by.id,
    )  # fmt: skip
    words = f"The register meeting is held every {every_weeks} weeks." if every_weeks > 1 else "It is held every week."
    note("meeting.cycle_set", words=words, icb_id=icb_id, subject="meeting_cycle", subject_id=cycle.pk)
    note.matter("meeting_cycle", cycle.pk)
    return cycle


def plan_meeting(
    note: Notes, *, icb_id: int, listing: str, starts_at: datetime, minutes: int, place: str, chair: Actor, by: Me
) -> Meeting:
    """A meeting with a time and a chair. Whoever was asked to the one before is asked again."""
    if not runs_meetings(by, icb_id):
        raise Refused("may_not_run_meeting", "A register meeting is planned by the register team of this ICB.")
    last = Meeting.objects.filter(icb_id=icb_id, listing=listing).exclude(state="called_off").order_by("-starts_at")
    meeting = Meeting.objects.create(
        icb_id=icb_id, listing=listing, starts_at=starts_at, minutes=minutes, place=place, chair=chair,
        planned_at=note.at, planned_by_id=by.id,
    )  # fmt: skip
    before = last.exclude(pk=meeting.pk).first()
    again = MeetingAttendance.objects.filter(meeting=before, actor__left_on=None) if before else ()
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(
            icb_id=icb_id, meeting=meeting, actor_id=one.actor_id, organisation_id=one.organisation_id, side=one.side
        )
        for one in again
    )
    _say(note, meeting, "planned", "A register meeting was planned.")
    return meeting


def change_meeting(note: Notes, *, meeting: Meeting, by: Me, **changes: Any) -> None:
    """Another time, place or chair. Whoever was told of the first one is told again when the agenda is sent."""
    check_runs(by, meeting)
    check_possible(meeting, "change")
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(changes))
    _say(note, meeting, "changed", "A register meeting was changed.")


def ask_to_meeting(
    note: Notes, *, meeting: Meeting, actor: Actor, organisation: Organisation, side: str, by: Me
) -> MeetingAttendance:
    """Asks somebody to the meeting. Once the agenda was sent they read theirs at once."""
    check_runs(by, meeting)
    check_possible(meeting, "ask")
    if MeetingAttendance.objects.filter(meeting=meeting, actor=actor).exists():
        raise NotNow("asked_already", f"{actor.name} is asked already.")
    asked = MeetingAttendance.objects.create(
        icb_id=meeting.icb_id, meeting=meeting, actor=actor, organisation=organisation, side=side,
        came=MeetingAttendance.Came.THERE if meeting.state == Meeting.State.OPEN else MeetingAttendance.Came.ASKED,
        asked_at=note.at if meeting.agenda_sent_at else None,
    )  # fmt: skip
    _say(note, meeting, "asked", f"{actor.name} was asked to a register meeting.")
    return asked


def say_who_came(note: Notes, *, meeting: Meeting, there: Iterable[int], by: Me) -> None:
    """there: the attendances of those who are here. The others sent apologies, or nobody knows."""
    check_runs(by, meeting)
    check_possible(meeting, "came")
    rows = MeetingAttendance.objects.filter(meeting=meeting)
    here = set(there)
    came = MeetingAttendance.Came
    rows.filter(pk__in=here).exclude(came=came.THERE).update(came=came.THERE)
    rows.exclude(pk__in=here).exclude(came=came.APOLOGIES).update(came=came.APOLOGIES)
    _say(note, meeting, "attended", "It was written down who is at a register meeting.")


def put_on_agenda(note: Notes, *, meeting: Meeting, proposed: Sequence[Proposed]) -> list[AgendaItem]:
    """Everybody of these who is not on it yet, after those who are; two statements, however many they are.

    No word about it on anybody's timeline: being talked about is told by what was decided.
    """
    on_it = set(AgendaItem.objects.filter(meeting=meeting).values_list("entry_id", flat=True))
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"] or 0
    new = [one for one in proposed if one.entry_id not in on_it]
    shared: dict[str, Any] = {
        "recorded_icb_id": meeting.icb_id,
        "recorded_by_id": note.by.id,
        "recorded_at": note.at,
        "happened_at": note.at,
        "retention_class": RetentionClass.REGISTER,
    }
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            **shared, topic=Topic.REGISTER, meeting=meeting, entry_id=one.entry_id, person_id=one.person_id,
            place=place, came_later=meeting.agenda_sent_at is not None,
        )
        for place, one in enumerate(new, last + 1)
    )  # fmt: skip
    AgendaReason.objects.bulk_create(
        AgendaReason(**shared, item=item, person_id=item.person_id, topic=topic, code=code, words=words[:400])
        for item, one in zip(items, new, strict=True)
        for topic, code, words in one.reasons
    )
    return items


def add_to_agenda(note: Notes, *, meeting: Meeting, entry: RegisterEntry, because: str, by: Me) -> AgendaItem:
    """Somebody whom nothing moved, or who came late: by name, with a reason. Raises NotNow if they are on it."""
    check_runs(by, meeting)
    check_possible(meeting, "add")
    if entry.removed_on or entry.icb_id != meeting.icb_id or entry.listing != meeting.listing:
        raise NotNow("not_on_register", "They are not on the register that this meeting is about.")
    why = (Topic.REGISTER.value, "added", text.ADDED.format(name=by.name, because=because))
    made = put_on_agenda(note, meeting=meeting, proposed=[Proposed(entry.pk, entry.person_id, [why])])
    if not made:
        raise NotNow("on_agenda", "They are on the agenda already.")
    _say(note, meeting, "added", "Somebody was added to the agenda of a register meeting.")
    return made[0]


def leave_for_next_time(note: Notes, *, item: AgendaItem, because: str, by: Me) -> None:
    """Not this time, and why: they stand first at the next meeting. The item is locked by the caller."""
    check_runs(by, item.meeting)
    check_possible(item.meeting, "leave")
    check_waits(item)
    item.state = AgendaItem.State.LEFT
    item.save(update_fields=["state"])
    AgendaReason.objects.create(
        item=item, person_id=item.person_id, topic=Topic.REGISTER, code="left", words=because[:400],
        recorded_icb_id=item.recorded_icb_id, recorded_by_id=note.by.id, recorded_at=note.at, happened_at=note.at,
        retention_class=RetentionClass.REGISTER,
    )  # fmt: skip
    _say(note, item.meeting, "left", "Somebody was left for the next register meeting.")


def open_meeting(note: Notes, *, meeting: Meeting, proposed: Sequence[Proposed], by: Me) -> None:
    """The agenda is fixed now: what moved since it was sent comes to it. The meeting is locked by the caller."""
    check_runs(by, meeting)
    check_possible(meeting, "open")
    if Meeting.objects.filter(icb=meeting.icb_id, listing=meeting.listing, state="open").exists():
        raise NotNow("another_open", "Another register meeting is going on. Close it first.")
    put_on_agenda(note, meeting=meeting, proposed=proposed)
    meeting.state, meeting.opened_at = Meeting.State.OPEN, note.at
    fields = ["state", "opened_at"]
    if meeting.agenda_sent_at is None:
        meeting.agenda_sent_at = note.at
        fields.append("agenda_sent_at")
        MeetingAttendance.objects.filter(meeting=meeting, asked_at=None).update(asked_at=note.at)
    meeting.save(update_fields=fields)
    _say(note, meeting, "opened", "A register meeting was opened.")


def close_meeting(note: Notes, *, meeting: Meeting, by: Me) -> None:
    """Whoever was not reached stands first next time; nothing in the minutes changes from here on."""
    check_runs(by, meeting)
    check_possible(meeting, "close")
    meeting.state, meeting.closed_at = Meeting.State.CLOSED, note.at
    meeting.save(update_fields=["state", "closed_at"])
    _say(note, meeting, "closed", "A register meeting was closed.")


def call_off(note: Notes, *, meeting: Meeting, because: str, by: Me) -> None:
    """It is not held. Whoever was on its agenda comes on the next one."""
    check_runs(by, meeting)
    check_possible(meeting, "call_off")
    meeting.state, meeting.called_off_because = Meeting.State.CALLED_OFF, because
    meeting.save(update_fields=["state", "called_off_because"])
    _say(note, meeting, "called_off", "A register meeting was called off.")
