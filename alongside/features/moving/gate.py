"""Nobody goes off the register because they moved, or grew up, before somebody else has said yes.

Source: policy reference 3.7 (movers: the new area is told first; too old for the list: a transfer, not a closure).
"""

from alongside.features.moving import text
from alongside.features.moving.models import AreaMove
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.register.models import RegisterEntry
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes


def only_when_accepted(notes: Notes) -> None:
    """Runs in the same transaction as a removal, as the engine. Raises NotNow for one that nobody has accepted."""
    for event in notes.events:
        if event.code != "entry.removed" or event.subject_id is None:
            continue
        entry = RegisterEntry.objects.get(pk=event.subject_id)
        if entry.removed_because not in ("moved", "aged_out"):
            continue
        person = Person.objects.get(pk=entry.person_id)
        adult = RegisterEntry.objects.filter(about(person), listing="adult", removed_on=None)
        if entry.removed_because == "aged_out" and adult.exists():
            continue
        accepted = AreaMove.objects.filter(about(person), closed_how=AreaMove.Ended.ACCEPTED)
        if not accepted.filter(closed_at__gte=entry.recorded_at).exists():
            raise NotNow("not_accepted", text.NOT_ACCEPTED)
