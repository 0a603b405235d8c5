"""What happens to keyworking when something else happens."""

from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Greatest

from alongside.features.keyworking.contacts.operations import move_appointment
from alongside.features.keyworking.models import Allocation, Appointment, StepDown
from alongside.features.keyworking.operations import ENDED, end_allocation, go_on_with_allocation
from alongside.features.keyworking.stepping_down.queries import open_plan
from alongside.features.people.ended import DIED, MISTAKE, list_ended, list_living_after_all
from alongside.features.people.models import Person
from alongside.features.people.operations import correct_fact
from alongside.features.people.queries import about
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.models import Event
from alongside.foundation.recording.recording import Notes


def end_with_the_area(notes: Notes) -> None:
    """A person who moves to another ICB has no keyworker of the old one any more; the new team is told by a duty.

    Appointments that are still to come, or that nobody has written up, go to whoever accepted: they keep them, name
    somebody else, or call them off.
    """
    for event in list(notes.events):
        if event.code == "person.accepted" and event.person_id:
            person = Person.objects.get(pk=event.person_id)
            _end_allocations(person, notes.at.astimezone(LONDON).date())
            _give_appointments(notes, person)


def _end_allocations(person: Person, day: date) -> None:
    theirs = Allocation.objects.filter(about(person))
    theirs.filter(Q(to_date=None) | Q(to_date__gt=day)).update(to_date=Greatest("from_date", Value(day)))


def _give_appointments(notes: Notes, person: Person) -> None:
    reaches = OpenTopics.objects.filter(person_id=person.pk, to_at=None).values("actor_id")
    rows = Appointment.objects.filter(about(person), called_off_at=None, contact=None, superseded_by=None)
    for appointment in rows.exclude(worker__in=reaches).exclude(worker_id=notes.by.id).order_by("pk"):
        move_appointment(notes, appointment=appointment, worker_id=notes.by.id)


def end_with_the_life(notes: Notes) -> None:
    """Whoever died has no keyworker, co-worker or cover any more, and nothing is planned of how contact becomes less.

    A death that was written down by mistake: what ended by it goes on, with everybody who still works here.
    """
    for ended in list_ended(notes):
        if ended.because == DIED:
            _end_all(notes, ended.person)
    for person in list_living_after_all(notes):
        _go_on(notes, person)


def _end_all(notes: Notes, person: Person) -> None:
    today = notes.at.astimezone(LONDON).date()
    going_on = Allocation.objects.filter(about(person), Q(to_date=None) | Q(to_date__gt=today), superseded_by=None)
    for one in going_on.select_related("worker").order_by("pk"):
        end_allocation(notes, allocation=one, on=max(today, one.from_date), because=DIED)
    plan = open_plan(person, lock=True)
    if plan is not None:
        correct_fact(notes, plan, words="Stepping down is over.", closed_on=today, closed_because=DIED)


def _go_on(notes: Notes, person: Person) -> None:
    ended = Event.objects.filter(person_id=person.pk, code=ENDED, detail__because=DIED).values("subject_id")
    theirs = Allocation.objects.filter(about(person), pk__in=ended, superseded_by=None, worker__left_on=None)
    named = Allocation.objects.filter(about(person), to_date=None, part=Allocation.Part.DESIGNATED).exists()
    for one in theirs.exclude(to_date=None).select_related("worker").order_by("pk"):
        if not (named and one.part == Allocation.Part.DESIGNATED):
            go_on_with_allocation(notes, allocation=one, because=MISTAKE)
    plan = StepDown.objects.filter(about(person), superseded_by=None, closed_because=DIED).order_by("pk").last()
    if plan is not None:
        correct_fact(notes, plan, words="Stepping down goes on.", closed_on=None, closed_because="")
