"""A picture of each keyworker, so that a family knows who comes."""

from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from alongside.features.keyworking.models import KeyworkerPhoto
from alongside.foundation.accounts.models import Actor
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.storage import keep
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes

PICTURES = ("image/png", "image/jpeg")


def set_photo(note: Notes, *, icb: Organisation, worker: Actor, checked: Checked | None) -> KeyworkerPhoto:
    """The newest picture counts. None takes it away. Called inside `recording()`."""
    made = KeyworkerPhoto.objects.create(
        icb=icb,
        worker=worker,
        storage_key=keep(checked.content) if checked else "",
        media_type=checked.media_type if checked else "",
        added_by_id=note.by.id,
        added_at=note.at,
    )
    words = f"A picture of {worker.name} was {'added' if checked else 'taken away'}."
    note("keyworker_photo.set", words=words, icb_id=icb.pk)
    return made


def workers_with_photo(worker_ids: Collection[int]) -> set[int]:
    """Those of whom families may see a picture. One statement."""
    newest = KeyworkerPhoto.objects.filter(worker__in=worker_ids).order_by("worker", "-pk").distinct("worker")
    return {row.worker_id for row in newest if row.storage_key}


def newest_photo(of_whom: str) -> Subquery:
    """Beside a row: where the picture of its worker is kept; '' or None where there is none."""
    of_worker = KeyworkerPhoto.objects.filter(worker=OuterRef(of_whom)).order_by("-pk")
    return Subquery(of_worker.values("storage_key")[:1])


def photo_of(worker_id: int) -> KeyworkerPhoto | None:
    """The picture that counts; None where there is none."""
    newest = KeyworkerPhoto.objects.filter(worker=worker_id).order_by("-pk").first()
    return newest if newest and newest.storage_key else None
