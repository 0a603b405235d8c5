"""What stays when somebody said no: read by the named custodians, and kept up by them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from alongside.features.people.models import ClosedRecord, Consent, Person
from alongside.features.people.operations.facts import record_consent
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.policy.duties import ClosedFacts


def read_closed(ids: Sequence[int]) -> Iterator[ClosedFacts]:
    for closed in ClosedRecord.objects.filter(pk__in=ids):
        yield ClosedFacts(
            kind="closed_record",
            id=closed.pk,
            icb_id=closed.icb_id,
            opened_at=closed.closed_at,
            closed_at=closed.reopened_at,
            closed_on=closed.closed_at.astimezone(LONDON).date(),
            offer_again_on=closed.offer_again_on,
            offered_on=closed.offered_again_on,
            keep_until=closed.keep_until,
        )


def list_closed(icb_id: int | None) -> list[int]:
    rows = ClosedRecord.objects.filter(reopened_at=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def _check(closed: ClosedRecord, by: Me) -> None:
    """The database shows a stub to the custodians of its area only; so whoever reads it may also keep it up."""
    if not ClosedRecord.objects.filter(pk=closed.pk).exists():
        raise Refused("not_custodian", f"Only the named custodians of {closed.icb.name} keep closed records.")
    if closed.reopened_at:
        raise NotNow("reopened", "This record is open again. Find it on the register.")


def say_who_was_told(note: Notes, *, closed: ClosedRecord, told: str, by: Me) -> None:
    """Who was told that somebody is off the register, in the custodian's words."""
    _check(closed, by)
    closed.told = told
    closed.save(update_fields=["told"])
    _say(note, closed, "closed_record.told", "It was written down who was told.")


def offered_again(note: Notes, *, closed: ClosedRecord, on: date, next_on: date | None = None, by: Me) -> None:
    """The register was offered again and nothing changed. `next_on`: when to ask once more, if at all."""
    _check(closed, by)
    closed.offered_again_on = on
    if next_on:
        if next_on <= on:
            raise NotNow("next_on", "Choose a later day on which to ask again.")
        closed.offer_again_on = next_on
    closed.save(update_fields=["offered_again_on", "offer_again_on"])
    _say(note, closed, "closed_record.offered", "The register was offered again.")


def agree_again(
    note: Notes, *, closed: ClosedRecord, basis: str, decided_by: str, decided_on: date, evidence: str, by: Me
) -> Person:
    """The family or young person now agrees: the record opens, and they come back to the list they were on.

    A custodian can't see the person before; so the answer is written under the engine's identity, in their name.
    """
    _check(closed, by)
    with context.as_engine():
        person = Person.objects.select_for_update().get(pk=closed.person_id)
        record_consent(
            note, person=person, purpose=Consent.Purpose.REGISTER, answer=Consent.Answer.GIVEN, basis=basis,
            decided_by=decided_by, decided_on=decided_on, evidence=evidence, evidenced=True,
        )  # fmt: skip
        person.refresh_from_db()
        every = list(ClosedRecord.objects.filter(person=person, reopened_at=None))
        for each in every:
            each.reopened_at, each.reopened_by_id = note.at, by.id
            each.save(update_fields=["reopened_at", "reopened_by"])
    for each in every:
        _say(note, each, "closed_record.reopened", "A closed record was opened again.", listing=each.listing)
    return person


def _say(note: Notes, closed: ClosedRecord, code: str, words: str, **detail: Any) -> None:
    """About no person, so that nobody reads of it but the custodians' own duties."""
    note(code, words=words, subject="closed_record", subject_id=closed.pk, **detail)
    note.matter("closed_record", closed.pk)
