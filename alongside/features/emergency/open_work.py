"""What of emergencies is somebody's own and goes to others: the next entry of a log, a look in the morning, a draft.

Each is called as the engine.
"""

from collections.abc import Sequence

from django.db.models import DateField, Max, QuerySet, Value
from django.db.models.functions import TruncDate

from alongside.features.emergency.models import CrisisLog, EmergencyDraft, EmergencyMeeting
from alongside.features.people.queries import WHOSE
from alongside.foundation.accounts.models import Actor
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def list_entries_of(worker_id: int, icb_id: int) -> QuerySet:
    """Crises in which they write the next entry."""
    rows = CrisisLog.objects.filter(next_writer_id=worker_id, person__icb_id=icb_id, closed_at=None, superseded_by=None)
    return rows.values_list(
        "pk", WHOSE, Value("The next entry in the log of a crisis"), TruncDate("next_at", tzinfo=LONDON)
    )


def pass_on_entries(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    for log in CrisisLog.objects.filter(pk__in=numbers).order_by("pk"):
        log.next_writer = to
        log.save(update_fields=["next_writer"])
        note.of("crisis_log.passed_on", log, words=f"{to.name} writes the next entry in the log of a crisis.")


def list_checks_of(worker_id: int, icb_id: int) -> QuerySet:
    """Emergency meetings after which they see to what was agreed for the morning."""
    rows = EmergencyMeeting.objects.filter(
        watcher_id=worker_id, person__icb_id=icb_id, checked_at=None, superseded_by=None, tasks__isnull=False
    )
    by = TruncDate(Max("tasks__due_at"), tzinfo=LONDON, output_field=DateField())
    return rows.values_list("pk", WHOSE, Value("A look at what was agreed in the night"), by)


def pass_on_checks(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    for meeting in EmergencyMeeting.objects.filter(pk__in=numbers).order_by("pk"):
        meeting.watcher = to
        meeting.save(update_fields=["watcher"])
        note.of("emergency.passed_on", meeting, words=f"{to.name} sees to what was agreed at the emergency meeting.")


def list_drafts_of(worker_id: int, icb_id: int) -> QuerySet:
    """Emergency meetings that they began to write down."""
    rows = EmergencyDraft.objects.filter(actor_id=worker_id, person__icb_id=icb_id)
    words = Value("An emergency meeting begun and not finished")
    return rows.values_list("pk", WHOSE, words, TruncDate("begun_at", tzinfo=LONDON))


def pass_on_drafts(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """What was typed goes to whoever takes over; where they began one too, both stay as they are."""
    for draft in EmergencyDraft.objects.select_related("person").filter(pk__in=numbers).order_by("pk"):
        words = "An emergency meeting that was begun waits for the register team."
        if not EmergencyDraft.objects.filter(person=draft.person, actor=to).exists():
            draft.actor = to
            draft.save(update_fields=["actor"])
            words = f"{to.name} goes on writing down an emergency meeting."
        note(
            "emergency.taken_over",
            words=words,
            person_id=draft.person_id,
            icb_id=draft.person.icb_id,
            topic=Topic.REVIEW,
        )
