"""The area's crisis lines. Called inside `recording()`."""

from alongside.features.emergency.models import CrisisLine
from alongside.foundation.recording.recording import Notes


def add_line(note: Notes, *, icb_id: int, who: str, phone: str, about: str = "", council: str = "") -> CrisisLine:
    """Families of the area, or of one council, read it from now on."""
    made = CrisisLine.objects.create(icb_id=icb_id, who=who, phone=phone, about=about, council=council, set_at=note.at)
    note(
        "crisis_line.added",
        words=f"Families read a number to ring: {who}, {phone}.",
        icb_id=icb_id,
        subject="crisis_line",
        subject_id=made.pk,
    )
    return made


def end_line(note: Notes, *, line: CrisisLine) -> None:
    """Families don't read it any more."""
    line.ended_at = note.at
    line.save(update_fields=["ended_at"])
    note(
        "crisis_line.ended",
        words=f"Families don't read this number any more: {line.who}, {line.phone}.",
        icb_id=line.icb_id,
        subject="crisis_line",
        subject_id=line.pk,
    )
