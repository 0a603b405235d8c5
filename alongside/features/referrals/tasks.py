"""What the job worker does for referrals."""

from procrastinate.contrib.django import app

from alongside.features.referrals.drafts import delete_expired
from alongside.foundation import clock


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="expired drafts")
def delete_expired_drafts(timestamp: int = 0) -> None:
    """Each night: forms that nobody sent and whose time is over."""
    delete_expired(clock.now())
