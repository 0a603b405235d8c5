"""Where somebody lives and belongs: the next address, GP, school or council ends the one before."""

from datetime import date, timedelta
from typing import Any

from alongside.features.people.models import Address, Belonging, Person
from alongside.features.people.operations.facts import record_fact
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def change_address(
    note: Notes, *, person: Person, kind: str, lines: str, postcode: str, from_date: date | None
) -> Address:
    """The address from a day on; without a day, from today."""
    _end_before(note, Address, person, kind, from_date)
    label = Address.Kind(kind).label.lower()
    return record_fact(
        note,
        Address,
        person=person,
        topic=Topic.CONTACT,
        words=f"A new address was recorded: {label}.",
        kind=kind,
        lines=lines,
        postcode=postcode,
        from_date=from_date,
    )


def change_belonging(
    note: Notes, *, person: Person, kind: str, name: str, topic: int, from_date: date | None
) -> Belonging:
    """The GP practice, school or council from a day on; without a day, from today."""
    _end_before(note, Belonging, person, kind, from_date)
    return record_fact(
        note,
        Belonging,
        person=person,
        topic=topic,
        words=f"{Belonging.Kind(kind).label}: {name}.",
        kind=kind,
        name=name,
        from_date=from_date,
    )


def _end_before(note: Notes, model: type[Any], person: Person, kind: str, from_date: date | None) -> None:
    last = (from_date or note.at.astimezone(LONDON).date()) - timedelta(days=1)
    for before in model.objects.filter(person=person, kind=kind, to_date=None):
        before.to_date = max(last, before.from_date) if before.from_date else last
        before.save(update_fields=["to_date"])
