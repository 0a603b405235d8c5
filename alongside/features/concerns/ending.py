"""What is open when somebody dies, when their record is closed, or when they move: it ends, or it goes along."""

from typing import Any

from django.db.models import Q

from alongside.features.concerns.keeping import take_step
from alongside.features.concerns.models import Concern, Dispute, Followed, Funding, PlacementNotice
from alongside.features.concerns.models.followed import RECORD_ENDED
from alongside.features.people.ended import DIED, MISTAKE, list_ended, list_living_after_all
from alongside.features.people.models import Person
from alongside.features.people.operations.facts import correct_fact
from alongside.features.people.queries import about
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.recording import Notes

KINDS: tuple[Any, ...] = (Concern, Dispute, Funding, PlacementNotice)
TOLD_SUBJECT = "Something that you led on has ended here"
TOLD_BODY = (
    "It ended because the record of the person ended. If a place or a treatment may harm others, or something about a "
    "death has to be looked into, tell the council and the commissioner: that doesn’t end with a record."
)


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction as the death, the no, or the correction of either. As the engine."""
    for ended in list_ended(notes):
        for row in _open(ended.rows):
            _end(notes, row, ended.because)
    for person in list_living_after_all(notes):
        wrongly = Q(closed_at__isnull=False, outcome=RECORD_ENDED, outcome_words=DIED)
        for kind in KINDS:
            for row in kind.objects.select_related("person").filter(about(person), wrongly, superseded_by=None):
                _reopen(notes, row)


def _open(whose: Q) -> list[Followed]:
    found: list[Followed] = []
    for kind in KINDS:
        rows = kind.objects.select_for_update(of=("self",)).select_related("person", "person__icb")
        found += rows.filter(whose, closed_at=None, superseded_by=None).order_by("pk")
    return found


def _end(notes: Notes, row: Followed, because: str) -> None:
    values: dict[str, Any] = {"closed_at": notes.at}
    # What is decided, or found out, stays so.
    values |= {} if row.outcome else {"outcome": RECORD_ENDED, "outcome_words": because}
    take_step(notes, row, kind="closed", said="It ended with the record.", words=because, **values)
    if row.lead_id and row.lead_id != notes.by.id:
        queue_message(
            notes,
            icb_id=row.recorded_icb_id,
            kind="care.ended",
            subject=TOLD_SUBJECT,
            body=TOLD_BODY,
            to_actor_id=row.lead_id,
            once=f"care.ended:{row._meta.model_name}:{row.number}:{row.version}",
        )


def _reopen(notes: Notes, row: Followed) -> None:
    values: dict[str, Any] = {"closed_at": None, "outcome": "", "outcome_words": ""}
    take_step(notes, row, kind="reopened", said="It goes on.", words=MISTAKE, **values)


def move_with_the_person(notes: Notes) -> None:
    """A row of the new area in the place of each open one: each area reads its own time, and somebody there leads."""
    for event in list(notes.events):
        if event.code == "person.accepted" and event.person_id:
            person = Person.objects.select_related("icb").get(pk=event.person_id)
            for row in _open(about(person)):
                correct_fact(
                    notes,
                    row,
                    words=f"It went with them to {person.icb.name}.",
                    root_id=row.number,
                    version=row.version + 1,
                    recorded_icb_id=person.icb_id,
                    lead_id=None,
                )
