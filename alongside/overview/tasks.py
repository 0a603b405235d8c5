"""What the job worker does for the overview."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from alongside.foundation import clock
from alongside.overview.recounting import count_all, count_turned


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="recount", pass_context=True)
def recount(context: JobContext, timestamp: int = 0) -> None:
    """Works through the recounts that wait. Told to stop, it ends after the batch it is at."""
    for _counted in count_all(clock.now, context.should_abort):
        pass


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="turn")
def turn(timestamp: int = 0) -> None:
    """What was next on the list and has ended by itself makes way for what comes after it."""
    count_turned(clock.now())
