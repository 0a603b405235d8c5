"""What was promised and planned for somebody who died, or whose record was closed: it ends, and nobody chases it."""

from django.db.models import Q

from alongside.features.keyworking.contacts.operations import call_off, step_promise
from alongside.features.keyworking.models import Appointment, Promise, PromiseStep
from alongside.features.people.ended import DIED, MISTAKE, list_ended, list_living_after_all
from alongside.features.people.models import Person
from alongside.features.people.operations import correct_fact
from alongside.features.people.queries import about
from alongside.foundation.recording.recording import Notes

_NOT_NEEDED = PromiseStep.Kind.NOT_NEEDED


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction as the death, the no, or the correction of either."""
    for ended in list_ended(notes):
        for promise in Promise.objects.filter(ended.rows, closed_at=None, superseded_by=None).order_by("pk"):
            step_promise(notes, promise=promise, kind=_NOT_NEEDED, said=ended.because)
        for appointment in _open_appointments(ended.rows):
            call_off(notes, appointment=appointment, because=ended.because)
    for person in list_living_after_all(notes):
        _stand_again(notes, person)


def _open_appointments(rows: Q) -> list[Appointment]:
    found = Appointment.objects.filter(rows, called_off_at=None, contact=None, superseded_by=None)
    return list(found.order_by("pk"))


def _stand_again(notes: Notes, person: Person) -> None:
    """A death that was written down by mistake: what ended with it is promised and planned as before."""
    ended = PromiseStep.objects.filter(about(person), kind=_NOT_NEEDED, said=DIED).values("promise")
    for promise in Promise.objects.filter(pk__in=ended, superseded_by=None).exclude(closed_at=None).order_by("pk"):
        correct_fact(notes, promise, words=f"It stands again. {MISTAKE}", closed_as="", closed_at=None)
    called_off = Appointment.objects.filter(about(person), called_off_because=DIED, superseded_by=None)
    for appointment in called_off.exclude(called_off_at=None).order_by("pk"):
        correct_fact(notes, appointment, words=f"It stands again. {MISTAKE}", called_off_at=None, called_off_because="")
