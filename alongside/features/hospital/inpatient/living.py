"""Leave, incidents, segregation and the place of safety. Each is called inside `recording()`."""

from datetime import datetime

from alongside.features.hospital.inpatient import text
from alongside.features.hospital.inpatient.recording import check_open, check_within, write
from alongside.features.hospital.models import (
    SafetyExtension,
    Segregation,
    SegregationLook,
    Stay,
    StayIncident,
    StayLeave,
)
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.filters import moment, plural
from alongside.foundation.recording.recording import Notes


def begin_leave(
    note: Notes,
    *,
    stay: Stay,
    kind: str,
    from_at: datetime,
    back_by: datetime | None = None,
    where: str = "",
    with_whom: str = "",
) -> StayLeave:
    """They leave the ward and stay its patient. Raises NotNow without a time to be back, unless they are absent."""
    check_open(stay)
    check_within(stay, from_at, note.at)
    if kind != StayLeave.Kind.ABSENT and back_by is None:
        raise NotNow("back_by", text.NO_BACK_BY)
    if back_by is not None and back_by < from_at:
        raise NotNow("back_by", text.BACK_BEFORE)
    label = StayLeave.Kind(kind).label.lower()
    until = f", back by {moment(back_by)}" if back_by else ""
    return write(
        note,
        StayLeave,
        stay,
        words=f"Away from the ward: {label}{until}.",
        event="leave.began",
        at=from_at,
        stay=stay,
        kind=kind,
        from_at=from_at,
        back_by=back_by,
        where=where,
        with_whom=with_whom,
    )


def end_leave(note: Notes, *, leave: StayLeave, at: datetime, how_it_was: str = "") -> StayLeave:
    """They are back. Raises NotNow when that is known already, or for a time before they left."""
    if leave.to_at is not None:
        raise NotNow("back", text.BACK_ALREADY)
    if not leave.from_at <= at <= note.at:
        raise NotNow("order", text.BACK_ORDER.format(at=moment(leave.from_at)))
    leave.to_at, leave.how_it_was = at, how_it_was
    leave.save(update_fields=["to_at", "how_it_was"])
    note.of("leave.ended", leave, words="Back on the ward.", happened_at=at)
    return leave


def record_incident(
    note: Notes,
    *,
    stay: Stay,
    kind: str,
    at: datetime,
    what: str,
    times: int = 1,
    minutes: int | None = None,
    severity: int | None = None,
    told_by: str = "",
    family_told: str = "unknown",
) -> StayIncident:
    """Something that happened on the ward. The timeline says what kind and how often, not what was written of it."""
    check_within(stay, at, note.at)
    often = "" if times == 1 else f", {plural(times, 'time')}"
    return write(
        note,
        StayIncident,
        stay,
        words=f"On the ward: {StayIncident.Kind(kind).label.lower()}{often}.",
        event="incident.recorded",
        at=at,
        stay=stay,
        kind=kind,
        times=times,
        minutes=minutes,
        severity=severity,
        what=what,
        told_by=told_by,
        family_told=family_told,
    )


def begin_segregation(note: Notes, *, stay: Stay, from_at: datetime, because: str) -> Segregation:
    """Long-term segregation begins. Raises NotNow while one goes on in this stay."""
    check_open(stay)
    check_within(stay, from_at, note.at)
    if Segregation.objects.filter(stay=stay, to_at=None, superseded_by=None).exists():
        raise NotNow("segregated", text.SEGREGATED)
    words = "Long-term segregation began."
    values = {"stay": stay, "from_at": from_at, "because": because}
    return write(note, Segregation, stay, words=words, event="segregation.began", at=from_at, **values)


def look_at_segregation(
    note: Notes, *, segregation: Segregation, kind: str, outcome: str, at: datetime, by_whom: str, what: str = ""
) -> SegregationLook:
    """Somebody looked at whether it goes on. That it should end ends nothing by itself: the ward does."""
    _check_segregated(segregation, at, note.at)
    label = SegregationLook.Kind(kind).label.lower()
    return write(
        note,
        SegregationLook,
        segregation.stay,
        words=f"The segregation was looked at ({label}): {SegregationLook.Outcome(outcome).label.lower()}.",
        event="segregation.looked_at",
        at=at,
        segregation=segregation,
        kind=kind,
        outcome=outcome,
        by_whom=by_whom,
        what=what,
    )


def end_segregation(note: Notes, *, segregation: Segregation, at: datetime, because: str = "") -> Segregation:
    """It is over. Raises NotNow when it ended already, or for a time before it began."""
    _check_segregated(segregation, at, note.at)
    segregation.to_at, segregation.ended_because = at, because
    segregation.save(update_fields=["to_at", "ended_because"])
    note.of("segregation.ended", segregation, words="Long-term segregation ended.", happened_at=at)
    return segregation


def _check_segregated(segregation: Segregation, at: datetime, now: datetime) -> None:
    if segregation.to_at is not None:
        raise NotNow("ended", text.SEGREGATION_OVER)
    if not segregation.from_at <= at <= now:
        raise NotNow("order", text.SEGREGATION_ORDER.format(at=moment(segregation.from_at)))


def extend_place_of_safety(note: Notes, *, stay: Stay, at: datetime, by_whom: str, because: str) -> SafetyExtension:
    """A doctor lengthened the time. Raises NotNow where it is no place of safety, or a second time."""
    check_open(stay)
    check_within(stay, at, note.at)
    if stay.kind != Stay.Kind.PLACE_OF_SAFETY:
        raise NotNow("kind", text.NO_PLACE_OF_SAFETY)
    if SafetyExtension.objects.filter(stay=stay).exists():
        raise NotNow("twice", text.LENGTHENED_ALREADY)
    words = "A doctor lengthened the time in the place of safety."
    values = {"stay": stay, "by_whom": by_whom, "because": because}
    return write(note, SafetyExtension, stay, words=words, event="place_of_safety.lengthened", at=at, **values)


def end_with_stay(note: Notes, *, stay: Stay, at: datetime) -> None:
    """What went on in a stay ends with it: leave and segregation."""
    for leave in StayLeave.objects.select_for_update(of=("self",)).filter(stay=stay, to_at=None, superseded_by=None):
        end_leave(note, leave=leave, at=max(at, leave.from_at), how_it_was=text.WITH_STAY)
    for one in Segregation.objects.select_for_update(of=("self",)).filter(stay=stay, to_at=None, superseded_by=None):
        end_segregation(note, segregation=one, at=max(at, one.from_at), because=text.WITH_STAY)
