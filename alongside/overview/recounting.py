"""Counting again everybody whom a changed rule, holiday or commencement date touches: in batches, visibly."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from alongside import policy
from alongside.features.people.models import Person
from alongside.foundation.access import context
from alongside.overview import engine
from alongside.overview.engine.matters import kinds, list_ids, refresh_matters
from alongside.overview.engine.storing import refresh
from alongside.overview.models import Recount, RegisterRow

#: People in one transaction: large enough to be quick, small enough that nobody waits for a lock.
BATCH = 500

# Versions of the rules are numbers of recounts (see `engine/rulesets.py`). Two changes at once would otherwise
# be numbered in one order and seen in the other.
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('overview.recount'))"
_WITHIN = "from people_person where id > %s and (%s::bigint is null or icb_id = %s)"


@dataclass(frozen=True)
class Progress:
    """How far a recount is: '312 of 1,204 people counted again'."""

    because: str
    asked_at: datetime
    counted: int
    people: int
    icb_id: int | None

    def __str__(self) -> str:
        return f"{self.counted:,} of {max(self.people, self.counted):,} people counted again"


def ask_recount(*, because: str, at: datetime, icb_id: int | None = None) -> Recount:
    """Queues a recount of one ICB's people, or of everybody. Call it in the transaction that changes the rules.

    From the moment it is committed every change of a record already follows the new rules.
    """
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(f"select count(*) {_WITHIN}", [0, icb_id, icb_id])
        (people,) = cursor.fetchone()
        return Recount.objects.create(icb_id=icb_id, because=because[:300], asked_at=at, people=people)


def ask_after_release(at: datetime) -> Recount | None:
    """Queues a recount of everybody when the rules' own code is not what it was at the last one asked for here."""
    because = f"The rules of this release ({_code_of_the_rules()})"
    with transaction.atomic(), context.as_engine():
        if Recount.objects.filter(because=because).exists() or not Person.objects.exists():
            return None
        return ask_recount(because=because, at=at)


def _code_of_the_rules() -> str:
    """A digest of the policy and the engine, as they are installed."""
    found = hashlib.sha256()
    for room in (Path(policy.__file__).parent, Path(engine.__file__).parent):
        for path in sorted(room.rglob("*.py")):
            if "tests" not in path.parts:
                found.update(path.read_bytes())
    return found.hexdigest()[:12]


def list_progress(areas: tuple[int, ...] | None = None) -> list[Progress]:
    """Recounts that are not done, the oldest first; of these areas and of everybody when `areas` is given."""
    waiting = Recount.objects.filter(done_at=None).order_by("id")
    return [
        Progress(row.because, row.asked_at, row.counted, row.people, row.icb_id)
        for row in waiting
        if areas is None or row.icb_id is None or row.icb_id in areas
    ]


def count_batch(at: datetime, *, wait: bool = False) -> int | None:
    """Counts the next people of the oldest recount again. How many; None when no recount waits.

    Another worker that is at it already is left alone, or waited for.
    """
    with transaction.atomic(), context.as_engine(), connection.cursor() as cursor:
        pending = Recount.objects.filter(done_at=None).order_by("id")
        waiting = pending.select_for_update(skip_locked=not wait).first()
        if waiting is None:
            return None
        cursor.execute(
            f"select id {_WITHIN} order by id limit %s",
            [waiting.reached_person_id, waiting.icb_id, waiting.icb_id, BATCH],
        )
        ids = [number for (number,) in cursor.fetchall()]
        if ids:
            refresh(ids, at)
            waiting.reached_person_id = ids[-1]
            waiting.counted += len(ids)
        if len(ids) < BATCH:
            for kind in kinds():
                refresh_matters(kind, list_ids(kind, waiting.icb_id))
            waiting.done_at = at
        waiting.save(update_fields=["reached_person_id", "counted", "done_at"])
        return len(ids)


def count_turned(at: datetime) -> int:
    """Counts everybody again whose line of the list told of something that has ended by itself. How many."""
    found = 0
    while True:
        with transaction.atomic(), context.as_engine():
            turned = RegisterRow.objects.filter(changes_at__lte=at).order_by("changes_at")
            ids = sorted(set(turned.values_list("person_id", flat=True)[:BATCH]))
            if not ids:
                return found
            found += refresh(ids, at)


def count_all(
    now: Callable[[], datetime], stop: Callable[[], bool] = lambda: False, *, wait: bool = False
) -> Iterator[int]:
    """Batch after batch until none waits or `stop` says so; each batch is committed. Yields people counted so far."""
    counted = 0
    while not stop():
        more = count_batch(now(), wait=wait)
        if more is not None:
            counted += more
            yield counted
        elif not (wait and Recount.objects.filter(done_at=None).exists()):
            return
