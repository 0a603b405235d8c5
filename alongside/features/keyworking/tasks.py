"""What the job worker does for keyworking."""

from procrastinate.contrib.django import app

from alongside.features.keyworking.contacts.drafts import delete_expired_drafts
from alongside.features.keyworking.handing_over.effect import take_effect_of_all
from alongside.features.keyworking.planning_ahead.operations import work_out_what_if
from alongside.features.keyworking.proposing import work_out
from alongside.foundation import clock


@app.task(lock="proposals")
def work_out_proposal(proposal_id: int) -> None:
    """Finds the joint plan that somebody asked for. Done again after a crash it does no harm."""
    work_out(proposal_id, clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="hand_overs", lock="hand_overs")
def hand_over_today(timestamp: int) -> None:
    """Agreed hand-overs whose day has come take effect. Until then, and if it fails, they stay due to the team."""
    take_effect_of_all(clock.now())


@app.periodic(cron="38 3 * * *")
@app.task(queueing_lock="expired contact drafts")
def delete_expired_contacts_begun(timestamp: int = 0) -> None:
    """Each night: contacts that somebody began to write down and did not go on with."""
    delete_expired_drafts(clock.now())


@app.task(lock="what_ifs")
def find_what_if(number: int) -> None:
    """Works out a question about the months ahead. Done again after a crash it does no harm."""
    work_out_what_if(number, clock.now())
