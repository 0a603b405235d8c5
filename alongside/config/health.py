"""Whether the service is well: the database, the job worker, room on the disk. Says nothing of people."""

import shutil
from dataclasses import dataclass
from datetime import datetime

from django.db import Error
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from alongside.foundation.access.protected import open_to_all
from alongside.foundation.access.request import Request
from alongside.foundation.jobs.beats import WORKER, find_beat, is_alive
from alongside.foundation.launcher import default_data_dir

#: Below this much room the service is not well.
LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Health:
    """What was found at a moment. Ages in seconds, room in bytes; None when it could not be found out."""

    database: bool
    last_beat: datetime | None
    beat_age: int | None
    worker: bool
    disk_free: int
    disk: bool

    @property
    def is_well(self) -> bool:
        return self.database and self.worker and self.disk


def find_health(at: datetime) -> Health:
    """Asks the database and the disk."""
    try:
        beat, answers = find_beat(WORKER), True
    except Error:
        beat, answers = None, False
    free = _room()
    return Health(
        database=answers,
        last_beat=beat,
        beat_age=round((at - beat).total_seconds()) if beat else None,
        worker=is_alive(beat, at),
        disk_free=free,
        disk=free >= LEAST_FREE_BYTES,
    )


def _room() -> int:
    """Bytes free where the database and the audit's roots are kept, or here when that is elsewhere."""
    place = default_data_dir()
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


@open_to_all
def health(request: Request) -> HttpResponse:
    """200 when all is well, 503 when not; JSON for machines, a plain page for people."""
    found = find_health(request.at)
    status = 200 if found.is_well else 503
    if request.GET.get("format") == "json" or "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse(_plain(found), status=status)
    else:
        context = {"found": found, "at": request.at}
        response = render(request, "health.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _plain(found: Health) -> dict[str, object]:
    return {
        "well": found.is_well,
        "database": {"well": found.database},
        "worker": {
            "well": found.worker,
            "last_beat": found.last_beat.isoformat() if found.last_beat else None,
            "age_seconds": found.beat_age,
        },
        "disk": {"well": found.disk, "free_bytes": found.disk_free},
    }
