"""The log of a crisis: opened, written each day, closed. Each is called inside `recording()`."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from alongside.features.emergency import text
from alongside.features.emergency.access import check_may_log
from alongside.features.emergency.models import CrisisLog, LogEntry
from alongside.features.emergency.stamps import stamp
from alongside.features.people.ended import check_living
from alongside.features.people.operations import record_fact
from alongside.features.people.queries import Reach
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day


def open_log(
    note: Notes,
    *,
    reach: Reach,
    because: str,
    next_writer: int,
    next_at: datetime,
    by: Me,
    can_look: Collection[int],
) -> CrisisLog:
    """From now on somebody writes each day. Raises Refused, or NotNow while one is open already.

    can_look: who can open the record; the next entry is nobody else's.
    """
    check_may_log(by, reach)
    check_living(reach.person)
    _check_next(note, next_writer, next_at, can_look)
    if CrisisLog.objects.filter(person=reach.person, closed_at=None).exists():
        raise NotNow("open", "A log is open already. Write the next entry there.")
    return record_fact(
        note,
        CrisisLog,
        person=reach.person,
        topic=Topic.KEYWORKING,
        words=f"A daily log of a crisis was opened: {because}",
        code="crisis_log.opened",
        because=because,
        next_writer_id=next_writer,
        next_at=next_at,
        last_at=note.at,
    )


def write_entry(
    note: Notes,
    *,
    log: CrisisLog,
    reach: Reach,
    going: str,
    words: str,
    next_writer: int,
    next_at: datetime,
    by: Me,
    can_look: Collection[int],
) -> LogEntry:
    """What somebody found, and who looks next. The log then waits for that entry."""
    check_may_log(by, reach)
    now = _lock(log)
    _check_next(note, next_writer, next_at, can_look)
    entry = LogEntry.objects.create(
        **stamp(note, reach.person, Topic.KEYWORKING),
        log=now,
        going=going,
        words=words,
        next_writer_id=next_writer,
        next_at=next_at,
    )
    now.next_writer_id, now.next_at, now.last_at = next_writer, next_at, note.at
    now.save(update_fields=["next_writer", "next_at", "last_at"])
    how = LogEntry.Going(going).label.lower()
    note.of("crisis_log.written", entry, words=f"In the crisis it goes: {how}. {words}")
    return entry


def close_log(note: Notes, *, log: CrisisLog, reach: Reach, outcome: str, words: str, by: Me) -> None:
    """It is over, in one way or another; what goes on from here is written down."""
    check_may_log(by, reach)
    end_log(note, _lock(log), outcome=outcome, words=words)


def end_log(note: Notes, log: CrisisLog, *, outcome: str, words: str) -> None:
    """The same for a log whose row is locked, or is closed with the record."""
    log.closed_at, log.closed_by_id, log.outcome, log.closed_words = note.at, note.by.id, outcome, words
    log.save(update_fields=["closed_at", "closed_by", "outcome", "closed_words"])
    label = CrisisLog.Outcome(outcome).label.lower()
    note.of("crisis_log.closed", log, words=f"The log of a crisis was closed, {label}: {words}")


def _lock(log: CrisisLog) -> CrisisLog:
    now = CrisisLog.objects.select_for_update(of=("self",)).select_related("person").get(pk=log.pk)
    if now.closed_at is not None:
        raise NotNow("closed", text.STALE)
    return now


def _check_next(note: Notes, next_writer: int, next_at: datetime, can_look: Collection[int]) -> None:
    """The next entry is tomorrow at the latest: a crisis is looked at every day."""
    latest = datetime.combine(local_day(note.at) + timedelta(days=1), time(23, 59), LONDON)
    if next_at <= note.at:
        raise NotNow("past", "The next entry must be later than now. Correct its day or time.")
    if next_at > latest:
        raise NotNow("too_late", "In a crisis somebody looks every day: choose a time today or tomorrow.")
    if next_writer not in can_look:
        raise NotNow("cannot_look", "They can't open this record. Choose somebody else.")
