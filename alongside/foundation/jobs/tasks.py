"""The worker's regular tasks that know nothing of the service."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from alongside.foundation import clock
from alongside.foundation.jobs.beats import WORKER, record_beat

#: A worker without a heartbeat for this long has died; its job is given to another.
DEAD_AFTER_SECONDS = 60

# Times are written as minute, hour, day, month, weekday and last of all second.


@app.periodic(cron="* * * * * */30")
@app.task(queueing_lock="beat", priority=100)
def beat(timestamp: int) -> None:
    """Says that the worker is alive, for the health page."""
    record_beat(WORKER, clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal", lock="seal")
def seal(timestamp: int) -> None:
    """Seals what was recorded since the last minute."""
    from alongside.foundation.recording.seal import seal_now

    seal_now(clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep", pass_context=True)
async def sweep(context: JobContext, timestamp: int) -> None:
    """Gives the jobs of a worker that died to one that lives.

    Where the same work waits already, the dead one's job only holds its lock, and is taken away.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
