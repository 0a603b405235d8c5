"""NHS numbers that change: superseded by the national service, or mistaken; and records it holds back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside.features.people.models import FormerNumber, Person
from alongside.features.people.operations import record_fact, set_restricted
from alongside.features.people.operations.people import check_nhs_number, nhs_number_taken
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import EVERY_TOPIC, Topic

TAKEN = "This NHS number can't be used. Ask the register team."
#: How the national service marks a record whose address and telephone are held back, and one that is shown.
RESTRICTED, ORDINARY = "R", "U"


@dataclass(frozen=True, slots=True)
class NationalRecord:
    """What the national service (PDS) answered about a number.

    number: the one that counts now, '' for a number it has marked as invalid. restricted: address, telephone and GP
    are held back, and are never to be kept or shown here.
    """

    asked: str
    number: str
    restricted: bool

    @property
    def superseded(self) -> bool:
        return bool(self.number) and self.number != self.asked


def read_patient(asked: str, answer: Mapping[str, Any]) -> NationalRecord:
    """From the FHIR answer to a question about one number. Raises ValueError for anything that is no such answer."""
    if answer.get("resourceType") == "OperationOutcome" and "INVALIDATED_RESOURCE" in _codes(answer):
        return NationalRecord(asked, "", restricted=False)
    number = answer.get("id")
    if answer.get("resourceType", "Patient") != "Patient" or not isinstance(number, str) or not number.isdecimal():
        raise ValueError("not an answer about one number")
    security = (answer.get("meta") or {}).get("security") or ()
    # Whatever is not marked as ordinary is taken to be held back.
    marks = {mark.get("code") for mark in security}
    return NationalRecord(asked, number, restricted=bool(marks - {ORDINARY}))


def _codes(answer: Mapping[str, Any]) -> set[str]:
    issues = answer.get("issue") or ()
    return {coding.get("code", "") for issue in issues for coding in (issue.get("details") or {}).get("coding") or ()}


def take_national_record(note: Notes, *, person: Person, record: NationalRecord, by: Me) -> None:
    """What the national service says of the person's number, put on the record."""
    if record.superseded or not record.number:
        why = FormerNumber.Why.SUPERSEDED if record.superseded else FormerNumber.Why.MISTAKEN
        replace_number(note, person=person, number=record.number or None, why=why)
    if record.restricted and not person.restricted:
        restrict_as_national(note, person=person, by=by)


def replace_number(note: Notes, *, person: Person, number: str | None, why: str) -> None:
    """Another number, or none. The one before stays on the record as a former one. Raises NotNow for one in use."""
    wanted, before = check_nhs_number(number), person.nhs_number
    if wanted == before:
        raise NotNow("same_number", "This is the number that stands on the record already.")
    if wanted and not _is_own(person, wanted) and nhs_number_taken(wanted):
        raise NotNow("nhs_number_taken", TAKEN)
    if before:
        record_fact(
            note,
            FormerNumber,
            person=person,
            topic=Topic.IDENTITY,
            words=f"An NHS number was taken off: {FormerNumber.Why(why).label.lower()}.",
            number=before,
            why=why,
        )
    person.nhs_number = wanted
    person.save(update_fields=["nhs_number"])
    note(
        "person.number_changed",
        words="Their NHS number was changed." if wanted else "They have no NHS number now.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.IDENTITY,
        subject="person",
        subject_id=person.pk,
    )


def _is_own(person: Person, number: str) -> bool:
    """Whether it stands on a record that was merged into this one, or on this one before."""
    merged = Person.objects.filter(survivor=person, nhs_number=number)
    former = FormerNumber.objects.filter(person=person, number=number)
    return merged.exists() or former.exists()


def restrict_as_national(note: Notes, *, person: Person, by: Me) -> None:
    """Holds the record as closely as the national one. Whoever does it is named on it, so that it is never nobody's."""
    with context.as_engine():
        Involvement.objects.create(
            actor_id=by.id,
            person_id=person.pk,
            topics=list(EVERY_TOPIC),
            writes=True,
            sees_guarded=2,
            because=Involvement.Because.NAMED,
            relies_on=Involvement.ReliesOn.NOTHING,
            from_at=note.at,
        )
    set_restricted(note, person=person, restricted=True, because="The national record is restricted.")
