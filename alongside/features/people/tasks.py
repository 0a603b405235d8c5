"""What the job worker does for people's records."""

from procrastinate.contrib.django import app

from alongside.features.people.agreement.operations import delete_expired_drafts
from alongside.foundation import clock


@app.periodic(cron="33 3 * * *")
@app.task(queueing_lock="expired askings")
def delete_expired_askings(timestamp: int = 0) -> None:
    """Each night: pages of an asking with which nobody went on."""
    delete_expired_drafts(clock.now())
