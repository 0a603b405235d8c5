"""Admission and discharge. Each is called inside `recording()`; the rating follows through the wiring."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.features.hospital import text
from alongside.features.hospital.discharge.leaving import LeftOne, leave_nothing_behind, write_leaving
from alongside.features.hospital.inpatient.living import end_with_stay
from alongside.features.hospital.inpatient.wards import check_end, first_ward
from alongside.features.hospital.models import LegalStatus, Stay
from alongside.features.people.checks import check_after_birth
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day
from alongside.policy.discharging import TRANSFER


def _stamp(note: Notes, person: Person, happened_at: datetime) -> dict[str, Any]:
    return {
        "person": person,
        "topic": Topic.HOSPITAL,
        "recorded_icb_id": person.icb_id,
        "recorded_by_id": note.by.id,
        "recorded_at": note.at,
        "happened_at": happened_at,
    }


def admit(
    note: Notes,
    *,
    person: Person,
    kind: str,
    place_name: str,
    admitted_at: datetime,
    legal_status: str = "",
    **values: Any,
) -> Stay:
    """Records that a stay began. Raises NotNow when another stay covers the same time or it is in the future.

    Into a mental health hospital out of a place of safety: the time there ends at the moment of the admission. NotNow
    where it began later.
    """
    check_after_birth(person, admitted_at.astimezone(LONDON).date())
    if admitted_at > note.at:
        raise NotNow("future", "The admission can't be in the future.")
    if kind == Stay.Kind.HOSPITAL and (safe := find_place_of_safety(person, lock=True)):
        if admitted_at < safe.admitted_at:
            raise NotNow("before_safety", text.BEFORE_PLACE_OF_SAFETY.format(at=moment(safe.admitted_at)))
        discharge(note, stay=safe, discharged_at=admitted_at, destination=f"Admitted to {place_name}"[:200])
    try:
        with transaction.atomic():
            stay = Stay.objects.create(
                **_stamp(note, person, admitted_at),
                kind=kind,
                place_name=place_name,
                admitted_at=admitted_at,
                **values,
            )
    except IntegrityError as clash:
        if "one_stay_at_a_time" in str(clash):
            raise NotNow(
                "stay_open", "There is already a stay at that time. End it, or correct its dates, first."
            ) from clash
        raise
    first_ward(note, stay)
    if legal_status:
        LegalStatus.objects.create(
            **_stamp(note, person, admitted_at), stay=stay, code=legal_status, from_at=admitted_at
        )
    note(
        "stay.admitted",
        words=f"Went into {place_name}.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.HOSPITAL,
        subject="stay",
        subject_id=stay.pk,
        happened_at=admitted_at,
        mental_health=kind == Stay.Kind.HOSPITAL,
    )
    return stay


def find_place_of_safety(person: Person, *, lock: bool = False) -> Stay | None:
    """The stay in a place of safety that goes on."""
    rows = Stay.objects.filter(
        about(person), kind=Stay.Kind.PLACE_OF_SAFETY, discharged_at=None, superseded_by=None
    ).select_related("person")
    return (rows.select_for_update(of=("self",)) if lock else rows).order_by("pk").first()


def discharge(
    note: Notes,
    *,
    stay: Stay,
    discharged_at: datetime,
    destination: str = "",
    closure: str = "",
    ends_because: str = "",
    left: Sequence[LeftOne] = (),
) -> Stay:
    """Records that a stay ended. Raises NotNow when it has ended, or the end is before the start or in the future.

    closure: the national value of where they went; without it that is due to be written down. left: what happens with
    each condition of the discharge plan that is not met; NotNow while one is left out. From one mental health hospital
    to another it is a move (`move_ward`): NotNow, unless `ends_because` says why the stay ends all the same.
    """
    if stay.kind == Stay.Kind.HOSPITAL and closure == TRANSFER and not ends_because:
        raise NotNow("transfer", f"{text.IS_A_TRANSFER}.")
    if stay.discharged_at:
        raise NotNow("discharged", "This discharge is already recorded.")
    if not stay.admitted_at <= discharged_at <= note.at:
        raise NotNow("discharge_time", "The discharge must be after the admission, and not in the future.")
    check_end(stay, discharged_at)
    leave_nothing_behind(note, stay=stay, left=left, on=local_day(discharged_at))
    stay.discharged_at, stay.destination = discharged_at, destination
    stay.save(update_fields=["discharged_at", "destination"])
    LegalStatus.objects.filter(stay=stay, to_at=None).update(to_at=discharged_at)
    end_with_stay(note, stay=stay, at=discharged_at)
    note(
        "stay.discharged",
        words=f"Left {stay.place_name}." + (f" It ends here because: {ends_because}" if ends_because else ""),
        person_id=stay.holder.pk,
        icb_id=stay.recorded_icb_id,
        topic=Topic.HOSPITAL,
        subject="stay",
        subject_id=stay.pk,
        happened_at=discharged_at,
        mental_health=stay.kind == Stay.Kind.HOSPITAL,
    )
    if closure:
        write_leaving(note, stay=stay, closure=closure, where_to=destination)
    return stay
