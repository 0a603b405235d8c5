"""What was told to whom on which lawful basis, and telling against an agreement. Called inside `recording()`."""

from collections.abc import Collection
from datetime import datetime, timedelta

from alongside.features.people.models import AgreementOverride, LawfulBasis, Person, Share
from alongside.features.people.operations.facts import record_fact
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

#: An override is for the time of a danger. Longer than this it is asked for anew.
LONGEST = timedelta(days=28)


def record_share(
    note: Notes,
    *,
    person: Person,
    what: str,
    told_to: str,
    topics: Collection[int],
    purpose: str,
    lawful_basis: str,
    why: str,
    recipient_kind: str = "",
    recipient_id: int | None = None,
    happened_at: datetime | None = None,
) -> Share:
    """Keeps that something was told: what, to whom, for what, on which lawful basis, and why.

    Source: policy reference 11.3 (every share is logged; lawful basis is kept apart from agreement).
    """
    if not what.strip() or not told_to.strip() or not why.strip():
        raise NotNow("share", "Say what was told, to whom and why.")
    return record_fact(
        note,
        Share,
        person=person,
        topic=Topic.AGREEMENT,
        words=f"{told_to} was told: {what}",
        code="share.recorded",
        happened_at=happened_at,
        what=what,
        told_to=told_to,
        about_topics=sorted(topics),
        purpose=purpose,
        lawful_basis=LawfulBasis(lawful_basis),
        why=why,
        recipient_kind=recipient_kind,
        recipient_id=recipient_id,
    )


def override_agreement(
    note: Notes,
    *,
    person_id: int,
    actor: Actor,
    topics: Collection[int],
    lawful_basis: str,
    reason: str,
    senior_name: str,
    to_at: datetime,
    told: bool,
    told_words: str,
    by: Me,
) -> AgreementOverride:
    """Opens topics to one actor for a time although nobody agreed, to keep somebody safe.

    `told_words`: how the person was told of it, or why that would be unsafe. The record may be closed to whoever
    decides; so the rows are written under the engine's identity, in their name. Consent is no basis for it.
    """
    if lawful_basis == LawfulBasis.CONSENT:
        raise NotNow("lawful_basis", "Where nobody agreed, consent can't be the basis. Choose the one that applies.")
    for words, sentence in (
        (reason, "Say what danger makes it necessary."),
        (senior_name, "Name the senior who decided."),
        (told_words, "Say how the person was told, or why telling them would be unsafe."),
    ):
        if not words.strip():
            raise NotNow("override", sentence)
    if not note.at < to_at <= note.at + LONGEST:
        raise NotNow("to_at", f"Choose an end within {LONGEST.days} days. It can be asked for again.")
    with context.as_engine():
        person = Person.objects.get(pk=person_id)
        if not by.holds_in(person.icb_id, Role.COORDINATOR, Role.MANAGER):
            raise Refused("not_overriding", "Only the register and keyworking teams of the area can do this.")
        involvement = Involvement.objects.create(
            actor=actor,
            person_id=person.pk,
            topics=sorted({Topic.IDENTITY.value, *topics}),
            because=Involvement.Because.OVERRIDE,
            relies_on=Involvement.ReliesOn.NOTHING,
            from_at=note.at,
            to_at=to_at,
        )
        return record_fact(
            note,
            AgreementOverride,
            person=person,
            topic=Topic.SAFEGUARDING,
            words=f"{actor.name} was told although nobody agreed, to keep them safe. {senior_name} decided.",
            code="agreement.overridden",
            actor=actor,
            about_topics=sorted(topics),
            lawful_basis=LawfulBasis(lawful_basis),
            reason=reason,
            senior_name=senior_name,
            to_at=to_at,
            told=told,
            told_words=told_words,
            involvement_id=involvement.pk,
        )
