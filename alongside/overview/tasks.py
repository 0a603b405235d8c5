"""What the job worker does for the overview."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from alongside.foundation import clock
from alongside.overview.recounting import count_all


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="recount", pass_context=True)
def recount(context: JobContext, timestamp: int = 0) -> None:
    """Works through the recounts that wait. Told to stop, it ends after the batch it is at."""
    for _counted in count_all(clock.now, context.should_abort):
        pass
