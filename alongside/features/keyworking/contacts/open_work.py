"""What of contacts is a keyworker's own and goes to others: appointments, contacts begun, promises to chase.

Each is called as the engine.
"""

from collections.abc import Sequence

from django.db.models import Case, DateField, QuerySet, Value, When
from django.db.models.functions import TruncDate

from alongside.features.keyworking.contacts.operations import move_appointment
from alongside.features.keyworking.held import walks_with
from alongside.features.keyworking.models import Appointment, ContactDraft, Promise, Way
from alongside.features.people.queries import WHOSE
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

NO_DAY = Value(None, DateField())


def list_appointments_of(worker_id: int, icb_id: int) -> QuerySet:
    """Neither called off nor written up."""
    rows = Appointment.objects.filter(
        worker_id=worker_id, person__icb_id=icb_id, called_off_at=None, contact=None, superseded_by=None
    )
    way = Case(*(When(way=way, then=Value(way.label)) for way in Way), default=Value("A meeting"))
    return rows.values_list("pk", WHOSE, way, TruncDate("starts_at", tzinfo=LONDON))


def pass_on_appointments(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    for appointment in Appointment.objects.filter(pk__in=numbers).order_by("pk"):
        move_appointment(note, appointment=appointment, worker_id=to.pk)


def list_drafts_of(worker_id: int, icb_id: int) -> QuerySet:
    """Contacts that somebody began to write down."""
    rows = ContactDraft.objects.filter(actor_id=worker_id, person__icb_id=icb_id)
    return rows.values_list("pk", WHOSE, Value("A contact begun and not saved"), NO_DAY)


def pass_on_drafts(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """What was typed goes to whoever takes over; where they began one too, both texts stay."""
    for draft in ContactDraft.objects.select_related("person").filter(pk__in=numbers).order_by("pk"):
        own = ContactDraft.objects.filter(person=draft.person, actor=to).first()
        if own is None:
            draft.actor = to
            draft.save(update_fields=["actor"])
        else:
            said = [one for each in (own, draft) for one in each.answers.get("outcome", []) if one]
            own.answers = draft.answers | own.answers | {"outcome": ["\n\n".join(said)]}
            own.expires_at = max(own.expires_at, draft.expires_at)
            own.save(update_fields=["answers", "expires_at"])
            draft.delete()
        note.of(
            "contact.begun_passed_on",
            draft,
            words="A contact that was begun went to somebody else.",
            icb_id=draft.person.icb_id,
            topic=Topic.KEYWORKING,
            subject="contactdraft",
            subject_id=None,
        )


def list_promises_of(worker_id: int, icb_id: int) -> QuerySet:
    """What others promised, of the people whose keyworker they are: it is the keyworker who chases it."""
    rows = Promise.objects.filter(walks_with(worker_id), person__icb_id=icb_id, closed_at=None, superseded_by=None)
    return rows.values_list("pk", WHOSE, Value("Something that somebody promised"), "by_date")


def pass_on_promises(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """They follow the person by themselves; the timeline says who chases them now."""
    for promise in Promise.objects.filter(pk__in=numbers).order_by("pk"):
        note.of("promise.handed", promise, words=f"{to.name} chases what {promise.who} promised.")
