"""Keeping an asking between its pages, saving what was answered, and recording capacity."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from alongside.features.people.agreement.answers import Decided, Said
from alongside.features.people.agreement.models import AskingDraft, CapacityRecord
from alongside.features.people.models import Consent, Document, Person
from alongside.features.people.models.person import RetentionClass
from alongside.features.people.operations import correct_fact, record_fact
from alongside.features.people.operations.family import take_back_refused
from alongside.features.people.operations.people import say_who_may
from alongside.foundation.access import context
from alongside.foundation.nhsuk.forms.fields import without_controls
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

#: Local default: no national figure was found. After so many days without a word what was typed is deleted.
KEPT_DAYS = 28
MOST_NAMES, LONGEST = 400, 2000
# In one statement, so that two pages sent at once both stay. What is too old is not gone on with.
KEEP = """
    insert into people_askingdraft as d (person_id, actor_id, answers, begun_at, saved_at, expires_at)
    values (%(person)s, %(actor)s, %(answers)s::jsonb, %(at)s, %(at)s, %(until)s)
    on conflict (person_id, actor_id) do update set
        answers = case when d.expires_at <= %(at)s then '{}'::jsonb else d.answers end || excluded.answers,
        begun_at = case when d.expires_at <= %(at)s then excluded.begun_at else d.begun_at end,
        saved_at = excluded.saved_at, expires_at = excluded.expires_at
"""
Typed = Mapping[str, Sequence[str]]


def keep_pages(pages: Mapping[str, Typed], *, person: Person, actor_id: int, at: datetime) -> None:
    """Keeps pages as they were typed. Not part of any act: nobody was told anything yet."""
    answers = json.dumps({page: _tidy(typed) for page, typed in pages.items()})
    until = at + timedelta(days=KEPT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"person": person.pk, "actor": actor_id, "answers": answers, "at": at, "until": until})


def _tidy(typed: Typed) -> dict[str, list[str]]:
    """Only so much, and only texts that the database takes."""
    kept = list(typed.items())[:MOST_NAMES]
    return {_text(name)[:80]: [_text(value)[:LONGEST] for value in list(values)[:MOST_NAMES]] for name, values in kept}


def _text(value: str) -> str:
    return without_controls(str(value)).encode("utf-8", "replace").decode()


def start_again(*, person: Person, actor_id: int) -> None:
    """Forgets what was typed."""
    AskingDraft.objects.filter(person=person, actor_id=actor_id).delete()


def delete_expired_drafts(at: datetime) -> int:
    """Deletes what nobody went on with. How many there were."""
    with context.as_engine():
        return AskingDraft.objects.filter(expires_at__lte=at).delete()[0]


def save_answers(
    note: Notes, *, person: Person, said: Sequence[Said], decided: Decided, document: Document | None = None
) -> list[Consent]:
    """One row in the ledger for each answer, in one act. What it opens or closes follows at once, by the database.

    A no may close the record to whoever writes it down; so the rows are written under the engine's identity, in their
    name. Whoever calls has checked that they may change the record. Source: policy reference 3.3 and 11.2.
    """
    with context.as_engine():
        rows = Consent.objects.bulk_create(_row(note, person, each, decided, document) for each in said)
        AskingDraft.objects.filter(person=person, actor_id=note.by.id).delete()
        for row, each in zip(rows, said, strict=True):
            note(
                "consent.recorded",
                words=each.words,
                person_id=person.pk,
                icb_id=person.icb_id,
                topic=Topic.AGREEMENT,
                subject="consent",
                subject_id=row.pk,
            )
        refused = [each.recipient_id for each in said if each.recipient_kind == "relation" and each.is_whole_no]
        take_back_refused(note, person=person, relation_ids=[number for number in refused if number is not None])
        register = [each.answer for each in said if each.purpose == Consent.Purpose.REGISTER]
        if register:
            say_who_may(note, person=person, because=f"agreement to the register: {register[-1]}")
    return rows


def _row(note: Notes, person: Person, said: Said, decided: Decided, document: Document | None) -> Consent:
    return Consent(
        person=person,
        topic=Topic.AGREEMENT,
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        retention_class=RetentionClass.AGREEMENT,
        purpose=said.purpose,
        answer=said.answer,
        basis=decided.basis,
        about_topics=list(said.about),
        recipient_kind=said.recipient_kind,
        recipient_id=said.recipient_id,
        decided_by=decided.by,
        decided_on=decided.on,
        valid_until=decided.valid_until if said.is_yes else None,
        evidence=decided.evidence,
        evidenced=True,
        document=document,
        told=said.told,
        ask_again_on=said.ask_again_on,
    )


def record_capacity(note: Notes, *, person: Person, abouts: Sequence[str], **values: Any) -> list[CapacityRecord]:
    """What was found of each of these decisions: one record each, since capacity is decided decision by decision."""
    return [
        record_fact(
            note,
            CapacityRecord,
            person=person,
            topic=Topic.AGREEMENT,
            words=_found(about, values["able"], values["test"]),
            code="capacity.recorded",
            about=about,
            retention_class=RetentionClass.AGREEMENT,
            **values,
        )
        for about in abouts
    ]


def correct_capacity(note: Notes, *, record: CapacityRecord, **changes: Any) -> CapacityRecord:
    """A new record in the place of one that was written down wrongly; that one stays as it was."""
    about, able = changes.get("about", record.about), changes.get("able", record.able)
    words = f"Put right: {_found(about, able, changes.get('test', record.test))}"
    return correct_fact(note, record, words=words, **changes)


def _found(about: str, able: bool, test: str) -> str:
    what = CapacityRecord.About(about).label.lower()
    if test == CapacityRecord.Test.COMPETENCE:
        return f"Found {'competent' if able else 'not yet competent'} to decide about {what}."
    return f"Found to {'have' if able else 'lack'} capacity to decide about {what}."
