"""What every story needs: a day that stands still, somebody signed in, and what is due."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import time_machine
from django.conf import settings
from django.test import Client

from alongside.foundation.access import context
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import Area, acting_as, key_of


def at(day: int, month: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of 2026 in England."""
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def on(day: int, month: int, hour: int = 10, minute: int = 0) -> AbstractContextManager[Any]:
    return time_machine.travel(at(day, month, hour, minute), tick=False)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def hidden(page: Any) -> dict[str, str]:
    """What a page's forms send back without being seen; the last of each name."""
    return dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.content.decode()))


def press(client: Client, address: str, **given: Any) -> Any:
    """Opens a page and sends its form."""
    return client.post(address, hidden(client.get(address)) | given)


def staff(area: Area, role: str) -> Client:
    client = Client()
    client.cookies[settings.KEY_COOKIE] = key_of(area.actors[role])
    return client


def act(area: Area, role: str, moment: datetime, operation: Callable[..., Any], **given: Any) -> Any:
    """One operation in one act, by whoever holds the role."""
    with acting_as(area.actors[role], moment) as me, recording(by=me, at=moment) as note:
        return operation(note, **{"by": me} | given)


def due_for(person_id: int) -> dict[str, Duty]:
    """What is due for a person, by the beginning of its key."""
    with context.as_engine():
        return {duty.key.partition(":")[0]: duty for duty in Duty.objects.filter(person_id=person_id)}


def colour_of(person_id: int) -> str:
    """The colour that counts now."""
    from alongside.features.register.models import Rating

    with context.as_engine():
        decided = Rating.objects.filter(person_id=person_id, standing="decided").order_by("rated_at", "id").last()
    return decided.colour if decided else ""
