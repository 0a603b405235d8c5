"""Reading registers."""

from alongside.features.register.models import RegisterEntry
from alongside.foundation.access.me import Me


def lock_entry(me: Me, entry_id: int) -> RegisterEntry:
    """The entry with its person, locked against a second decision. Raises RegisterEntry.DoesNotExist out of scope."""
    return (
        RegisterEntry.objects.visible_to(me).select_related("person").select_for_update(of=("self",)).get(pk=entry_id)
    )
