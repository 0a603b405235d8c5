"""Recording facts about a person, correcting them, ending them. Each is called inside `recording()`."""

from datetime import date, datetime
from typing import Any, TypeVar

from alongside.features.people.models import Consent, Dated, Fact, OwnWords, Person
from alongside.features.people.models.untold import mark_of_untold
from alongside.features.people.operations.people import say_who_may
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

AnyFact = TypeVar("AnyFact", bound=Fact)


def record_fact(
    note: Notes,
    model: type[AnyFact],
    /,
    *,
    person: Person,
    topic: int,
    words: str,
    code: str = "",
    happened_at: datetime | None = None,
    **values: Any,
) -> AnyFact:
    """Stores one fact and says so in `words` on the timeline. `happened_at` defaults to now."""
    return _store(note, model, person, topic, values, words=words, code=code, happened_at=happened_at)


def record_own_words(note: Notes, *, person: Person, words: str, said_how: str = "") -> OwnWords:
    """What the person said. The timeline tells that something was written down, not what."""
    values = {"words": words, "said_how": said_how}
    told = "What they said was written down."
    return _store(note, OwnWords, person, Topic.OWN_WORDS, values, words=told)


def _store(
    note: Notes,
    model: type[AnyFact],
    person: Person,
    topic: int,
    values: dict[str, Any],
    *,
    words: str,
    code: str = "",
    happened_at: datetime | None = None,
) -> AnyFact:
    fact = model.objects.create(
        person=person,
        topic=topic,
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=happened_at or note.at,
        **values,
    )
    code, more = code or f"{model._meta.model_name}.recorded", mark_of_untold(fact)
    note.of(code, fact, words=words, happened_at=happened_at, kind=getattr(fact, "kind", ""), **more)
    return fact


def correct_fact(note: Notes, fact: AnyFact, *, words: str, **changes: Any) -> AnyFact:
    """A new row that supersedes the old one; the old one stays as it was recorded."""
    kind = type(fact)
    skip = {"id", "supersedes", "recorded_by", "recorded_at"}
    values = {f.attname: getattr(fact, f.attname) for f in kind._meta.concrete_fields if f.name not in skip}
    corrected = kind.objects.create(
        **(values | changes), supersedes=fact, recorded_by_id=note.by.id, recorded_at=note.at
    )
    more = {"corrects": fact.pk, **mark_of_untold(corrected)}
    note.of(f"{kind._meta.model_name}.corrected", corrected, words=words, **more)
    return corrected


def end_fact(note: Notes, fact: Fact, *, on: date, words: str) -> None:
    """The last day on which a dated fact was true."""
    assert isinstance(fact, Dated)
    fact.to_date = on
    fact.save(update_fields=["to_date"])
    note.of(f"{fact._meta.model_name}.ended", fact, words=words)


def record_consent(
    note: Notes,
    *,
    person: Person,
    purpose: str,
    answer: str,
    basis: str,
    decided_on: date | None,
    **values: Any,
) -> Consent:
    """One answer, added to the ledger. What it opens or closes follows at once, by the database.

    Source of the rule: policy reference 3.3; a row without agreement is the register team's only, and one that was
    refused or withdrawn with evidence is nobody's through the register (`policy/agreements.py`).
    """
    consent = record_fact(
        note,
        Consent,
        person=person,
        topic=Topic.AGREEMENT,
        words=f"{Consent.Purpose(purpose).label}: {Consent.Answer(answer).label.lower()}.",
        purpose=purpose,
        answer=answer,
        basis=basis,
        decided_on=decided_on,
        **values,
    )
    if purpose == Consent.Purpose.REGISTER:
        say_who_may(note, person=person, because=f"agreement to the register: {answer}")
    return consent
