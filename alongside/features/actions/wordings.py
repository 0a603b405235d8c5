"""An area's standard wordings: read by whoever agrees actions, kept by those who run the service."""

from alongside.features.actions.models import Wording
from alongside.foundation.recording.recording import Notes

#: Shown at most.
MOST = 100


def list_wordings(icb_id: int) -> list[Wording]:
    return list(Wording.objects.filter(icb_id=icb_id, ended_at=None).order_by("topic", "what")[:MOST])


def find_wording(number: str) -> Wording | None:
    """The wording with this number; none outside one's areas."""
    if not number.isdecimal() or len(number) > 17:
        return None
    return Wording.objects.filter(pk=int(number), ended_at=None).first()


def add_wording(note: Notes, *, icb_id: int, topic: int, what: str, how_known: str) -> Wording:
    made = Wording.objects.create(icb_id=icb_id, topic=topic, what=what, how_known=how_known, made_at=note.at)
    _say(note, made, "wording.added", "A standard wording of actions was added.")
    return made


def end_wording(note: Notes, *, wording: Wording) -> None:
    """It is offered no more; actions that were written with it stay."""
    Wording.objects.filter(pk=wording.pk, ended_at=None).update(ended_at=note.at)
    _say(note, wording, "wording.ended", "A standard wording of actions was taken out.")


def _say(note: Notes, wording: Wording, code: str, words: str) -> None:
    note(code, words=words, icb_id=wording.icb_id, subject="wording", subject_id=wording.pk)
