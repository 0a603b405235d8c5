"""Saved views of the list. Each is called inside `recording()`."""

from alongside.features.register.models import SavedView
from alongside.foundation.recording.recording import Notes


def save_view(note: Notes, *, owner_id: int, icb_id: int, name: str, query: str, shared: bool) -> SavedView:
    """Keeps a filter under a name. The same name of the same owner is replaced."""
    view, _ = SavedView.objects.update_or_create(
        owner_id=owner_id, name=name, defaults={"icb_id": icb_id, "query": query, "shared": shared}
    )
    note("view.saved", words=f"The view “{name}” was saved.", icb_id=icb_id, subject="view", subject_id=view.pk)
    return view


def remove_view(note: Notes, *, view: SavedView) -> None:
    """Takes a saved view away. Nobody's record changes."""
    note(
        "view.removed",
        words=f"The view “{view.name}” was removed.",
        icb_id=view.icb_id,
        subject="view",
        subject_id=view.pk,
    )
    view.delete()
