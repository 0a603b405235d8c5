"""Who was told, who visited, and that the keyworker knows. Each is called inside `recording()`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from alongside.features.hospital.inpatient import text
from alongside.features.hospital.inpatient.recording import check_within, write
from alongside.features.hospital.models import AdmissionKnown, OversightVisit, Stay, StayNotice
from alongside.features.people.operations import correct_fact
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes


def tell_body(
    note: Notes,
    *,
    stay: Stay,
    kind: str,
    body: str,
    told_whom: str,
    told_by: str,
    how: str,
    at: datetime,
    reference: str = "",
) -> StayNotice:
    """One body was told. A second word to the same body is a row of its own; the first one counts for the clock."""
    if at > note.at:
        raise NotNow("future", text.FUTURE)
    if at < stay.admitted_at:
        raise NotNow("before_stay", text.BEFORE_STAY.format(at=moment(stay.admitted_at)))
    return write(
        note,
        StayNotice,
        stay,
        words=f"{StayNotice.Body(body).label} was told: {StayNotice.Kind(kind).label.lower()}.",
        event="notice.given",
        at=at,
        stay=stay,
        kind=kind,
        body=body,
        told_whom=told_whom,
        told_by=told_by,
        how=how,
        reference=reference,
    )


def record_reply(note: Notes, *, notice: StayNotice, replied_on: date, reply: str) -> StayNotice:
    """What the body said to it. The notice as it stood is kept."""
    if StayNotice.objects.filter(supersedes=notice).exists():
        raise NotNow("stale", text.STALE)
    words = f"{StayNotice.Body(notice.body).label} replied."
    return correct_fact(note, notice, words=words, replied_on=replied_on, reply=reply)


def record_reference(note: Notes, *, notice: StayNotice, reference: str) -> StayNotice:
    """The body's reference, where it came later. The notice as it stood is kept. NotNow when one stands."""
    if StayNotice.objects.filter(supersedes=notice).exists():
        raise NotNow("stale", text.STALE)
    if notice.reference:
        raise NotNow("reference", text.REFERENCE_STANDS.format(reference=notice.reference))
    words = f"{StayNotice.Body(notice.body).label} gave a reference."
    return correct_fact(note, notice, words=words, reference=reference)


def record_visit(
    note: Notes,
    *,
    stay: Stay,
    at: datetime,
    by_whom: str,
    face_to_face: bool,
    seen_alone: bool,
    not_alone_because: str = "",
    spoke_with: Sequence[str] = (),
    they_said: str = "",
    environment: str = "",
    concerns: str = "",
    action_at_once: str = "",
    lifted_to: str = "",
) -> OversightVisit:
    """A visit of the commissioner. Raises NotNow when they were not seen alone and nobody says why."""
    check_within(stay, at, note.at)
    if not seen_alone and not not_alone_because.strip():
        raise NotNow("alone", text.WHY_NOT_ALONE)
    how = "Visited in hospital" if face_to_face else "Spoken with from away, for the commissioner"
    alone = "seen alone" if seen_alone else "not seen alone"
    return write(
        note,
        OversightVisit,
        stay,
        words=f"{how} by {by_whom}; {alone}{'; there were concerns' if concerns else ''}.",
        event="visit.recorded",
        at=at,
        stay=stay,
        by_whom=by_whom,
        face_to_face=face_to_face,
        seen_alone=seen_alone,
        not_alone_because="" if seen_alone else not_alone_because,
        spoke_with=list(spoke_with),
        they_said=they_said,
        environment=environment,
        concerns=concerns,
        action_at_once=action_at_once,
        lifted_to=lifted_to,
    )


def know_admission(note: Notes, *, stay: Stay, keyworker_id: int, how: str = "") -> AdmissionKnown:
    """The keyworker knows, from now on. The first time counts. `how`: where somebody else says so, how they know."""
    if found := AdmissionKnown.objects.filter(stay=stay, keyworker_id=keyworker_id).first():
        raise NotNow("known", text.KNOWN_ALREADY.format(at=moment(found.recorded_at)))
    own = note.by.id == keyworker_id
    words = "The keyworker knows of the admission." if own else "The keyworker was told of the admission."
    values: dict[str, Any] = {"stay": stay, "keyworker_id": keyworker_id, "how": how}
    return write(note, AdmissionKnown, stay, words=words, event="admission.known", **values)
