"""What the job worker does for escalations."""

from procrastinate.contrib.django import app

from alongside.features.escalation.climbing import ask_of_all
from alongside.foundation import clock


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="escalations that climbed", lock="escalations that climbed")
def ask_of_what_climbed(timestamp: int = 0) -> None:
    """Every ten minutes: whoever an escalation came to by time alone is told. Until then it is due to them."""
    ask_of_all(clock.now())
