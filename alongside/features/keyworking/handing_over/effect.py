"""A hand-over takes effect on its day: in one transaction, all of it or none. Done twice it does no harm."""

import logging
from datetime import date, datetime

from django.db import DatabaseError

from alongside.features.keyworking.caseloads import caseload_rules_of
from alongside.features.keyworking.handing_over.operations import MATTER, add_missing_lines, open_one, open_work_of
from alongside.features.keyworking.handing_over.queries import Line, list_lines, taker_of, unsettled
from alongside.features.keyworking.handing_over.work import Item, move_work
from alongside.features.keyworking.models import Allocation, HandOver
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes, NothingNoted, recording
from alongside.policy.counting import local_day

log = logging.getLogger(__name__)


def take_effect(note: Notes, *, hand_over: HandOver) -> None:
    """Whoever was agreed is the keyworker from today; every other piece of work has its new owner.

    Raises NotNow before its day, and when something came in since it was agreed that has no taker: then it is prepared
    once more, and nothing has changed hands.
    """
    hand_over = open_one(hand_over.pk)
    today = local_day(note.at)
    if hand_over.state != HandOver.State.AGREED:
        raise NotNow("not_agreed", "It is not agreed yet. Say who takes over, and tell each family.")
    if today < hand_over.from_date:
        raise NotNow("too_early", "Its day has not come.")
    with context.as_engine():
        if add_missing_lines(note, hand_over):
            raise NotNow("more_came", "They were given somebody more since. Call it off, or name a keyworker for them.")
        lines = list_lines(None, hand_over, caseload_rules_of(hand_over.icb), today)
        if missing := unsettled(hand_over, lines):
            raise NotNow("unsettled", " ".join(missing))
        work = open_work_of(hand_over)
        if hand_over.reason == HandOver.Reason.LEAVING:
            for line in lines:
                _hand_on(note, line, today)
        hand_over.moved = _move(note, hand_over, lines, work)
        hand_over.state, hand_over.closed_at = HandOver.State.DONE, note.at
        hand_over.save(update_fields=["moved", "state", "closed_at"])
    words = f"The hand-over from {hand_over.worker.name} took effect."
    note("hand_over.done", words=words, icb_id=hand_over.icb_id, hand_over=hand_over.pk)
    note.matter(MATTER, hand_over.pk)


def _hand_on(note: Notes, line: Line, today: date) -> None:
    """One person. A designated keyworker is followed in the same breath: there is no day without one."""
    row, held = line.row, line.row.allocation
    known = {"person": row.person, "worker": row.taker, "over_limit_because": row.over_limit_because}
    if row.made and row.made.to_date is None:
        end_allocation(note, allocation=row.made, on=max(today, row.made.from_date))
    on = max(today, held.from_date)
    if row.taker and line.part == Allocation.Part.DESIGNATED:
        # This ends the time of the one before.
        allocate(note, part=line.part, from_date=on, because=row.because, **known)  # type: ignore[arg-type]
        if row.beside_until and row.beside_until > today:
            _stays_beside(note, line, today)
        return
    until = held.to_date
    end_allocation(note, allocation=held, on=on)
    if row.taker and line.part != Allocation.Part.OUTGOING:
        allocate(note, part=line.part, from_date=on, to_date=until, because=row.because, **known)  # type: ignore[arg-type]


def _stays_beside(note: Notes, line: Line, today: date) -> None:
    allocate(
        note,
        person=line.row.person,
        worker=line.row.allocation.worker,
        part=Allocation.Part.OUTGOING,
        from_date=today,
        to_date=line.row.beside_until,
        because="Stays beside the new keyworker for a time.",
    )


def _move(note: Notes, hand_over: HandOver, lines: list[Line], work: list[Item]) -> dict[str, int]:
    """Every other piece of work to its taker. How many of each kind."""
    counts: dict[str, int] = {}
    by_taker: dict[int, list[Item]] = {}
    for item in work:
        by_taker.setdefault(taker_of(hand_over, lines, item) or 0, []).append(item)
        counts[item.kind] = counts.get(item.kind, 0) + 1
    takers = Actor.objects.in_bulk(by_taker)
    for taker_id, items in sorted(by_taker.items()):
        move_work(note, items, takers[taker_id])
    return counts


def take_effect_of_all(at: datetime) -> int:
    """For the worker: every agreed hand-over whose day has come, each by itself, in the name of whoever agreed it.

    One that can't take effect stays due, and late, to the keyworking team, and holds up no other. How many did.
    """
    done = 0
    with context.as_engine():
        agreed = HandOver.objects.filter(state=HandOver.State.AGREED, from_date__lte=local_day(at))
        for hand_over in agreed.select_related("agreed_by").order_by("pk"):
            try:
                with recording(by=hand_over.agreed_by or hand_over.begun_by, at=at) as note:
                    take_effect(note, hand_over=hand_over)
                done += 1
            except NotNow:
                continue
            except (Refused, NothingNoted, DatabaseError) as stopped:
                # Rolled back by itself. Names stay out of the log: only which one, and what kind of stop.
                log.error("hand-over %s did not take effect: %s", hand_over.pk, type(stopped).__name__)
    return done
