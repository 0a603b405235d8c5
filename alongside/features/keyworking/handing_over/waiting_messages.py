"""Messages to a keyworker that nobody has opened or answered: they wait for somebody, so they are work."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from alongside.features.people.models import Person
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Message, Opened
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.recording.recording import Notes


def list_waiting_messages(worker_id: int, icb_id: int) -> QuerySet:
    """Not opened by them, or open for an answer that nobody gave. What was passed on already is not."""
    unread = ~Exists(Opened.objects.filter(message=OuterRef("pk"), actor=worker_id))
    unanswered = Q(may_answer=True) & ~Exists(Message.objects.filter(answers=OuterRef("pk")))
    rows = Message.objects.filter(unread | unanswered, to_actor=worker_id, icb=icb_id, settled_at=None)
    merged = Person.objects.filter(pk=OuterRef("person_id"), survivor__isnull=False).values("survivor")
    whose = Coalesce(Subquery(merged), "person_id", output_field=BigIntegerField())
    return rows.values_list("pk", whose, Value("A message that waits"), Value(None, DateField()))


def pass_on_messages(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """The same words to somebody else, once. The first one stays as it was written, and is settled."""
    for row in Message.objects.filter(pk__in=numbers).select_related("to_actor", "by"):
        queue_message(
            note,
            icb_id=row.icb_id,
            kind="passed_on",
            subject=f"Passed on: {row.subject}"[:120],
            body=f"Written by {row.by.name} to {row.to_actor.name if row.to_actor else row.to_name}.\n\n{row.body}",
            to_actor_id=to.pk,
            person_id=row.person_id,
            topic=row.topic,
            link=row.link,
            may_answer=row.may_answer,
            once=f"passed on {row.pk} to {to.pk}",
        )
        row.settled_at, row.settled_by_id = note.at, note.by.id
        row.save(update_fields=["settled_at", "settled_by"])
