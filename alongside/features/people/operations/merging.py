"""Two records of one person become one: a pointer to the survivor, no row moved, and undone exactly.

Whoever reads the survivor reads the facts of both. What a merge adds (its own row of the log, and the survivor's
record opened to whoever worked with the other) is ended when it is undone; no row that stood before is changed.
"""

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from alongside.features.people.models import Guard, Person, PersonMerge
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

#: All of an involvement but these is the same when it is opened on the other record.
_OF_ITS_OWN = ("id", "person_id", "from_at")


def merge_people(note: Notes, *, survivor: Person, merged: Person, because: str, by: Me | None = None) -> PersonMerge:
    """Points `merged` at `survivor`. Raises NotNow when either is part of another merge, or is held more closely.

    `by` is checked where a person asks: only those who run both areas may.
    """
    if by:
        check_may_match(by, survivor, merged)
    _check_mergeable(survivor, merged)
    with context.as_engine():
        Person.objects.filter(pk=merged.pk).update(survivor=survivor)
        _open_to_the_same(survivor, merged, note)
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
            subject="merge",
            subject_id=merge.pk,
        )
    return merge


def undo_merge(note: Notes, *, merge: PersonMerge, because: str = "", by: Me | None = None) -> None:
    """Takes the pointer away again: both records stand as they did. Raises NotNow when their numbers would clash."""
    if by:
        check_may_match(by, merge.survivor, merge.merged)
    if merge.undone_at:
        raise NotNow("undone", "This merge was already undone.")
    number = merge.merged.nhs_number
    if number and number == merge.survivor.nhs_number:
        raise NotNow("number", "Both records have the same NHS number. Take it off the one it doesn't belong to first.")
    with context.as_engine():
        Person.objects.filter(pk=merge.merged_id).update(survivor=None)
        _close_again(merge, note)
    merge.undone_at, merge.undone_by_id = note.at, note.by.id
    merge.save(update_fields=["undone_at", "undone_by"])
    for person in (merge.survivor, merge.merged):
        note(
            "person.merge_undone",
            words=f"{merge.merged.reference} and {merge.survivor.reference} are two people again. {because}".strip(),
            person_id=person.pk,
            icb_id=person.icb_id,
            topic=Topic.IDENTITY,
            subject="merge",
            subject_id=merge.pk,
        )


def check_may_match(by: Me, *people: Person) -> None:
    """Raises Refused for whoever does not run the register or the keyworking service of each person's area."""
    if not all(by.holds_in(person.icb_id, Role.COORDINATOR, Role.MANAGER) for person in people):
        raise Refused("not_matching", "Only the register team and managers of the area say who is the same person.")


def _check_mergeable(survivor: Person, merged: Person) -> None:
    with context.as_engine():
        has_merged = Person.objects.filter(survivor=merged).exists()
    if merged.survivor_id or survivor.survivor_id or survivor == merged or has_merged:
        raise NotNow("merged", "One of these records is already merged. Undo that first.")
    if merged.icb_id != survivor.icb_id:
        raise NotNow("areas", "These records are held by two areas. One has to offer a move to the other first.")
    if merged.guard >= Guard.RESTRICTED and merged.guard > survivor.guard:
        raise NotNow("closely", "Keep the record that is held more closely: the other would open what is in it.")


def _open_to_the_same(survivor: Person, merged: Person, note: Notes) -> None:
    """Whoever works with the one record works with the survivor too, as far and for as long as before.

    What is open until a day, like a parent's until the sixteenth birthday, is open until that day here as well.
    """
    known = {_of(one) for one in _standing(survivor.pk, note)}
    names = [field.attname for field in Involvement._meta.concrete_fields if field.attname not in _OF_ITS_OWN]
    for one in _standing(merged.pk, note):
        if _of(one) not in known:
            values = {name: getattr(one, name) for name in names}
            Involvement.objects.create(person_id=survivor.pk, from_at=max(note.at, one.from_at), **values)


def _standing(person_id: int, note: Notes) -> list[Involvement]:
    """What is open now or will be."""
    return list(Involvement.objects.filter(Q(to_at=None) | Q(to_at__gt=note.at), person_id=person_id))


def _close_again(merge: PersonMerge, note: Notes) -> None:
    before = {
        (_of(one), max(merge.merged_at, one.from_at)) for one in Involvement.objects.filter(person_id=merge.merged_id)
    }
    opened = [one.pk for one in _standing(merge.survivor_id, note) if (_of(one), one.from_at) in before]
    Involvement.objects.filter(pk__in=opened).update(to_at=Greatest(Value(note.at), F("from_at")))


def _of(one: Involvement) -> tuple[object, ...]:
    return one.actor_id, one.because, one.because_id, one.relies_on
