"""How everything that is followed is written: opened, changed by a step, ended. Each is called inside `recording()`.

What is written says of itself that the family was not told (`untold`), until it was.
"""

from datetime import datetime
from typing import Any, TypeVar

from alongside.features.concerns.access import check_writes
from alongside.features.concerns.models import Followed
from alongside.features.concerns.text import CHANGED_SINCE, IS_OVER
from alongside.features.people.ended import check_living
from alongside.features.people.models import Fact, Person
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day

AnyFact = TypeVar("AnyFact", bound=Fact)
AnyFollowed = TypeVar("AnyFollowed", bound=Followed)


def write(
    note: Notes,
    model: type[AnyFact],
    *,
    person: Person,
    topic: int,
    code: str,
    words: str,
    happened_at: datetime | None = None,
    **values: Any,
) -> AnyFact:
    """One row about a person, and a sentence on the timeline that only staff read, unless the family was told."""
    row = model.objects.create(
        person=person,
        topic=topic,
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=happened_at or note.at,
        **values,
    )
    note.of(code, row, words=words, happened_at=happened_at, **_mark(row))
    return row


def _mark(row: Any) -> dict[str, Any]:
    return {} if getattr(row, "told", False) else {"untold": True}


def begin(note: Notes, model: type[AnyFollowed], *, by: Me, person: Person, topic: int, **values: Any) -> AnyFollowed:
    """Something new to follow, by whoever writes on its topic. NotNow of somebody who died."""
    check_living(person)
    check_writes(by, person, topic)
    return write(note, model, person=person, topic=topic, **values)


def lock(row: AnyFollowed, *, seen: int | None = None) -> AnyFollowed:
    """The row as it stands now, for this transaction alone. NotNow where it is over, or changed since it was read."""
    kind = type(row)
    numbers = (row.pk, row.number)
    rows = kind.objects.select_for_update(of=("self",)).filter(superseded_by=None)
    now = rows.filter(pk__in=numbers).first() or rows.filter(root_id__in=numbers).first()
    if now is None:
        raise NotNow("changed_since", CHANGED_SINCE)
    if now.closed_at is not None:
        raise NotNow("over", IS_OVER)
    if seen is not None and seen != now.version:
        raise NotNow("changed_since", CHANGED_SINCE)
    return now


def take_step(
    note: Notes,
    now: AnyFollowed,
    *,
    kind: str,
    said: str,
    by: Me | None = None,
    words: str = "",
    **values: Any,
) -> AnyFollowed:
    """A step of a row that was locked. said: the sentence for the timeline; words: what was written, for the step.

    by: who is asked whether they write on the topic; None where the act was checked already.
    """
    if by is not None:
        check_writes(by, now.person, now.topic)
    for name, value in values.items():
        setattr(now, name, value)
    now.version += 1
    now.stepped_at = note.at
    now.save(update_fields=[*values, "version", "stepped_at"])
    kind_of: Any = type(now)
    step: Any = kind_of._meta.get_field("steps").related_model
    step.objects.create(
        of_id=now.number,
        kind=kind,
        words=words,
        person_id=now.person_id,
        topic=now.topic,
        recorded_icb_id=now.person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
    )
    note.of(f"{now._meta.model_name}.{kind}", now, words=said, **_mark(now))
    return now


def tell_family(note: Notes, row: AnyFollowed, *, by: Me, family_words: str, seen: int | None = None) -> AnyFollowed:
    """The family was told, and reads these words on their page from now on."""
    now = lock(row, seen=seen)
    told = {"told": True, "told_on": local_day(note.at), "family_words": family_words}
    return take_step(note, now, kind="told", said="The family was told.", by=by, words=family_words, **told)


def give_lead(note: Notes, row: AnyFollowed, *, lead_id: int | None, words: str) -> AnyFollowed:
    """Somebody else leads. Called as the engine, or after whoever asks was checked."""
    return take_step(note, lock(row), kind="lead", said="Somebody else leads on it.", words=words, lead_id=lead_id)


def begin_as_engine(note: Notes, model: type[AnyFollowed], *, person: Person, **values: Any) -> AnyFollowed:
    """The same where whoever writes it down may not read it afterwards, as of safeguarding."""
    check_living(person)
    by = note.by
    with context.as_engine(), note.in_the_name_of(by):
        return write(note, model, person=person, **values)
