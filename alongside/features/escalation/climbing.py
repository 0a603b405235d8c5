"""Asking whoever an escalation came to by time alone: it climbed, or somebody is away from today.

Their duty is right without it; this only leads them there.
"""

import logging
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Q

from alongside.features.escalation.access import is_closed
from alongside.features.escalation.asking import ask_whoever_has_it
from alongside.features.escalation.lifecycle import OPEN
from alongside.features.escalation.models import Addressee, Escalation, EscalationLink
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.messages.models import Message
from alongside.foundation.recording.recording import NothingNoted, recording

log = logging.getLogger(__name__)
#: Of what came to them longer ago the duty has been late for days, and others see it.
LOOKS_BACK = timedelta(days=7)


def ask_of_all(at: datetime) -> int:
    """For the worker: each escalation that became somebody else's lately, without an act. How many were asked."""
    with context.as_engine():
        before = Addressee.objects.filter(
            escalation=OuterRef("escalation"), officer=OuterRef("officer"), level=OuterRef("level"),
            to_at=OuterRef("from_at"),
        )  # fmt: skip
        rows = Addressee.objects.filter(
            Q(to_at=None) | Q(to_at__gt=at), ~Exists(before), from_at__lte=at, from_at__gt=at - LOOKS_BACK,
            officer__isnull=False, escalation__state__in=OPEN,
        )  # fmt: skip
        came = list(rows.select_related("officer__actor", "escalation__person", "escalation__recorded_by"))
        return sum(_ask(has, at) for has in sorted(came, key=lambda has: has.pk))


def _ask(has: Addressee, at: datetime) -> bool:
    row = has.escalation
    if is_closed(row.person, row.topic) or _was_asked(has):
        return False
    try:
        with recording(by=row.recorded_by, at=at) as note:
            # Two workers at once: the second waits here, and finds that they were asked.
            Escalation.objects.select_for_update(of=("self",)).get(pk=row.pk)
            if not _was_asked(has):
                words = f"Put to level {has.level} by itself: {row.what}"
                note.of("escalation.came", row, words=words, **({} if row.told else {"untold": True}))
                ask_whoever_has_it(note, row, once=f"came:{has.level}:{has.from_at.date().isoformat()}")
    except (NotNow, Refused, NothingNoted, DatabaseError) as stopped:
        # Rolled back by itself; the duty stands. Only which one and what kind of stop is logged.
        if not isinstance(stopped, NothingNoted):
            log.error("escalation %s: nobody was asked: %s", row.pk, type(stopped).__name__)
        return False
    return True


def _was_asked(has: Addressee) -> bool:
    """Whether a message or a link went to them since it was theirs; and somebody who can only be rung."""
    since = has.from_at
    if EscalationLink.objects.filter(escalation=has.escalation_id, officer=has.officer_id, made_at__gte=since).exists():
        return True
    address = f"/escalations/{has.escalation_id}"
    said = Message.objects.filter(to_actor=has.actor_id, kind="escalation.asked", link=address, made_at__gte=since)
    return said.exists() or not _can_be_written_to(has)


def _can_be_written_to(has: Addressee) -> bool:
    assert has.officer is not None
    return bool(has.officer.reach) or has.officer.actor.roles.filter(to_date=None).exists()
