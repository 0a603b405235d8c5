"""Writing and reading the sign that a regular job ran."""

from datetime import datetime

from django.db import connection

from alongside.foundation.access import context
from alongside.foundation.jobs.models import JobBeat

WORKER = "worker"

#: The worker's beat comes every 30 seconds; four missed ones mean that it is down.
BEAT_SECONDS = 30
LATE_AFTER_SECONDS = 4 * BEAT_SECONDS


def record_beat(name: str, at: datetime) -> None:
    """This job ran at this moment."""
    with context.as_engine(), connection.cursor() as cursor:
        cursor.execute(
            "insert into jobs_jobbeat (name, at) values (%s, %s) on conflict (name) do update set at = excluded.at",
            [name, at],
        )


def find_beat(name: str) -> datetime | None:
    """When this job last ran; None for never."""
    return JobBeat.objects.filter(name=name).values_list("at", flat=True).first()


def is_alive(beat: datetime | None, at: datetime) -> bool:
    """Whether a beat is fresh enough for its job to be taken as running."""
    return beat is not None and (at - beat).total_seconds() <= LATE_AFTER_SECONDS
