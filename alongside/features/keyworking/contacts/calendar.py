"""A worker's calendar as a feed: what is due and planned, by day, without a name. The address is the only key to it.

It is read under the worker's own identity, for the length of one answer: what they may not see is not in it.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from alongside.features.keyworking.models import Appointment, CalendarFeed
from alongside.foundation.access import context
from alongside.foundation.access.me import Me, end_key, find_me, open_key
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes

#: How far the feed reaches, back and ahead.
BACK, AHEAD = timedelta(days=28), timedelta(days=180)
MOST = 500
#: A calendar program asks again after so long.
REFRESH = "PT1H"


@dataclass(frozen=True)
class Entry:
    """One line of the calendar. A day alone stands at no time of day."""

    uid: str
    says: str
    starts: datetime | date
    minutes: int = 0


def make_feed(note: Notes, *, actor_id: int) -> str:
    """A new secret address; the one before is closed. The secret is told once and not kept."""
    _end(note, actor_id)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(actor_id=actor_id, digest=_digest(secret), made_at=note.at)
    note("calendar_feed.made", words="An address for their calendar was made.", icb_id=None)
    return secret


def end_feed(note: Notes, *, actor_id: int) -> None:
    """Nobody reads the calendar by its address any more."""
    _end(note, actor_id)
    note("calendar_feed.ended", words="The address of their calendar was closed.", icb_id=None)


def _end(note: Notes, actor_id: int) -> None:
    CalendarFeed.objects.filter(actor_id=actor_id, ended_at=None).update(ended_at=note.at)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


@contextmanager
def reading_as_its_owner(secret: str, at: datetime) -> Iterator[Me | None]:
    """Inside, statements are asked by the worker whose feed it is; None for a closed address or one who has left."""
    with context.as_engine():
        feed = CalendarFeed.objects.select_related("actor").filter(digest=_digest(secret), ended_at=None).first()
    if feed is None or not _is_here(feed.actor, at):
        yield None
        return
    key = open_key(feed.actor_id, kind="command", factor="calendar", at=at)
    with context.asking_with(key):
        try:
            yield find_me(at)
        finally:
            end_key(at)


def _is_here(actor: Actor, at: datetime) -> bool:
    return actor.left_on is None or actor.left_on > at.astimezone(LONDON).date()


def planned(me: Me, at: datetime) -> list[tuple[int, Entry]]:
    """(person, line) of one's own appointments, past and to come."""
    rows = (
        Appointment.objects.visible_to(me)
        .select_related("person")
        .filter(worker_id=me.id, called_off_at=None, superseded_by=None)
        .filter(starts_at__gte=at - BACK, starts_at__lt=at + AHEAD)
        .order_by("starts_at", "id")[:MOST]
    )
    return [(row.person_id, _line(row)) for row in rows]


def _line(row: Appointment) -> Entry:
    return Entry(f"appointment-{row.pk}", row.person.reference, row.starts_at, row.minutes)


def as_ics(entries: list[Entry], *, name: str, at: datetime, host: str) -> str:
    """The calendar as text (RFC 5545): lines of at most 75 octets, ends of line as it asks for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_plain(name)}//Calendar//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_plain(name)}", f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"]
    for one in entries:
        lines += ["BEGIN:VEVENT", f"UID:{one.uid}@{host}", f"DTSTAMP:{_stamp(at)}", *_when(one)]
        lines += [f"SUMMARY:{_plain(one.says)}", "CLASS:PRIVATE", "END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _when(one: Entry) -> list[str]:
    if isinstance(one.starts, datetime):
        end = one.starts + timedelta(minutes=one.minutes)
        return [f"DTSTART:{_stamp(one.starts)}", f"DTEND:{_stamp(end)}"]
    return [f"DTSTART;VALUE=DATE:{one.starts:%Y%m%d}", f"DTEND;VALUE=DATE:{one.starts + timedelta(days=1):%Y%m%d}",
            "TRANSP:TRANSPARENT"]  # fmt: skip


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > 73:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
