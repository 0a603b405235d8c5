"""What is open ends with a death, a closed record, or a no to its topic: nobody is asked about it any more.

With a move it goes on where they are now (`carrying_over.py`).
"""

from django.db.models import Q

from alongside.features.escalation import lifecycle, text
from alongside.features.escalation.addressees import settle_addressees
from alongside.features.escalation.asking import end_links
from alongside.features.escalation.carrying_over import carry_over
from alongside.features.escalation.models import Escalation, EscalationStep, Refusal
from alongside.features.escalation.operations import add_step
from alongside.features.people.ended import ANSWERED, DIED, list_ended
from alongside.features.people.queries import about_any
from alongside.foundation.recording.recording import Notes

#: How closely a record is held may have changed with these.
_HELD = (*ANSWERED, "person.guard_set")


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction, as the engine."""
    for ended in list_ended(notes):
        _withdraw(notes, ended.rows, ended.because)
        if ended.because == DIED:
            Refusal.objects.filter(ended.rows, settled="").update(
                settled=Refusal.Settled.ACCEPTED, settled_at=notes.at, settled_words=ended.because
            )
    came = carry_over(notes)
    asked = {event.person_id for event in notes.events if event.code in _HELD and event.person_id}
    # What was not to be told to the new area is kept back with the acceptance: nobody is asked about it, and it stays.
    if asked - came:
        _let_go(notes, asked - came)


def _withdraw(notes: Notes, whose: Q, because: str) -> None:
    rows = Escalation.objects.filter(whose, state__in=lifecycle.OPEN).select_related("person", "recorded_icb")
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.state, row.state_at, row.until = Escalation.State.WITHDRAWN, notes.at, None
        row.version += 1
        row.save()
        add_step(notes, row, EscalationStep.Kind.WITHDRAWN, because=because)
        settle_addressees(row, notes.at)
        end_links(row, notes.at)
        notes.of("escalation.withdrawn", row, words=f"It ended: {row.what}")


def _let_go(notes: Notes, asked: set[int]) -> None:
    """A topic was left out: nobody is told of it any more. Held more closely for now: nobody is asked meanwhile."""
    rows = Escalation.objects.filter(about_any(asked), state__in=lifecycle.OPEN)
    for row in rows.select_related("person", "recorded_icb").select_for_update(of=("self",)).order_by("pk"):
        if row.person.closed_topics >> row.topic & 1:
            _withdraw(notes, Q(pk=row.pk), text.ENDED["left_out"])
        else:
            settle_addressees(row, notes.at)
