"""How an area is reached by phone: read by everybody, set by its manager or administrator."""

from alongside.foundation.messages.models import AreaContact
from alongside.foundation.recording.recording import Notes


def find_contact(icb_id: int | None) -> AreaContact | None:
    """The area's own number and hours; None where it has set none."""
    return AreaContact.objects.filter(icb_id=icb_id).first() if icb_id else None


def set_contact(note: Notes, *, icb_id: int, phone: str, hours: str) -> AreaContact:
    """From now on public pages and new letters say this."""
    said = {"phone": phone, "hours": hours, "set_at": note.at, "set_by_id": note.by.id}
    contact, _ = AreaContact.objects.update_or_create(icb_id=icb_id, defaults=said)
    note(
        "area.contact_set",
        words="The area's phone number and hours were set.",
        icb_id=icb_id,
        subject="area_contact",
        subject_id=contact.pk,
    )
    return contact
