"""What the job worker does for families."""

from procrastinate.contrib.django import app

from alongside.foundation import clock
from alongside.portal.asking_after import send_due


@app.periodic(cron="7 10 * * *")
@app.task(queueing_lock="questions afterwards", lock="questions afterwards")
def send_questions_afterwards(timestamp: int = 0) -> None:
    """Each morning at ten: the one question after keyworking had ended."""
    send_due(clock.now())
