"""Something that the family was told of is at another time now, or does not happen: they hear of it in the same act.

The message says that something has changed and leads to their page; it names nobody. Whoever may not know where the
young person is reads no appointment, so they are told of none.
"""

from alongside.features.keyworking.handing_over.telling import family_accounts
from alongside.features.keyworking.models import Appointment
from alongside.features.people.ended import DIED
from alongside.features.people.models import Guard
from alongside.foundation.accounts.models import FamilyAccount
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.portal.reviewed import HOME, who_reads

SUBJECT = "Something that we planned has changed"
BODIES = {
    "appointment.moved": "Something that we planned with you has a new day or time. Your page says when it is.",
    "appointment.called_off": "Something that we planned with you does not happen. Your page says why.",
}


def tell_family_of_changes(notes: Notes) -> None:
    """Once for each reader and change. Another worker, or a tick for the family's pages, is no change of the day."""
    for event in list(notes.events):
        moved = event.code == "appointment.moved" and bool((event.detail or {}).get("was"))
        if not moved and event.code != "appointment.called_off":
            continue
        found = Appointment.objects.select_related("person").get(pk=event.subject_id or 0)
        person = found.person
        if not found.told or found.called_off_because == DIED or person.died_on or person.guard == Guard.CLOSED:
            continue
        readers = who_reads(person.pk, notes.at, Topic.KEYWORKING)
        for account in family_accounts([person.pk], notes.at).get(person.pk, []):
            if account.actor_id in readers and account.actor_id != notes.by.id:
                _tell(notes, found, account, event.code)


def _tell(notes: Notes, found: Appointment, account: FamilyAccount, code: str) -> None:
    ways = [sms(account.phone, link=HOME)] if account.phone else []
    ways = ways or ([email(account.email, link=HOME)] if account.email else [])
    queue_message(
        notes,
        icb_id=found.person.icb_id,
        kind=code,
        subject=SUBJECT,
        body=BODIES[code],
        to_actor_id=account.actor_id,
        link=HOME,
        ways=ways,
        once=f"{code} {found.pk} {found.starts_at.isoformat()} {account.actor_id}",
    )
