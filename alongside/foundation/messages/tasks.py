"""What the job worker does for messages."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from alongside.foundation import clock


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="post", pass_context=True)
def post(context: JobContext, timestamp: int = 0) -> None:
    """Sends what is due."""
    from alongside.foundation.messages.providers import carrier
    from alongside.foundation.messages.sending import send_waiting

    send_waiting(clock.now, carrier(), stop=context.should_abort)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="arrivals")
def arrivals(timestamp: int = 0) -> None:
    """Asks after what was sent."""
    from alongside.foundation.messages.providers import carrier
    from alongside.foundation.messages.sending import ask_whether_arrived

    ask_whether_arrived(clock.now, carrier())
