"""Concerns: raised, told to the council, looked at, found out, told back. Each is called inside `recording()`."""

from datetime import date, datetime, time
from typing import Any

from alongside.features.actions.access import writes_on
from alongside.features.concerns.access import check_writes
from alongside.features.concerns.keeping import begin_as_engine, lock, take_step, write
from alongside.features.concerns.models import Concern, CouncilNumber, Incident
from alongside.features.concerns.text import IN_FUTURE, MAY_NOT_WRITE
from alongside.features.people.models import Person
from alongside.features.people.queries import Reach
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.clock import LONDON
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day

_K, _A = Concern.Kind, Concern.About
TOPIC_OF = {
    _A.PLACEMENT: Topic.PLACEMENT,
    _A.HOSPITAL: Topic.HOSPITAL,
    _A.HEALTH: Topic.HEALTH,
    _A.OTHER: Topic.PLACEMENT,
}


def topic_of(kind: str, about: str) -> Topic:
    return Topic.SAFEGUARDING if kind == _K.SAFEGUARDING else TOPIC_OF[_A(about)]


def check_may_raise(me: Me, reach: Reach) -> None:
    """Whoever works with the record raises a concern, also on a topic that they don't read."""
    if not reach.writes:
        raise Refused("may_not_write", MAY_NOT_WRITE)


def raise_concern(
    note: Notes,
    *,
    by: Me,
    person: Person,
    kind: str,
    about: str,
    place: str,
    what: str,
    said_by: str,
    severity: str,
    seen_on: date,
    done_at_once: str = "",
    lead_id: int | None = None,
    council_whom: str = "",
) -> Concern:
    """Something should not be so. Safeguarding is due at once: the council is told the same hour.

    council_whom: who took it there, where the council was told already. Written as the engine, since nobody may be
    kept from saying it by what they don't read. NotNow for a day to come.
    """
    topic = topic_of(kind, about)
    if seen_on > local_day(note.at):
        raise NotNow("future", IN_FUTURE)
    leads = lead_id or (by.id if writes_on(by, person, topic) else None)
    told = {"council_told_at": note.at, "council_told_whom": council_whom, "council_told_from": by.name}
    return begin_as_engine(
        note,
        Concern,
        person=person,
        topic=topic,
        code="concern.raised",
        words=f"A {'safeguarding concern' if kind == _K.SAFEGUARDING else 'concern'} was raised about {place}.",
        happened_at=min(datetime.combine(seen_on, time(12), LONDON), note.at),
        kind=kind,
        about=about,
        place=place,
        what=what,
        said_by=said_by,
        severity=severity,
        done_at_once=done_at_once,
        lead_id=leads,
        **(told if council_whom.strip() else {}),
    )


def tell_council(
    note: Notes, *, concern: Concern, by: Me, at: datetime, whom: str, reference: str = "", words: str = ""
) -> Concern:
    """The council was told: when, by whom of ours, who took it, under which reference."""
    now = lock(concern)
    if at > note.at:
        raise NotNow("future", IN_FUTURE)
    return take_step(
        note,
        now,
        kind="council_told",
        said=f"The council was told of the concern about {now.place}.",
        by=by,
        words=_joined(f"{whom} took it", reference and f"reference {reference}", words),
        council_told_at=at,
        council_told_whom=whom,
        council_told_from=by.name,
        council_reference=reference,
    )


def add_reference(note: Notes, *, concern: Concern, by: Me, reference: str) -> Concern:
    """The council's reference, where it came after the council was told. NotNow before that, and when it stands."""
    now = lock(concern)
    if now.council_told_at is None:
        raise NotNow("not_told", "Write down first that the council was told.")
    if now.council_reference:
        raise NotNow("reference", f"The council’s reference stands already: {now.council_reference}.")
    said = f"The council’s reference for the concern about {now.place} was written down."
    words = f"Reference {reference}"
    return take_step(note, now, kind="council_told", said=said, by=by, words=words, council_reference=reference)


def hear_council(
    note: Notes, *, concern: Concern, by: Me, on: date, words: str, look_on: date | None = None
) -> Concern:
    """What the council decided to do. NotNow before it was told."""
    now = lock(concern)
    if now.council_told_at is None:
        raise NotNow("not_told", "Write down first that the council was told.")
    said = f"The council answered about the concern at {now.place}."
    more = {"council_answered_on": on, "look_on": look_on}
    return take_step(note, now, kind="council_answered", said=said, by=by, words=words, **more)


