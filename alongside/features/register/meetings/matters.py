"""The facts behind what is due about register meetings and their cycle. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Q

from alongside.features.register.models import Meeting, MeetingCycle
from alongside.foundation.clock import LONDON
from alongside.policy.duties import MeetingCycleFacts, MeetingFacts

CYCLE = "meeting_cycle"


def read_meetings(ids: Sequence[int]) -> Iterator[MeetingFacts]:
    for row in Meeting.objects.filter(pk__in=ids):
        gone = row.state == Meeting.State.CALLED_OFF
        yield MeetingFacts(
            kind="meeting",
            id=row.pk,
            icb_id=row.icb_id,
            opened_at=row.planned_at,
            closed_at=row.minutes_sent_at or (row.planned_at if gone else None),
            guard=0,
            owner_actor=row.chair_id,
            starts_at=row.starts_at,
            agenda_sent=row.agenda_sent_at is not None,
            over_at=row.closed_at,
        )


def list_meetings(icb_id: int | None) -> list[int]:
    rows = Meeting.objects.exclude(state=Meeting.State.CALLED_OFF).filter(minutes_sent_at=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def read_cycles(ids: Sequence[int]) -> Iterator[MeetingCycleFacts]:
    """The cycles, each with the last meeting of its register that was held. An area has one or two."""
    of_register = Meeting.objects.filter(icb_id=OuterRef("icb_id"), listing=OuterRef("listing"))
    coming = of_register.filter(state__in=(Meeting.State.PLANNED, Meeting.State.OPEN))
    cycles = list(MeetingCycle.objects.filter(pk__in=ids).annotate(planned=Exists(coming)))
    for row in cycles:
        held = Meeting.objects.filter(Q(icb_id=row.icb_id, listing=row.listing), state=Meeting.State.CLOSED)
        last = held.order_by("-starts_at").values_list("starts_at", flat=True).first()
        yield MeetingCycleFacts(
            kind=CYCLE,
            id=row.pk,
            icb_id=row.icb_id,
            opened_at=row.made_at,
            closed_at=row.ended_at,
            guard=0,
            last_on=last.astimezone(LONDON).date() if last else None,
            next_planned=row.planned,
        )


def list_cycles(icb_id: int | None) -> list[int]:
    rows = MeetingCycle.objects.filter(ended_at=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))
