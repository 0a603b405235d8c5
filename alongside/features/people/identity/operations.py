"""Settling a possible duplicate, and pointing one out."""

from alongside.features.people.models import Person, PersonMerge, PossibleDuplicate
from alongside.features.people.operations.merging import check_may_match, merge_people
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

POINTED_OUT = "Somebody thinks that they are the same person"


def say_different(note: Notes, *, pair: PossibleDuplicate, because: str, by: Me) -> None:
    """Two people, and why. Remembered: they are not put forward again. Raises NotNow when it is settled already."""
    check_may_match(by, pair.first, pair.second)
    _check_open(pair)
    _write(pair, state=PossibleDuplicate.State.DIFFERENT, settled_at=note.at, settled_by_id=by.id, because=because)
    for person, other in ((pair.first, pair.second), (pair.second, pair.first)):
        note(
            "identity.told_apart",
            words=f"{person.reference} and {other.reference} are two people. {because}",
            person_id=person.pk,
            icb_id=person.icb_id,
            topic=Topic.IDENTITY,
            subject="possible_duplicate",
            subject_id=pair.pk,
        )


def say_same(note: Notes, *, pair: PossibleDuplicate, keep: Person, because: str, by: Me) -> PersonMerge:
    """One person: the record kept is the survivor. Raises NotNow when it is settled already."""
    _check_open(pair)
    other = pair.second if keep == pair.first else pair.first
    return merge_people(note, survivor=keep, merged=other, because=because, by=by)


def look_again(note: Notes, *, pair: PossibleDuplicate, because: str, by: Me) -> None:
    """Takes 'not the same' back: the pair is to be looked at again."""
    check_may_match(by, pair.first, pair.second)
    if pair.state != PossibleDuplicate.State.DIFFERENT:
        raise NotNow("open", "This pair is still to be looked at.")
    _write(pair, state=PossibleDuplicate.State.OPEN, settled_at=None, settled_by_id=None, because="")
    for person in (pair.first, pair.second):
        note(
            "identity.to_look_at_again",
            words=f"Whether {pair.first.reference} and {pair.second.reference} are one person is open again. {because}",
            person_id=person.pk,
            icb_id=person.icb_id,
            topic=Topic.IDENTITY,
            subject="possible_duplicate",
            subject_id=pair.pk,
        )


def point_out(note: Notes, *, person: Person, other: Person, by: Me) -> PossibleDuplicate:
    """A pair that nothing found: somebody knows. The pair that there is already is given back as it stands."""
    check_may_match(by, person, other)
    if person == other:
        raise NotNow("itself", "This is the same record. Enter the reference of the other one.")
    first, second = sorted((person, other), key=lambda one: one.pk)
    with context.as_engine():
        pair, made = PossibleDuplicate.objects.get_or_create(
            first=first, second=second, defaults={"score": 0, "because": [POINTED_OUT], "found_at": note.at}
        )
        if not made and pair.state == PossibleDuplicate.State.GONE:
            pair.state = PossibleDuplicate.State.OPEN
            pair.save(update_fields=["state"])
    for one in (first, second):
        note(
            "identity.pointed_out",
            words=f"{first.reference} and {second.reference} may be one person.",
            person_id=one.pk,
            icb_id=one.icb_id,
            topic=Topic.IDENTITY,
            subject="possible_duplicate",
            subject_id=pair.pk,
        )
    return pair


def _check_open(pair: PossibleDuplicate) -> None:
    if pair.first.survivor_id or pair.second.survivor_id:
        raise NotNow("merged", "One of these records was merged in the meantime. Nothing was changed.")
    if pair.state == PossibleDuplicate.State.DIFFERENT:
        raise NotNow("told_apart", "Somebody has said that they are two people. Look at their reason first.")


def _write(pair: PossibleDuplicate, *, because: str, **values: object) -> None:
    for name, value in values.items():
        setattr(pair, name, value)
    pair.settled_because = because
    with context.as_engine():
        pair.save(update_fields=[*values, "settled_because"])
