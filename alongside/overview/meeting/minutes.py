"""The minutes of a meeting as one reader may read them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from alongside.features.actions.queries import list_of_origin
from alongside.features.register.models import Meeting, MeetingAddendum, MeetingAttendance, MeetingDecision
from alongside.foundation.access.me import Me
from alongside.foundation.documents.letters import Letter, Section
from alongside.foundation.nhsuk.filters import day
from alongside.overview.meeting.reading import Line, read_lines

NOT_YOURS_TO_READ = "They were talked about. What was decided is not yours to read; ask their keyworker."


def read_minutes(me: Me, meeting: Meeting) -> list[Line]:
    """Everybody who is the reader's to know of, with decision, corrections and actions. Five statements."""
    lines = read_lines(me, meeting)
    ids = [line.item.pk for line in lines]
    decided = MeetingDecision.objects.visible_to(me).filter(item__in=ids, superseded_by=None)
    decisions = {one.item_id: one for one in decided.select_related("recorded_by", "rating")}
    addenda = list(
        MeetingAddendum.objects.visible_to(me).filter(item__in=ids).select_related("recorded_by").order_by("pk")
    )
    actions = list_of_origin(me, "meeting", [meeting.pk])
    return [
        replace(
            line,
            decision=decisions.get(line.item.pk),
            addenda=tuple(one for one in addenda if one.item_id == line.item.pk),
            actions=tuple(one for one in actions if one.person_id == line.item.person_id),
        )
        for line in lines
    ]


def as_letter(
    meeting: Meeting, lines: Sequence[Line], attendances: Sequence[MeetingAttendance], *, reader: str, on: date
) -> Letter:
    """For paper: names the reader, so that a page that is found says whose it was."""
    there = [one for one in attendances if one.came == MeetingAttendance.Came.THERE]
    away = [one for one in attendances if one.came == MeetingAttendance.Came.APOLOGIES]
    people = [
        Section(heading="There", points=tuple(f"{one.actor.name}, {one.organisation.name}" for one in there)),
        Section(heading="Apologies", points=tuple(f"{one.actor.name}, {one.organisation.name}" for one in away)),
    ]
    return Letter(
        title=f"Register meeting of {day(meeting.held_at)}",
        on=on,
        sender=meeting.icb.name,
        paragraphs=(
            f"Minutes, as {reader} may read them on {day(on)}. Chair: {meeting.chair.name}.",
            "Confidential. Not for a family: what was decided is told to them in person.",
        ),
        sections=tuple(one for one in people if one.points) + tuple(map(_section, lines)),
    )


def _section(line: Line) -> Section:
    decision = line.decision
    words = [reason.words for reason in line.reasons]
    if decision:
        words.append(f"Decided: {decision.decided}")
        words += [f"Rated {decision.rating.colour}."] if decision.rating else []
        words += [f"Seen differently: {decision.dissent}"] if decision.dissent else []
        words.append(f"{'Quorate' if decision.quorate else 'Not quorate'}. {decision.quorum}")
    elif line.item.state == "discussed":
        words.append(NOT_YOURS_TO_READ)
    else:
        words.append(f"{line.item.get_state_display()}.")
    words += [f"Corrected by {one.recorded_by.name}, {day(one.recorded_at)}: {one.said}" for one in line.addenda]
    return Section(
        heading=f"{line.number}. {line.item.person.shown_name}",
        paragraphs=tuple(words),
        points=tuple(f"{one.what} {one.owner.name}, by {day(one.due_on)}." for one in line.actions),
    )
