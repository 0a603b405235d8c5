"""An agency's no as a record, and what becomes of it. Each is called inside `recording()`."""

from dataclasses import dataclass
from datetime import date

from alongside.features.escalation import text
from alongside.features.escalation.access import check_may_raise
from alongside.features.escalation.models import Refusal
from alongside.features.people.ended import check_living
from alongside.features.people.models import Person
from alongside.features.people.operations import record_fact
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import start_of_day


@dataclass(frozen=True, slots=True)
class No:
    """Who said no to what, by which criterion; what they offered; what we do next, by when."""

    topic: int
    agency: str
    place: str
    asked_for: str
    criterion: str
    said_on: date
    then_what: str
    then_on: date
    organisation: Organisation | None = None
    who: str = ""
    seen: str = Refusal.Seen.UNKNOWN
    alternative: str = ""
    action_number: int | None = None
    told: bool = True


def record_refusal(note: Notes, *, by: Me, person: Person, no: No) -> Refusal:
    """Raises Refused for whoever may not write on the topic."""
    check_may_raise(by, person, no.topic)
    check_living(person)
    return record_fact(
        note,
        Refusal,
        person=person,
        topic=no.topic,
        words=f"{no.place} said no: {no.asked_for}",
        code="refusal.recorded",
        happened_at=min(start_of_day(no.said_on), note.at),
        agency=no.agency,
        organisation=no.organisation,
        place=no.organisation.name if no.organisation else no.place,
        who=no.who,
        asked_for=no.asked_for,
        criterion=no.criterion,
        seen=no.seen,
        alternative=no.alternative,
        then_what=no.then_what,
        then_on=no.then_on,
        action_number=no.action_number,
        told=no.told,
    )


def settle_refusal(note: Notes, *, by: Me, refusal: Refusal, settled: str, words: str) -> Refusal:
    """What became of it. Raises NotNow when somebody was quicker."""
    row = _lock(by, refusal)
    if not words.strip():
        raise NotNow("words", "Write what happened.")
    row.settled, row.settled_at, row.settled_words = Refusal.Settled(settled), note.at, words
    row.save(update_fields=["settled", "settled_at", "settled_words"])
    said = f"After the no of {row.place}: {row.get_settled_display().lower()}."
    note.of("refusal.settled", row, words=said, **({} if row.told else {"untold": True}))
    return row


def move_next_step(note: Notes, *, by: Me, refusal: Refusal, then_what: str, then_on: date) -> Refusal:
    """Another next step, by another day."""
    row = _lock(by, refusal)
    row.then_what, row.then_on = then_what, then_on
    row.save(update_fields=["then_what", "then_on"])
    note.of("refusal.next", row, words=f"Next, after the no: {then_what}", **({} if row.told else {"untold": True}))
    return row


def _lock(by: Me, refusal: Refusal) -> Refusal:
    row = Refusal.objects.select_for_update(of=("self",)).select_related("person").get(pk=refusal.pk)
    check_may_raise(by, row.person, row.topic)
    if row.settled:
        raise NotNow("settled", text.SETTLED_ALREADY)
    return row