def look_at(
    note: Notes, *, concern: Concern, by: Me, words: str, look_on: date | None, seen: int | None = None
) -> Concern:
    """What was done or heard since, and when somebody looks again. Without a day, the area's rule says it."""
    now = lock(concern, seen=seen)
    if look_on is not None and look_on < local_day(note.at):
        raise NotNow("past", "The next look can’t be in the past.")
    said = f"Somebody looked at the concern about {now.place}."
    return take_step(note, now, kind="looked", said=said, by=by, words=words, look_on=look_on)


def find_out(note: Notes, *, concern: Concern, by: Me, outcome: str, words: str, seen: int | None = None) -> Concern:
    """What came of it. It is over once whoever said it, and the family, were told. Never before the council was."""
    now = lock(concern, seen=seen)
    if now.kind == _K.SAFEGUARDING and now.council_told_at is None:
        raise NotNow("council", "Tell the council first. A safeguarding concern can’t end before it was told.")
    said = f"What came of the concern about {now.place}: {Concern.Outcome(outcome).label.lower()}."
    found = {"outcome": outcome, "outcome_words": words, "found_on": local_day(note.at), "look_on": None}
    return _close_when_told(note, take_step(note, now, kind="found", said=said, by=by, words=words, **found))


def tell_raiser(note: Notes, *, concern: Concern, by: Me, how: str) -> Concern:
    """Whoever said it knows what came of it."""
    now = lock(concern)
    values: dict[str, Any] = {"raiser_told_on": local_day(note.at), "raiser_told_how": how}
    said = "Whoever raised the concern was told what came of it."
    return _close_when_told(note, take_step(note, now, kind="raiser_told", said=said, by=by, words=how, **values))


def settle_family(
    note: Notes, *, concern: Concern, by: Me, family_words: str = "", not_told_because: str = ""
) -> Concern:
    """Tells the family in these words, or says why telling them would not be safe. NotNow for neither or both."""
    if bool(family_words.strip()) == bool(not_told_because.strip()):
        raise NotNow("either", "Write what the family is told, or why they are not told: one of the two.")
    now = lock(concern)
    if family_words.strip():
        told = {"told": True, "told_on": local_day(note.at), "family_words": family_words}
        told |= {"not_to_be_told": False, "not_told_because": ""}
        said = "The family was told of the concern."
        done = take_step(note, now, kind="told", said=said, by=by, words=family_words, **told)
    else:
        if now.told:
            raise NotNow("told", "The family was told already.")
        kept = {"not_to_be_told": True, "not_told_because": not_told_because}
        said = "The family is not told of a concern."
        done = take_step(note, now, kind="not_told", said=said, by=by, words=not_told_because, **kept)
    return _close_when_told(note, done)


def _close_when_told(note: Notes, now: Concern) -> Concern:
    if not now.found_on or not now.raiser_told_on or not (now.told or now.not_to_be_told):
        return now
    said = f"The concern about {now.place} is closed."
    return take_step(note, now, kind="closed", said=said, closed_at=note.at)


def record_incident(
    note: Notes, *, by: Me, person: Person, place: str, kind: str, first_on: date, last_on: date, times: int,
    source: str, detail: str = "", severity: int | None = None,
) -> Incident:  # fmt: skip
    """What happened at a placement, once or counted. NotNow for days to come, or in the wrong order."""
    check_writes(by, person, Topic.PLACEMENT)
    if last_on > local_day(note.at):
        raise NotNow("future", IN_FUTURE)
    if last_on < first_on:
        raise NotNow("order", "The last day can’t be before the first day.")
    return write(
        note, Incident, person=person, topic=Topic.PLACEMENT, code="incident.recorded",
        words=f"{Incident.Kind(kind).label}, {times} times, at {place}." if times > 1
        else f"{Incident.Kind(kind).label}, at {place}.",
        happened_at=min(datetime.combine(last_on, time(12), LONDON), note.at),
        place=place, kind=kind, first_on=first_on, last_on=last_on, times=times, source=source, detail=detail,
        severity=severity,
    )  # fmt: skip


def keep_number(note: Notes, *, icb: Organisation, council: str, phone: str, night_phone: str) -> CouncilNumber:
    """The number of a council; one that stands for it is ended."""
    CouncilNumber.objects.filter(icb=icb, council__iexact=council, ended_at=None).update(ended_at=note.at)
    kept = CouncilNumber.objects.create(icb=icb, council=council, phone=phone, night_phone=night_phone, made_at=note.at)
    note("council_number.kept", words=f"The number of {council} for safeguarding was written down.", icb_id=icb.pk)
    return kept


def _joined(*parts: str) -> str:
    return ". ".join(part.strip().rstrip(".") for part in parts if part and part.strip())[:1000]
