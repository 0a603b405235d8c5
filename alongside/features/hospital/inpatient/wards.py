"""The wards of a stay, its admission, its dates and the law it is under. Each is called inside `recording()`."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.features.hospital.inpatient import text
from alongside.features.hospital.inpatient.queries import newest_admission, wards_of
from alongside.features.hospital.inpatient.recording import check_open, check_within, write
from alongside.features.hospital.models import (
    AdmissionRecord,
    Known,
    LegalStatus,
    ReadyPeriod,
    Stay,
    UnitRating,
    WardStay,
)
from alongside.features.people.operations import correct_fact
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words, local_day

ANSWER = {Known.YES: True, Known.NO: False, Known.UNKNOWN: None}
#: What a ward says that also stands on the stay.
ON_STAY = ("place_name", "security", "adult_ward")


def first_ward(note: Notes, stay: Stay, **values: Any) -> WardStay:
    """The ward of the admission, from what the stay says. No note of its own: the admission is one."""
    known = {"place_name": stay.place_name, "security": stay.security, "adult_ward": stay.adult_ward}
    known["ward_name"] = stay.ward_type
    if stay.unit_inadequate:
        known["unit_rating"] = UnitRating.INADEQUATE
    return WardStay.objects.create(
        person=stay.holder,
        topic=Topic.HOSPITAL,
        recorded_icb_id=stay.recorded_icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=stay.admitted_at,
        stay=stay,
        move=WardStay.Move.ADMISSION,
        from_at=stay.admitted_at,
        **known | values,
    )


def move_ward(note: Notes, *, stay: Stay, move: str, from_at: datetime, **ward: Any) -> WardStay:
    """They are on another ward from a moment on; with `transfer` in another hospital, and it stays one spell.

    Raises NotNow outside the stay, or before the ward that they are on began; and out of a place of safety, from where
    it is an admission (`operations.admit`).
    """
    if move == WardStay.Move.TRANSFER and stay.kind == Stay.Kind.PLACE_OF_SAFETY:
        raise NotNow("admission", text.NO_MOVE_INTO_HOSPITAL)
    check_open(stay)
    check_within(stay, from_at, note.at)
    now = wards_of(stay, lock=True)[-1:] or [first_ward(note, stay)]
    if from_at < now[0].from_at:
        raise NotNow("before_last", text.BEFORE_LAST.format(at=moment(now[0].from_at)))
    if move == WardStay.Move.WARD:
        ward["place_name"] = now[0].place_name
    words = text.MOVED[WardStay.Move(move)].format(place=ward["place_name"], ward=ward.get("ward_name") or "a ward")
    made = write(
        note, WardStay, stay, words=words, event="ward.moved", at=from_at, stay=stay, move=move, from_at=from_at, **ward
    )
    _stand_on_stay(stay, made)
    return made


def describe_first_ward(note: Notes, *, stay: Stay, **ward: Any) -> WardStay:
    """What is known of the only ward of a stay that was recorded before wards were. NotNow where there is one."""
    if wards_of(stay, lock=True):
        raise NotNow("stale", text.STALE)
    made = first_ward(note, stay, **ward)
    note.of("ward.described", made, words=f"What is known of {made.place_name} was written down.")
    _stand_on_stay(stay, made)
    return made


def correct_ward(note: Notes, *, ward: WardStay, **changes: Any) -> WardStay:
    """What was written down of a ward is put right; when it began stays."""
    if WardStay.objects.filter(supersedes=ward).exists():
        raise NotNow("stale", text.STALE)
    made = correct_fact(note, ward, words=f"What is known of {ward.place_name} was put right.", **changes)
    if wards_of(made.stay)[-1].pk == made.pk:
        _stand_on_stay(made.stay, made)
    return made


def _stand_on_stay(stay: Stay, ward: WardStay) -> None:
    """The ward of now, as the rules and lists read it."""
    for name in ON_STAY:
        setattr(stay, name, getattr(ward, name))
    stay.ward_type = ward.ward_name
    stay.unit_inadequate = ward.unit_rating == UnitRating.INADEQUATE
    stay.save(update_fields=[*ON_STAY, "ward_type", "unit_inadequate"])


def record_admission_details(note: Notes, *, stay: Stay, seen: int = 0, **values: Any) -> AdmissionRecord:
    """What is known of the admission. seen: the row that the form was opened with, 0 for none."""
    before = newest_admission(stay, lock=True)
    if seen != (before.pk if before else 0):
        raise NotNow("stale", text.STALE)
    words = "What is known of the admission was written down."
    if before is None:
        event = "admission.described"
        made = write(note, AdmissionRecord, stay, words=words, event=event, at=stay.admitted_at, stay=stay, **values)
    else:
        made = correct_fact(note, before, words=words, **values)
    stay.registered_before = ANSWER[Known(made.registered_before)]
    stay.intended_days, stay.reason = made.intended_days, made.reason
    stay.save(update_fields=["registered_before", "intended_days", "reason"])
    return made


def correct_dates(
    note: Notes, *, stay: Stay, admitted_at: datetime, discharged_at: datetime | None, because: str
) -> Stay:
    """When it began and ended is put right; the stay stays the same one. What began with it moves with it.

    Raises NotNow for times that can't be, or that another stay covers. The history keeps what stood there.
    """
    if (discharged_at is None) != (stay.discharged_at is None):
        raise NotNow("discharge", text.NOT_HERE)
    if admitted_at > note.at or (discharged_at and not admitted_at <= discharged_at <= note.at):
        raise NotNow("order", text.ORDER)
    later = [ward for ward in wards_of(stay, lock=True) if ward.move != WardStay.Move.ADMISSION]
    if later and admitted_at > later[0].from_at:
        raise NotNow("order", text.AFTER_MOVE.format(at=moment(later[0].from_at)))
    if discharged_at:
        check_end(stay, discharged_at)
    old_start, old_end = stay.admitted_at, stay.discharged_at
    stay.admitted_at, stay.discharged_at, stay.happened_at = admitted_at, discharged_at, admitted_at
    stay.admission_day_known = True
    try:
        with transaction.atomic():
            stay.save(update_fields=["admitted_at", "discharged_at", "happened_at", "admission_day_known"])
    except IntegrityError as clash:
        if "one_stay_at_a_time" in str(clash):
            raise NotNow("stay_open", text.CLASH) from clash
        raise
    WardStay.objects.filter(stay=stay, from_at=old_start).update(from_at=admitted_at)
    LegalStatus.objects.filter(stay=stay, from_at=old_start).update(from_at=admitted_at)
    if old_end and discharged_at:
        LegalStatus.objects.filter(stay=stay, to_at=old_end).update(to_at=discharged_at)
        _end_nights(stay, local_day(old_end), local_day(discharged_at))
    note.of("stay.corrected", stay, words=f"The dates in {stay.place_name} were put right: {because.rstrip('.')}.")
    return stay


def check_end(stay: Stay, at: datetime) -> None:
    """Raises NotNow for an end of the stay before a ward or section of it began; those of the admission move along."""
    wards = WardStay.objects.filter(stay=stay, superseded_by=None, from_at__gt=at).exclude(move=WardStay.Move.ADMISSION)
    if ward := wards.order_by("-from_at").first():
        raise NotNow("order", text.BEFORE_MOVE.format(at=moment(ward.from_at)))
    statuses = LegalStatus.objects.filter(stay=stay, superseded_by=None, from_at__gt=at)
    if status := statuses.exclude(from_at=stay.admitted_at).order_by("-from_at").first():
        raise NotNow("order", text.BEFORE_SECTION.format(at=moment(status.from_at)))


def _end_nights(stay: Stay, old: date, new: date) -> None:
    """Nights of being ready and still there, counted until the discharge, are counted until its right day."""
    for period in ReadyPeriod.objects.filter(stay=stay, withdrawn_because="", to_date=old):
        period.to_date = max(new, period.from_date)
        period.save(update_fields=["to_date"])


def change_legal_status(note: Notes, *, stay: Stay, code: str, from_at: datetime) -> LegalStatus:
    """The law a stay is under from a moment on, until the stay ends; the one before ends then.

    Raises NotNow outside the stay, or out of order.
    """
    check_within(stay, from_at, note.at)
    last = LegalStatus.objects.filter(stay=stay, superseded_by=None).order_by("from_at", "pk").last()
    if last:
        if from_at < last.from_at:
            raise NotNow("before_last", text.BEFORE_LAST.format(at=moment(last.from_at)))
        if last.to_at is None or last.to_at > from_at:
            last.to_at = from_at
            last.save(update_fields=["to_at"])
    status = LegalStatus.objects.create(
        person=stay.holder,
        topic=Topic.HOSPITAL,
        recorded_icb_id=stay.person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=from_at,
        stay=stay,
        code=code,
        from_at=from_at,
        to_at=stay.discharged_at,
    )
    words = f"Under {text.legal_words(code)} from {day_in_words(local_day(from_at))}."
    note.of("legal_status.recorded", status, words=words, happened_at=from_at)
    return status
