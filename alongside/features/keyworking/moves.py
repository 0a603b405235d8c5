"""What happens to keyworking when something else happens."""

from alongside.features.keyworking.models import Allocation
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes


def end_with_the_area(notes: Notes) -> None:
    """A person who moves to another ICB has no keyworker of the old one any more; the new team is told by a duty."""
    for event in notes.events:
        if event.code == "person.accepted":
            day = notes.at.astimezone(LONDON).date()
            Allocation.objects.filter(person_id=event.person_id, to_date=None, from_date__lte=day).update(to_date=day)
