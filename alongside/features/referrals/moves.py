"""What follows for referrals from something that happened elsewhere. Called by `config/wiring.py`."""

from alongside.features.referrals.models import Referral
from alongside.features.referrals.reading import MATTER
from alongside.foundation.recording.recording import Notes


def follow_agreement(notes: Notes) -> None:
    """An answer about agreement may close a record, and with it what is due about the referral that led to it."""
    people = {event.person_id for event in notes.events if event.code.startswith("consent.") and event.person_id}
    if people:
        for number in Referral.objects.filter(person_id__in=people).values_list("id", flat=True):
            notes.matter(MATTER, number)
