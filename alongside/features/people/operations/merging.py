"""Two records of one person become one: a pointer to the survivor, no row moved, and undone exactly."""

from alongside.features.people.models import Person, PersonMerge
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def merge_people(note: Notes, *, survivor: Person, merged: Person, because: str) -> PersonMerge:
    """Points `merged` at `survivor`. Raises NotNow when either is part of another merge."""
    if merged.survivor_id or survivor.survivor_id or survivor == merged:
        raise NotNow("merged", "One of these records is already merged. Undo that first.")
    with context.as_engine():
        Person.objects.filter(pk=merged.pk).update(survivor=survivor)
    merged.survivor = survivor
    merge = PersonMerge.objects.create(
        survivor=survivor, merged=merged, merged_at=note.at, merged_by_id=note.by.id, because=because
    )
    for person in (survivor, merged):
        note(
            "person.merged",
            words=f"{merged.reference} was found to be the same person as {survivor.reference}.",
            person_id=person.pk,
            icb_id=person.icb_id,
            topic=Topic.IDENTITY,
        )
    return merge


def undo_merge(note: Notes, *, merge: PersonMerge) -> None:
    """Takes the pointer away again: both records stand as they did."""
    if merge.undone_at:
        raise NotNow("undone", "This merge was already undone.")
    with context.as_engine():
        Person.objects.filter(pk=merge.merged_id).update(survivor=None)
    merge.undone_at, merge.undone_by_id = note.at, note.by.id
    merge.save(update_fields=["undone_at", "undone_by"])
    for person in (merge.survivor, merge.merged):
        note(
            "person.merge_undone",
            words=f"{merge.merged.reference} and {merge.survivor.reference} are two people again.",
            person_id=person.pk,
            icb_id=person.icb_id,
            topic=Topic.IDENTITY,
        )
