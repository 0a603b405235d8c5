"""Somebody of the family comes in, tells what has changed, and is answered. Each is called inside `recording()`."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from alongside.features.people import text
from alongside.features.people.agreement.about_family import read_before, rows_about, same_relation
from alongside.features.people.models import Consent, Person, PostedChange, Relation
from alongside.features.people.operations.facts import correct_fact, record_consent, record_fact
from alongside.features.people.operations.sixteen import sixteen_at
from alongside.features.people.told_where import must_not_learn_where
from alongside.foundation.access import context
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.invitations import take_back
from alongside.foundation.accounts.models import Actor, Invitation
from alongside.foundation.clock import LONDON
from alongside.foundation.messages.models import Delivery
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.duties import who_told


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
    What was answered about them before they had an account holds for it from now on; a no is not answered anew here.
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
        refused = _carry_over(note, person, relation, actor, asked_by) if relation else frozenset()
        agreed = [topic for topic in topics if topic not in refused]
        if agreed_how and not alone and Topic.IDENTITY in agreed:
            _record_sharing(note, person, actor, agreed, agreed_how, asked_by)


def _carry_over(note: Notes, person: Person, relation: Relation, actor: Actor, asked_by: Actor) -> frozenset[int]:
    """They are this actor from now on, and so are they in the ledger. The topics that were refused of them."""
    Relation.objects.filter(pk__in=same_relation(person.pk, relation.pk)).update(actor=actor)
    with note.in_the_name_of(asked_by):
        for row in rows_about(person.pk, relation.pk):
            if row.recipient_kind == "relation":
                words = "What was answered about somebody of the family goes on now that they sign in."
                correct_fact(note, row, words=words, recipient_kind="actor", recipient_id=actor.pk)
    today = note.at.astimezone(LONDON).date()
    return read_before(person.pk, relation.pk, on=today, from_sixteen=decides(person, note.at)).refused


def settle_given_up(note: Notes, person_id: int) -> None:
    """Invitations to this family that did not arrive are no more to be mended, once another way is taken."""
    with context.as_engine():
        asked = Invitation.objects.filter(person_id=person_id, used_at=None, taken_back_at=None)
        for one in asked:
            given_up = Delivery.objects.filter(
                notice="invitation", made_at=one.made_at, address__in=[one.phone or "-", one.email or "-"]
            )
            for number in given_up.values_list("pk", flat=True):
                note.matter("delivery", number)


def take_back_refused(note: Notes, *, person: Person, relation_ids: Iterable[int]) -> None:
    """Somebody said no to telling these relations: an invitation that they have not used yet stops counting."""
    same = {number for each in relation_ids for number in same_relation(person.pk, each)}
    asked = list(Invitation.objects.filter(person_id=person.pk, relation_id__in=same, used_at=None, taken_back_at=None))
    if asked:
        settle_given_up(note, person.pk)
    for one in asked:
        take_back(note, one)


def decides(person: Person, at: datetime) -> bool:
    """From 16 they decide themselves who is told, and where their age is not known they are asked as well.

    Source: policy reference 3.3 and 11.1.
    """
    until = sixteen_at(person.birth_date)
    return until is None or until <= at


def needs_agreement(person: Person, relation: Relation, at: datetime) -> bool:
    """Whether somebody must agree before this relation sees the record: from 16, or without parental responsibility."""
    until = _alone_until(person, relation)
    return until is None or until <= at


def _alone_until(person: Person, relation: Relation | None) -> datetime | None:
    """Until when this relation needs nobody's agreement; None where they need it now."""
    return sixteen_at(person.birth_date) if relation and relation.parental_responsibility else None


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
    with note.in_the_name_of(asked_by):
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


def answer_change(note: Notes, *, change: PostedChange, answer: str, checked: bool = False) -> None:
    """What was done about it, in words that whoever told us reads. Raises NotNow when it was answered before.

    checked: whoever answers read it for a reader who may not know where the young person is (see `told_where.py`).
    Raises NotNow where it must be and is not: such a reader would not be shown it.
    """
    if not checked and must_not_learn_where(change.recorded_by, change.person_id, note.at):
        raise NotNow("where", text.CHECK_WHERE.format(reader=change.recorded_by.name))
    fresh = PostedChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if fresh.answered_at:
        raise NotNow("answered", "Somebody has answered this already. Open the person's page to read what they said.")
    fresh.answer, fresh.answered_at, fresh.answered_by_id = answer, note.at, note.by.id
    fresh.checked_where = checked
    fresh.save(update_fields=["answer", "answered_at", "answered_by", "checked_where"])
    note.of("change.answered", fresh, words=f"What {who_told(fresh.told_as)} told us was answered.")
