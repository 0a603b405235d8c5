"""What the job worker does for referrals."""

from procrastinate.contrib.django import app

from alongside.features.referrals.drafts import delete_expired
from alongside.features.referrals.schools.operations import send_due
from alongside.foundation import clock


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="expired drafts")
def delete_expired_drafts(timestamp: int = 0) -> None:
    """Each night: forms that nobody sent and whose time is over."""
    delete_expired(clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="links of schools", lock="links of schools")
def send_links_of_schools(timestamp: int = 0) -> None:
    """Every two minutes: links of a round that was started, and reminders on their day."""
    send_due(clock.now())
