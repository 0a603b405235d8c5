"""Who becomes whose keyworker. Each is called inside `recording()`."""

from datetime import date
from typing import Any

from django.db.models import DateTimeField, Q, Value
from django.db.models.functions import Greatest

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.stepping_down.coming_back import say_came_back
from alongside.features.people.models import Person
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import EVERY_TOPIC, Topic
from alongside.policy.counting import day_in_words, local_day, start_of_day

#: The event of an allocation that ended.
ENDED = "keyworker.ended"


def allocate(
    note: Notes,
    *,
    person: Person,
    worker: Actor,
    part: str = Allocation.Part.DESIGNATED,
    from_date: date,
    to_date: date | None = None,
    because: str = "",
    over_limit_because: str = "",
) -> Allocation:
    """Names a keyworker. A designated one ends the time of the one before; who may see follows from it.

    `to_date`, where the end is known: the first day on which they are it no more. What begins on a later day is seen
    from that day on. Raises NotNow for somebody who died.
    """
    if person.died_on is not None:
        raise NotNow("died", f"{person.shown_name} died on {day_in_words(person.died_on)}. Nobody is named any more.")
    if part == Allocation.Part.DESIGNATED:
        whose = person.survivor_id or person.pk
        one_person = Q(person=whose) | Q(person__survivor=whose)
        for before in Allocation.objects.filter(one_person, part=part, to_date=None):
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
        to_date=to_date,
        because=because,
        over_limit_because=over_limit_because,
    )
    Involvement.objects.create(
        actor=worker,
        person_id=person.pk,
        topics=list(EVERY_TOPIC),
        writes=True,
        because=Involvement.Because.ALLOCATION,
        because_id=allocation.pk,
        relies_on=Involvement.ReliesOn.KEYWORKING,
        from_at=max(note.at, start_of_day(from_date)),
        to_at=start_of_day(to_date) if to_date else None,
    )
    label = Allocation.Part(part).label.lower()
    later = from_date > local_day(note.at)
    note(
        "keyworker.allocated",
        words=f"{worker.name} will be their {label} from {day_in_words(from_date)}."
        if later
        else f"{worker.name} became their {label}.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.KEYWORKING,
        subject="allocation",
        subject_id=allocation.pk,
    )
    if part == Allocation.Part.DESIGNATED:
        say_came_back(note, allocation=allocation)
    return allocation


def end_allocation(note: Notes, *, allocation: Allocation, on: date, because: str = "") -> None:
    """The first day on which somebody is this to a person no more. What they could see closes with it.

    because: a sentence of why, where nobody decided it.
    """
    allocation.to_date = on
    allocation.save(update_fields=["to_date"])
    closes = max(note.at, start_of_day(on))
    seen = Involvement.objects.filter(because=Involvement.Because.ALLOCATION, because_id=allocation.pk)
    seen.filter(Q(to_at=None) | Q(to_at__gt=closes)).update(to_at=Greatest("from_at", Value(closes, DateTimeField())))
    more: dict[str, Any] = {"because": because} if because else {}
    words = f"{allocation.worker.name} is no longer their {Allocation.Part(allocation.part).label.lower()}."
    note(
        ENDED,
        words=f"{words} {because}".strip(),
        person_id=allocation.person_id,
        icb_id=allocation.recorded_icb_id,
        topic=Topic.KEYWORKING,
        subject="allocation",
        subject_id=allocation.pk,
        **more,
    )


def go_on_with_allocation(note: Notes, *, allocation: Allocation, because: str) -> None:
    """It was ended by mistake: it goes on as though it had not been, and what they could see is open again."""
    allocation.to_date = None
    allocation.save(update_fields=["to_date"])
    Involvement.objects.filter(because=Involvement.Because.ALLOCATION, because_id=allocation.pk).update(to_at=None)
    label = Allocation.Part(allocation.part).label.lower()
    note.of("keyworker.went_on", allocation, words=f"{allocation.worker.name} is their {label} again. {because}")
