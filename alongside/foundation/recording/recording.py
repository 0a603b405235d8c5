"""`with recording(by=, at=) as note:` is the transaction. Leaving it without a note rolls back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.models import Event


class By(Protocol):
    """Whoever acts: anything with an id and a name."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


class NothingNoted(Exception):
    """A change that nobody described: it was rolled back."""


class AlreadyDone(Exception):
    """The same form was sent twice. The first one counted; nothing was done again."""


@dataclass
class Notes:
    """Collects what happened. Call it with a code in the past tense and the words for the timeline."""

    by: By
    at: datetime
    act: UUID
    events: list[Event] = field(default_factory=list)
    recount: set[int] = field(default_factory=set)
    matters: set[tuple[str, int]] = field(default_factory=set)

    def __call__(
        self,
        code: str,
        *,
        words: str,
        person_id: int | None = None,
        icb_id: int | None = None,
        topic: int | None = None,
        subject: str = "",
        subject_id: int | None = None,
        happened_at: datetime | None = None,
        **detail: Any,
    ) -> None:
        """`words` is a sentence in the past tense; `happened_at` defaults to now; `detail` must be JSON."""
        self.events.append(
            Event(
                act=self.act,
                ordinal=len(self.events) + 1,
                code=code,
                person_id=person_id,
                icb_id=icb_id,
                topic=topic,
                subject=subject,
                subject_id=subject_id,
                words=words[:400],
                detail=detail,
                by_id=self.by.id,
                by_name=self.by.name,
                happened_at=happened_at or self.at,
                recorded_at=self.at,
            )
        )
        if person_id:
            self.recount.add(person_id)

    def of(self, code: str, row: Any, *, words: str, **more: Any) -> None:
        """The same about a row: whose it is, its area, its topic and its number are read from the row itself.

        `more` says it where the row doesn't, or something else than the row.
        """
        known = {
            "person_id": row.person_id,
            "icb_id": getattr(row, "recorded_icb_id", None) or getattr(row, "icb_id", None),
            "topic": getattr(row, "topic", None),
            "subject": row._meta.model_name,
            "subject_id": row.pk,
        }
        self(code, words=words, **(known | more))

    @contextmanager
    def in_the_name_of(self, by: By) -> Iterator[None]:
        """What is noted and written inside is this actor's act, whatever goes wrong in it."""
        before, self.by = self.by, by
        try:
            yield
        finally:
            self.by = before

    def matter(self, kind: str, number: int) -> None:
        """What is due about this matter is worked out again in the same transaction (see `config/wiring.py`)."""
        self.matters.add((kind, number))


_AT_A_TIME = 1000
Effect = Callable[[Notes], None]
_same_transaction: list[Effect] = []


def wire(effect: Effect) -> None:
    """Adds a side effect in the same transaction. Called by `config/wiring.py` only."""
    if effect not in _same_transaction:
        _same_transaction.append(effect)


@contextmanager
def recording(*, by: By, at: datetime, once: UUID | None = None) -> Iterator[Notes]:
    """One transaction and one act. `once` is the form's token: a second submit raises AlreadyDone.

    Raises NothingNoted when the block ends without a note.
    """
    notes = Notes(by=by, at=at, act=once or uuid4())
    try:
        with transaction.atomic(), context.under_act(notes.act):
            yield notes
            if not notes.events:
                raise NothingNoted("A change was made and nobody said what happened.")
            _finish(notes)
    except NotNow as late:
        # A second submit may be stopped by what the first one changed; the act itself says that it was done.
        if once and _was_done(once):
            raise AlreadyDone("This was already saved.") from late
        raise
    except IntegrityError as clash:
        if once and "act_once" in str(clash):
            raise AlreadyDone("This was already saved.") from clash
        raise


def _finish(notes: Notes) -> None:
    """Side effects first, since they may have something to say; then every event. Both under the engine's identity."""
    with context.as_engine():
        for effect in _same_transaction:
            effect(notes)
        for first in range(0, len(notes.events), _AT_A_TIME):
            _write(notes.events[first : first + _AT_A_TIME])


def _was_done(act: UUID) -> bool:
    with context.as_engine():
        return Event.objects.filter(act=act).exists()


def _write(events: list[Event]) -> None:
    """One statement for all events, without asking for the rows back: a writer may not be allowed to read them."""
    columns = [f for f in Event._meta.concrete_fields if f.name not in ("id", "xid", "digest", "disposal_id")]
    row = "(" + ",".join(["%s"] * len(columns)) + ")"
    values = [f.get_db_prep_save(getattr(event, f.attname), connection) for event in events for f in columns]
    names = ",".join(f'"{f.column}"' for f in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"insert into recording_event ({names}) values {','.join([row] * len(events))}", values)
