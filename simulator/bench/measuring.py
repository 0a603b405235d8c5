"""Pages measured beside the floor, request by request, and the engine measured from nothing."""

import time
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.overview.engine.storing import refresh
from simulator.bench.pages import Page

WARM = 12
COUNTED = 6
FLOOR = "/bench/floor"
ENGINE_SECONDS, ENGINE_BATCH = 30.0, 500


@dataclass
class Measured:
    """Milliseconds of server time of a page and of the floor asked in between; round trips; answers in error."""

    page: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    trips: list[int] = field(default_factory=list)
    errors: int = 0
    wrong: str = ""

    def told(self) -> dict[str, Any]:
        if not self.page:
            return {"p50_ms": None, "p95_ms": None, "queries": None, "floor_ratio": None}
        return {
            "p50_ms": round(median(self.page), 2),
            "p95_ms": round(sorted(self.page)[int(len(self.page) * 0.95)], 2),
            "queries": max(self.trips, default=0),
            "floor_ratio": round(median(self.page) / median(self.floor), 2),
        }


def measure(page: Page, times: int) -> Measured:
    """Each request is followed by one of the floor by the same person. Warmed first; round trips counted apart."""
    found = Measured()
    for turn in range(WARM + COUNTED + times):
        asker, ask = page.prepare()
        if turn < WARM + COUNTED:
            answer = asker.counted(ask) if turn >= WARM else ask()
            if turn >= WARM:
                found.trips.append(answer.trips)
            asker.get(FLOOR)
        else:
            answer = ask()
            found.page.append(answer.seconds * 1000)
            floor = asker.get(FLOOR)
            found.floor.append(floor.seconds * 1000)
            found.errors += floor.is_error
        if answer.is_error:
            found.errors += 1
            found.wrong = found.wrong or f"{page.name} answered {answer.status} {answer.location}"
    return found


def install_floor() -> None:
    """Adds the floor's address; everything else is the product's own."""
    settings.ROOT_URLCONF = "simulator.bench.floor"


def measure_engine(seconds: float = ENGINE_SECONDS) -> float:
    """People a second whose duties and list rows are worked out from nothing: read, computed, written.

    One core: this process waits while the database works, and the other way round. Afterwards all is as before.
    """
    people, spent, at = 0, 0.0, clock.now()
    with context.as_engine():
        with connection.cursor() as cursor:
            cursor.execute("select id from people_person order by id")
            ids = [number for (number,) in cursor.fetchall()]
        for start in range(0, len(ids), ENGINE_BATCH):
            batch = ids[start : start + ENGINE_BATCH]
            with transaction.atomic():
                _forget(batch)
                began = time.perf_counter()
                people += refresh(batch, at)
                spent += time.perf_counter() - began
            if spent >= seconds:
                break
    return people / spent if spent else 0.0


def _forget(person_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        for table in ("overview_duty", "overview_registerrow"):
            cursor.execute(f"delete from {table} where person_id = any(%s)", [person_ids])


def most_needed(times: int) -> int:
    """How many people of each area the pages go through."""
    return times + WARM + COUNTED
