"""Somebody of the family comes in, tells what has changed, and is answered. Each is called inside `recording()`."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from alongside.features.people import text
from alongside.features.people.models import Consent, Person, PostedChange, Relation
from alongside.features.people.operations.facts import record_consent, record_fact
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import birthday

SIXTEEN = 16


def open_to_family(
    note: Notes,
    *,
    actor: Actor,
    person_id: int,
    relation_id: int | None,
    role: str,
    topics: Sequence[int],
    agreed_how: str = "",
    asked_by: Actor,
) -> None:
    """What the inviter chose is open to them from now. It replaces what was open to them before.

    A young person's own record needs no agreement. Until 16 nor does that of somebody with parental responsibility; on
    the birthday that ends by itself. Everybody else in the family, and from 16 on a parent too, relies on an agreement
    to share: `agreed_how` is the inviter's evidence for it, and becomes an answer in the ledger in the inviter's name.
    """
    with context.as_engine():
        person = Person.objects.get(pk=person_id)
        own = role == Role.YOUNG_PERSON
        because = Involvement.Because.OWN_RECORD if own else Involvement.Because.FAMILY
        _end(actor, person_id, note.at)
        known = {
            "actor": actor,
            "person_id": person_id,
            "topics": sorted(topics),
            "because": because,
            "because_id": relation_id,
            "sees_guarded": 2 if own or person.restricted else 1,
            "recipient_kind": "" if own else "family",
        }
        relation = Relation.objects.filter(pk=relation_id or 0, person_id=person_id).first()
        until = None if own else _alone_until(person, relation)
        alone = own or (until is not None and until > note.at)
        if alone:
            Involvement.objects.create(relies_on=Involvement.ReliesOn.NOTHING, from_at=note.at, to_at=until, **known)
        if not own:
            begins = until if until and until > note.at else note.at
            Involvement.objects.create(relies_on=Involvement.ReliesOn.SHARING, from_at=begins, **known)
        if agreed_how and not alone:
            _record_sharing(note, person, actor, topics, agreed_how, asked_by)
        if relation_id:
            Relation.objects.filter(pk=relation_id, person_id=person_id).update(actor=actor)


def decides(person: Person, at: datetime) -> bool:
    """From 16 they decide themselves who is told, and where their age is not known they are asked as well.

    Source: policy reference 3.3 and 11.1.
    """
    until = _sixteen_at(person)
    return until is None or until <= at


def needs_agreement(person: Person, relation: Relation, at: datetime) -> bool:
    """Whether somebody must agree before this relation sees the record: from 16, or without parental responsibility."""
    until = _alone_until(person, relation)
    return until is None or until <= at


def _alone_until(person: Person, relation: Relation | None) -> datetime | None:
    """Until when this relation needs nobody's agreement; None where they need it now."""
    return _sixteen_at(person) if relation and relation.parental_responsibility else None


def _sixteen_at(person: Person) -> datetime | None:
    """The moment their sixteenth birthday begins; None where the birth date is not known."""
    if person.birth_date is None:
        return None
    return datetime.combine(birthday(person.birth_date, SIXTEEN), time(), LONDON).astimezone(UTC)


def _end(actor: Actor, person_id: int, at: datetime) -> None:
    """What is open ends now; what would open later never does."""
    Involvement.objects.filter(
        Q(to_at__isnull=True) | Q(to_at__gt=at),
        actor=actor,
        person_id=person_id,
        because__in=(Involvement.Because.OWN_RECORD, Involvement.Because.FAMILY),
    ).update(to_at=Greatest(Value(at), F("from_at")))


def _record_sharing(
    note: Notes, person: Person, actor: Actor, topics: Sequence[int], agreed_how: str, asked_by: Actor
) -> None:
    comes, note.by = note.by, asked_by
    record_consent(
        note,
        person=person,
        purpose=Consent.Purpose.SHARING,
        answer=Consent.Answer.GIVEN,
        basis=_basis(person, note.at),
        decided_on=note.at.date(),
        decided_by=person.shown_name if decides(person, note.at) else "",
        recipient_kind="actor",
        recipient_id=actor.pk,
        about_topics=sorted(topics),
        evidence=agreed_how,
        evidenced=True,
    )
    note.by = comes


def _basis(person: Person, at: datetime) -> str:
    if person.birth_date is None:
        return Consent.Basis.NOT_STATED
    return Consent.Basis.SIXTEEN if decides(person, at) else Consent.Basis.PARENTAL


def close_to_family(note: Notes, *, actor: Actor, person: Person) -> None:
    """They can no longer come in for this person."""
    with context.as_engine():
        _end(actor, person.pk, note.at)
    note(
        "family.closed",
        words=f"{actor.name} can no longer sign in to see this record.",
        person_id=person.pk,
        icb_id=person.icb_id,
        topic=Topic.FAMILY,
    )


def post_change(note: Notes, *, person: Person, kind: str, told: str, urgent: bool, told_as: str) -> PostedChange:
    """Something has changed: work for the keyworker, with a clock. Source: policy reference, section 16, row 70."""
    return record_fact(
        note,
        PostedChange,
        person=person,
        topic=text.POSTED_TOPIC[kind],
        words=f"{told_as} told us that something has changed: {PostedChange.Kind(kind).label.lower()}.",
        code="change.posted",
        kind=kind,
        told=told,
        urgent=urgent,
        told_as=told_as,
    )


def answer_change(note: Notes, *, change: PostedChange, answer: str) -> None:
    """What was done about it, in words that whoever told us reads. Raises NotNow when it was answered before."""
    fresh = PostedChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if fresh.answered_at:
        raise NotNow("answered", "Somebody has answered this already. Open the person's page to read what they said.")
    fresh.answer, fresh.answered_at, fresh.answered_by_id = answer, note.at, note.by.id
    fresh.save(update_fields=["answer", "answered_at", "answered_by"])
    note(
        "change.answered",
        words=f"What {fresh.told_as.lower()} told us was answered.",
        person_id=fresh.person_id,
        icb_id=fresh.recorded_icb_id,
        topic=fresh.topic,
        subject="postedchange",
        subject_id=fresh.pk,
    )
