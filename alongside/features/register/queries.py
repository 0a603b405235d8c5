"""Reading registers."""

from django.db.models import Q

from alongside.features.register.models import RegisterEntry, SavedView
from alongside.foundation.access.me import Me


def lock_entry(me: Me, entry_id: int) -> RegisterEntry:
    """The entry with its person, locked against a second decision. Raises RegisterEntry.DoesNotExist out of scope."""
    return (
        RegisterEntry.objects.visible_to(me).select_related("person").select_for_update(of=("self",)).get(pk=entry_id)
    )


def list_saved_views(me: Me, icb_id: int) -> list[SavedView]:
    """One's own views and those shared with the area, by name."""
    shared = Q(shared=True, icb_id__in=me.agreed)
    return list(SavedView.objects.filter(Q(owner_id=me.id) | shared, icb_id=icb_id).order_by("name", "id"))
