"""Adding a person and changing what stands on their own row. Each is called inside `recording()`."""

import secrets
from typing import Any

import nhs_number
from django.db import connection

from alongside.features.people.models import Guard, Person, PersonName, Responsibility
from alongside.features.people.operations.sixteen import follow_birth_date
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A reference to say over the telephone: letters and digits that are not mistaken for one another."""
    number = "".join(secrets.choice("0123456789") for _ in range(8))
    return f"{secrets.choice(_LETTERS)}{secrets.choice(_LETTERS)}-{number[:4]}-{number[4:]}"


def check_nhs_number(number: str | None) -> str | None:
    """The ten digits, or None for none. Raises NotNow with a sentence for one that can't be right."""
    digits = "".join((number or "").split()).replace("-", "")
    if not digits:
        return None
    if not nhs_number.is_valid(digits):
        raise NotNow("nhs_number", "This NHS number can't be right: check it against a letter or the record.")
    return digits


def nhs_number_taken(number: str) -> bool:
    """Whether somebody in the country has it here already, without telling who."""
    with connection.cursor() as cursor:
        cursor.execute("select access.nhs_number_taken(%s)", [number])
        return bool(cursor.fetchone()[0])


def add_person(note: Notes, *, icb_id: int, guard: int = Guard.ORDINARY, **known: Any) -> Person:
    """A new Person, held by this ICB from now. Raises NotNow when the NHS number is taken or can't be right."""
    known["nhs_number"] = check_nhs_number(known.get("nhs_number"))
    if known["nhs_number"] and nhs_number_taken(known["nhs_number"]):
        raise NotNow("nhs_number_taken", "This NHS number can't be used. Ask the register team.")
    person = Person.objects.create(reference=new_reference(), icb_id=icb_id, guard=guard, **known)
    Responsibility.objects.create(person=person, icb_id=icb_id, from_at=note.at, accepted_by_id=note.by.id)
    PersonName.objects.create(
        person=person,
        topic=Topic.IDENTITY,
        kind=PersonName.Kind.LEGAL,
        given_name=person.given_name,
        family_name=person.family_name,
        recorded_icb_id=icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
    )
    note(
        "person.added",
        words=f"{person.shown_name} was added.",
        person_id=person.pk,
        icb_id=icb_id,
        topic=Topic.IDENTITY,
        subject="person",
        subject_id=person.pk,
    )
    return person


def change_person(note: Notes, *, person: Person, **changes: Any) -> Person:
    """Corrects what stands on the person's own row. The values before are kept in the history."""
    if "nhs_number" in changes:
        changes["nhs_number"] = check_nhs_number(changes["nhs_number"])
        wanted = changes["nhs_number"]
        if wanted and wanted != person.nhs_number and nhs_number_taken(wanted):
            raise NotNow("nhs_number_taken", "This NHS number can't be used. Ask the register team.")
    if {"given_name", "family_name"} & set(changes):
        _record_name(note, person, changes)
    born = person.birth_date
    for name, value in changes.items():
        setattr(person, name, value)
    person.save(update_fields=list(changes))
    follow_birth_date(note, person=person, before=born)
    note(
        "person.changed",
        words="Who they are was corrected.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.IDENTITY,
        subject="person",
        subject_id=person.pk,
        changed=sorted(changes),
    )
    return person


def _record_name(note: Notes, person: Person, changes: dict[str, Any]) -> None:
    before = PersonName.objects.filter(person=person, kind=PersonName.Kind.LEGAL, superseded_by=None).last()
    PersonName.objects.create(
        person=person,
        topic=Topic.IDENTITY,
        kind=PersonName.Kind.LEGAL,
        given_name=changes.get("given_name", person.given_name),
        family_name=changes.get("family_name", person.family_name),
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        supersedes=before,
    )


def set_restricted(note: Notes, *, person: Person, restricted: bool, because: str) -> None:
    """Closes a record to all but named people, or ends that. What was agreed stays as it is."""
    with context.as_engine():
        Person.objects.filter(pk=person.pk).update(restricted=restricted)
    person.restricted = restricted
    say_who_may(note, person=person, because=because)


def say_who_may(note: Notes, *, person: Person, because: str) -> None:
    """Reads again how closely the record is held, and says so when that has changed."""
    with context.as_engine():
        guard, closed = Person.objects.filter(pk=person.pk).values_list("guard", "closed_topics").get()
    person.closed_topics = closed
    if person.guard == guard:
        return
    person.guard = guard
    note(
        "person.guard_set",
        words=f"The record is now open to: {Guard(guard).label.lower()}.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.AGREEMENT,
        because=because,
    )
