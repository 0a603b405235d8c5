"""What was told to whom on which lawful basis, and telling against an agreement. Called inside `recording()`."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from alongside.features.people.models import AgreementOverride, LawfulBasis, Person, Share
from alongside.features.people.models.untold import mark_of_untold
from alongside.features.people.operations.facts import record_fact
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.models import Involvement
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

#: An override is for the time of a danger. Longer than this it is asked for anew.
LONGEST = timedelta(days=28)
#: The kind of matter that looking again is (see `config/wiring.py`).
MATTER = "override"
#: The same for what others were told while the family may not know of it.
UNTOLD_SHARE = "untold_share"
Untold = TypeVar("Untold", AgreementOverride, Share)


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
    untold_because: str = "",
    look_again_on: date | None = None,
) -> Share:
    """Keeps that something was told: what, to whom, for what, on which lawful basis, and why.

    untold_because: why it would be unsafe if the family knew; then nobody of the family reads it, nor the event, and
    somebody looks again on `look_again_on`, or where no day was chosen by the area's own rule.
    Source: policy reference 11.3 (every share is logged; lawful basis is kept apart from agreement).
    """
    if not what.strip() or not told_to.strip() or not why.strip():
        raise NotNow("share", "Say what was told, to whom and why.")
    if untold_because and look_again_on is not None:
        _check_look_again(note, False, look_again_on)
    share = record_fact(
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
        told=not untold_because,
        told_words=untold_because,
        look_again_on=look_again_on if untold_because else None,
    )
    if untold_because:
        note.matter(UNTOLD_SHARE, share.pk)
    return share


def tell_of_share(note: Notes, *, share: Share) -> Share:
    """The family may know of it now: from here on they read it. Raises NotNow when that was said before."""
    told = {"told": True, "told_words": "", "look_again_on": None}
    words = f"{share.told_to} was told: {share.what}"
    return _say_anew(note, share, code="share.told", words=words, matter=UNTOLD_SHARE, **told)


def share_later(note: Notes, *, share: Share, why: str, on: date) -> Share:
    """It would still be unsafe if the family knew: why, and when somebody asks again."""
    _check_look_again(note, False, on)
    _check_words(why)
    words = f"It was looked at again. Telling them is not safe yet. Next on {on:%-d %B %Y}."
    later = {"told_words": why, "look_again_on": on}
    return _say_anew(note, share, code="share.kept", words=words, matter=UNTOLD_SHARE, **later)


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
    look_again_on: date | None = None,
    by: Me,
) -> AgreementOverride:
    """Opens topics to one actor for a time although nobody agreed, to keep somebody safe.

    `told_words`: how the person was told of it, or why that would be unsafe; then `look_again_on` is the day on which
    somebody asks again whether they can be. The record may be closed to whoever decides; so the rows are written under
    the engine's identity, in their name. Consent is no basis for it.
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
    _check_look_again(note, told, look_again_on)
    with context.as_engine():
        person = Person.objects.get(pk=person_id)
        if not by.holds_in(person.icb_id, Role.COORDINATOR, Role.MANAGER):
            raise Refused("not_overriding", "Only the register and keyworking teams of the area can do this.")
        if person.restricted:
            raise NotNow("restricted", "Only named people find this record. Name them on it instead.")
        involvement = Involvement.objects.create(
            actor=actor,
            person_id=person.pk,
            topics=sorted({Topic.IDENTITY.value, *topics}),
            because=Involvement.Because.OVERRIDE,
            relies_on=Involvement.ReliesOn.NOTHING,
            from_at=note.at,
            to_at=to_at,
        )
        override = record_fact(
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
            look_again_on=None if told else look_again_on,
            involvement_id=involvement.pk,
        )
    note.matter(MATTER, override.pk)
    return override


def tell_of_override(note: Notes, *, override: AgreementOverride, how: str) -> AgreementOverride:
    """The person has been told now, and how. From here on they read of it. Raises NotNow when that was done before."""
    words = f"They were told that {override.actor.name} was told although nobody agreed."
    _check_words(how)
    told = {"told": True, "told_words": how, "look_again_on": None}
    return _say_anew(note, override, code="agreement.override_told", words=words, matter=MATTER, **told)


def look_again_later(note: Notes, *, override: AgreementOverride, why: str, on: date) -> AgreementOverride:
    """Telling them would still be unsafe: why, and when somebody asks again."""
    _check_look_again(note, False, on)
    _check_words(why)
    words = f"It was looked at again. Telling them is not safe yet. Next on {on:%-d %B %Y}."
    later = {"told_words": why, "look_again_on": on}
    return _say_anew(note, override, code="agreement.override_kept", words=words, matter=MATTER, **later)


def end_override(note: Notes, *, override: AgreementOverride) -> None:
    """What it opened closes now. Raises NotNow when it has ended already."""
    with context.as_engine():
        open_still = Involvement.objects.filter(pk=override.involvement_id, to_at__gt=note.at)
        if not open_still.update(to_at=note.at):
            raise NotNow("ended", "This has ended already.")
    words = f"{override.actor.name} does not see the record any more."
    _say(note, override, "agreement.override_ended", words)


def _check_words(words: str) -> None:
    if not words.strip():
        raise NotNow("override", "Say how the person was told, or why telling them would be unsafe.")


def _say_anew(note: Notes, untold: Untold, *, code: str, words: str, matter: str, **changes: Any) -> Untold:
    """A new row in the place of the one before, which stays as it was written down."""
    kind = type(untold)
    with context.as_engine():
        Person.objects.select_for_update().get(pk=untold.person_id)
        before = kind.objects.filter(pk=untold.pk, superseded_by=None, told=False).first()
        if before is None:
            raise NotNow("looked_again", "Somebody has looked at this already. Open it again to see what they said.")
        skip = ("id", "supersedes", "recorded_by", "recorded_at")
        values = {f.attname: getattr(before, f.attname) for f in before._meta.concrete_fields if f.name not in skip}
        if kind is AgreementOverride:
            values["happened_at"] = note.at
        fresh = kind.objects.create(
            **(values | changes), supersedes=before, recorded_by_id=note.by.id, recorded_at=note.at
        )
    _say(note, fresh, code, words)
    note.matter(matter, before.pk)
    note.matter(matter, fresh.pk)
    return fresh


def _say(note: Notes, fact: AgreementOverride | Share, code: str, words: str) -> None:
    note(
        code,
        words=words,
        person_id=fact.person_id,
        icb_id=fact.recorded_icb_id,
        topic=fact.topic,
        subject=type(fact).__name__.lower(),
        subject_id=fact.pk,
        **mark_of_untold(fact),
    )


def _check_look_again(note: Notes, told: bool, on: date | None) -> None:
    if told:
        return
    today = note.at.astimezone(LONDON).date()
    if on is None or not today < on <= today + LONGEST:
        raise NotNow(
            "look_again_on", f"Choose a day within {LONGEST.days} days on which you ask again whether they can be told."
        )
