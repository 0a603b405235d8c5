"""Who becomes whose keyworker. Each is called inside `recording()`."""

from datetime import date

from alongside.features.keyworking.models import Allocation
from alongside.features.people.models import Person
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import EVERY_TOPIC, Topic


def allocate(
    note: Notes,
    *,
    person: Person,
    worker: Actor,
    part: str = Allocation.Part.DESIGNATED,
    from_date: date,
    because: str = "",
) -> Allocation:
    """Names a keyworker. A designated one ends the time of the one before; who may see follows from it."""
    if part == Allocation.Part.DESIGNATED:
        for before in Allocation.objects.filter(person=person, part=part, to_date=None):
            end_allocation(note, allocation=before, on=max(from_date, before.from_date))
    allocation = Allocation.objects.create(
        person=person,
        topic=Topic.KEYWORKING,
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        worker=worker,
        part=part,
        from_date=from_date,
        because=because,
    )
    Involvement.objects.create(
        actor=worker,
        person_id=person.pk,
        topics=list(EVERY_TOPIC),
        writes=True,
        because=Involvement.Because.ALLOCATION,
        because_id=allocation.pk,
        relies_on=Involvement.ReliesOn.KEYWORKING,
        from_at=note.at,
    )
    note(
        "keyworker.allocated",
        words=f"{worker.name} became their {Allocation.Part(part).label.lower()}.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.KEYWORKING,
        subject="allocation",
        subject_id=allocation.pk,
    )
    return allocation


def end_allocation(note: Notes, *, allocation: Allocation, on: date) -> None:
    """The last day of a keyworker's time with a person. What they could see closes with it."""
    allocation.to_date = on
    allocation.save(update_fields=["to_date"])
    Involvement.objects.filter(because=Involvement.Because.ALLOCATION, because_id=allocation.pk, to_at=None).update(
        to_at=note.at
    )
    note(
        "keyworker.ended",
        words=f"{allocation.worker.name} is no longer their {Allocation.Part(allocation.part).label.lower()}.",
        person_id=allocation.person_id,
        icb_id=allocation.recorded_icb_id,
        topic=Topic.KEYWORKING,
        subject="allocation",
        subject_id=allocation.pk,
    )
