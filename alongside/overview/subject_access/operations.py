"""A request for one's own record, from the day it came in to the day it was answered. Inside `recording()`."""

import secrets
from collections.abc import Mapping
from datetime import date

from alongside.features.people.models import LawfulBasis, Person, Share
from alongside.features.people.operations import record_fact
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.documents.storage import keep
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.overview.subject_access.files import make_pack
from alongside.overview.subject_access.models import AccessRequest, Checked
from alongside.overview.subject_access.pack import Part, read_parts, today_of

Key = tuple[str, int]


def record_request(
    note: Notes,
    *,
    person: Person,
    asked_as: str,
    asked_by: str,
    proof: str,
    received_on: date,
    second_id: int,
    by: Me,
) -> AccessRequest:
    """The clock runs from the day it came in. Raises NotNow when one of this person's is still open."""
    _check(by, person.icb_id)
    if second_id == by.id:
        raise NotNow("same", "Choose somebody else: two people look at what is given out.")
    if AccessRequest.objects.filter(person=person, closed_at=None).exists():
        raise NotNow("open", "A request for this record is open already. Answer that one first.")
    request = AccessRequest.objects.create(
        reference=f"S-{secrets.randbelow(10_000):04d}-{secrets.randbelow(10_000):04d}",
        icb_id=person.icb_id,
        person=person,
        person_reference=person.reference,
        asked_as=asked_as,
        asked_by=asked_by,
        proof=proof,
        received_on=received_on,
        recorded_at=note.at,
        handler_id=by.id,
        second_id=second_id,
    )
    _say(note, request, "request.recorded", f"Somebody asked for the record: {request.get_asked_as_display()}.")
    return request


def take_longer(note: Notes, *, request: AccessRequest, because: str, told_on: date, by: Me) -> None:
    """Complex: up to two months more, when whoever asked was told why within the first month."""
    current = _open(request, by)
    current.complex_because, current.complex_told_on = because, told_on
    current.save(update_fields=["complex_because", "complex_told_on"])
    _say(note, current, "request.longer", "The request takes longer, and whoever asked was told why.")


def check_parts(note: Notes, *, request: AccessRequest, decisions: Mapping[Key, tuple[bool, str]], by: Me) -> None:
    """What may tell of somebody else is left in, or taken out with a reason. A new decision replaces the one before.

    With the last of them it is the second person's turn, who finds it in what is due.
    """
    current = _open(request, by)
    for (table, row_id), (leave, because) in decisions.items():
        if not leave and not because.strip():
            raise NotNow("because", "Say why each part is taken out.")
        Checked.objects.update_or_create(
            request=current,
            table=table,
            row_id=row_id,
            defaults={"leave": leave, "because": because, "by_id": by.id, "at": note.at},
        )
    if current.approved_at:
        raise NotNow("approved", "The pack was approved in the meantime and can't be changed any more.")
    if not current.checked_at and not unchecked(read_parts(current.person_id), decisions_of(current)):
        current.checked_at = note.at
        current.save(update_fields=["checked_at"])
    _say(
        note, current, "request.checked", f"{len(decisions):,} parts of the pack were checked for what tells of others."
    )


def approve_pack(note: Notes, *, request: AccessRequest, by: Me) -> AccessRequest:
    """The second person's yes. From here on the pack is the file that they saw. Raises Refused or NotNow."""
    if request.second_id != by.id:
        raise Refused("not_second", "Somebody else was asked to look at this pack.")
    current = AccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.closed_at or current.approved_at:
        raise NotNow("approved", "This pack was approved or closed in the meantime.")
    parts = read_parts(current.person_id)
    decided = decisions_of(current)
    left = [part for part in parts if part.other and part.key not in decided]
    if left:
        raise NotNow("unchecked", f"{len(left):,} parts that may tell of somebody else are not checked yet.")
    out = {key for key, leave in decided.items() if not leave}
    pack = make_pack(parts, out, reference=current.reference, sender=current.icb.name, on=today_of(note.at))
    current.approved_at, current.approved_by_id, current.pack_key = note.at, by.id, keep(pack)
    current.save(update_fields=["approved_at", "approved_by", "pack_key"])
    _say(note, current, "request.approved", "The pack was looked at by a second person and approved.")
    return current


def close_request(note: Notes, *, request: AccessRequest, how: str, words: str, by: Me) -> None:
    """How it was answered. What was sent or collected has to be approved first."""
    current = _open(request, by)
    given = how in (AccessRequest.Closed.SENT, AccessRequest.Closed.COLLECTED)
    if given and not current.approved_at:
        raise NotNow("not_approved", "A second person has to approve the pack before it is given out.")
    current.closed_at, current.closed_how, current.closed_words = note.at, how, words
    current.save(update_fields=["closed_at", "closed_how", "closed_words"])
    if given:
        _record_share(note, current, words)
    else:
        _say(note, current, "request.closed", f"The request was closed: {words}")


def _record_share(note: Notes, request: AccessRequest, words: str) -> None:
    """What was given out, to whom and why. Written by the engine: governance records nothing about people itself."""
    told = f"The record was given to {request.asked_by}: {AccessRequest.Closed(request.closed_how).label.lower()}."
    with context.as_engine():
        record_fact(
            note,
            Share,
            person=request.person,
            topic=Topic.AGREEMENT,
            words=told,
            code="request.closed",
            what=f"All that is held, as in the pack {request.reference}",
            told_to=request.asked_by,
            purpose="A request for one's own record",
            lawful_basis=LawfulBasis.LEGAL_OBLIGATION,
            why=words,
        )
    note.matter("subject_access", request.pk)


def decisions_of(request: AccessRequest) -> dict[Key, bool]:
    """By part: whether it is left in."""
    return {(row.table, row.row_id): row.leave for row in request.checked.all()}


def unchecked(parts: list[Part], decided: Mapping[Key, bool]) -> list[Part]:
    """What may tell of somebody else and was not decided on yet."""
    return [part for part in parts if part.other and part.key not in decided]


def _open(request: AccessRequest, by: Me) -> AccessRequest:
    _check(by, request.icb_id)
    current = AccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.closed_at:
        raise NotNow("closed", "This request was closed in the meantime.")
    return current


def _check(me: Me, icb_id: int) -> None:
    if not me.holds_in(icb_id, Role.GOVERNANCE):
        raise Refused("not_governing", "Information governance of the area does this.")


def _say(note: Notes, request: AccessRequest, code: str, words: str) -> None:
    note(
        code,
        words=words,
        person_id=request.person_id,
        icb_id=request.icb_id,
        topic=Topic.AGREEMENT,
        subject="access_request",
        subject_id=request.pk,
    )
    note.matter("subject_access", request.pk)
