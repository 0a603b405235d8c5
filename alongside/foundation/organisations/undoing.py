"""A merger that was recorded and did not happen, or was taken apart again."""

from datetime import datetime

from alongside.foundation.access import context
from alongside.foundation.access.me import find_me
from alongside.foundation.organisations.models import Organisation, Succession
from alongside.foundation.recording.recording import recording


class NoMerger(Exception):
    """There is nothing to undo. The message says why."""


def undo_merger(predecessor: str, successor: str, *, kind: str = Organisation.Kind.ICB, at: datetime) -> Succession:
    """By their codes. The successor reads no more of the predecessor's past from this moment; no row was ever moved.

    The predecessor is open again where nobody else has taken over from it. People whom the successor has accepted
    meanwhile stay with it: they move back one by one, each accepted by somebody. Raises NoMerger.
    """
    with context.as_engine():
        engine = find_me(at)
        assert engine is not None, "the engine's key is written by `migrate`"
        with recording(by=engine, at=at) as note:
            rows = Succession.objects.select_for_update(of=("self",)).select_related("predecessor", "successor")
            known = {"predecessor__kind": kind, "successor__kind": kind, "undone_at": None}
            row = rows.filter(predecessor__code=predecessor, successor__code=successor, **known).first()
            if row is None:
                raise NoMerger(f"No merger of {predecessor} into {successor} stands. Check both codes.")
            row.undone_at = at
            row.save(update_fields=["undone_at"])
            before = row.predecessor
            if not Succession.objects.filter(predecessor=before, undone_at=None).exists() and before.closed_on:
                before.closed_on = None
                before.save(update_fields=["closed_on"])
            words = f"That {before.name} went into {row.successor.name} was undone."
            note("merger.undone", words=words, icb_id=before.pk, subject="succession", subject_id=row.pk)
    return row
