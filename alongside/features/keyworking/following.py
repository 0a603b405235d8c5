"""Work of somebody who can no longer open the record: whoever walks alongside now has it, or asks about it.

A hand-over moves all at once; this is for every other end of an allocation, as when another keyworker was named.
"""

from django.db.models import Q

from alongside.features.actions.access import reads_action
from alongside.features.actions.handing_over import pass_on_actions
from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action
from alongside.features.keyworking.contacts.operations import move_appointment
from alongside.features.keyworking.models import Allocation, Appointment
from alongside.features.keyworking.operations import ENDED
from alongside.features.people.ended import ANSWERED
from alongside.features.people.models import Guard, Person
from alongside.features.people.queries import about
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import local_day


def follow_who_opens(notes: Notes) -> None:
    """Runs in the same transaction, after whoever lost their reach has lost it."""
    ended = {event.person_id for event in notes.events if event.code == ENDED and event.person_id}
    # What a no to somebody does to their actions is said where actions are.
    answered = {event.person_id for event in notes.events if event.code in ANSWERED}
    living = Person.objects.select_related("survivor").filter(died_on=None).exclude(guard=Guard.CLOSED)
    for found in living.filter(pk__in=ended) if ended else ():
        person = found.survivor or found
        keyworker = _named(person, notes)
        if keyworker is not None:
            _follow_actions(notes, person, keyworker)
            _follow_appointments(notes, person, keyworker)
        elif found.pk not in answered:
            _follow_actions(notes, person, None)


def _named(person: Person, notes: Notes) -> Actor | None:
    today = local_day(notes.at)
    now = Q(from_date__lte=today) & (Q(to_date=None) | Q(to_date__gt=today))
    rows = Allocation.objects.filter(about(person), now, part=Allocation.Part.DESIGNATED, superseded_by=None)
    row = rows.select_related("worker").order_by("-from_date", "-pk").first()
    return row.worker if row else None


def _follow_actions(notes: Notes, person: Person, keyworker: Actor | None) -> None:
    """Without a keyworker its owner stays, and is asked by voice: whoever follows the action chases it."""
    rows = Action.objects.filter(about(person), state__in=OPEN, by_link=False, superseded_by=None)
    for row in rows.select_related("owner", "person").order_by("pk"):
        if reads_action(row.owner, row.person, row.topic):
            continue
        if keyworker is not None:
            pass_on_actions(notes, [row.pk], keyworker)
        else:
            Action.objects.filter(pk=row.pk).update(by_link=True)


def _follow_appointments(notes: Notes, person: Person, keyworker: Actor) -> None:
    opens = OpenTopics.objects.filter(person_id=person.pk, to_at=None).values("actor_id")
    rows = Appointment.objects.filter(about(person), called_off_at=None, contact=None, superseded_by=None)
    for appointment in rows.exclude(worker__in=opens).order_by("pk"):
        move_appointment(notes, appointment=appointment, worker_id=keyworker.pk)
