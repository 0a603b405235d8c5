"""The facts behind what is due about messages. Read as the engine."""

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from alongside.features.people.models import Guard, Person
from alongside.foundation.messages.models import Delivery, Message
from alongside.policy.duties import DeliveryFacts, MessageFacts

HOW = {"email": "an e-mail", "sms": "a text message", "letter": "a letter"}


def _closely_held(rows: Sequence[Message] | Sequence[Delivery]) -> set[int]:
    """Whose records only named people may know of: a duty would tell the team that there is one."""
    people = {row.person_id for row in rows if row.person_id}
    return set(Person.objects.filter(pk__in=people, guard__gt=Guard.REGISTER_TEAM).values_list("pk", flat=True))


def read_messages(ids: Sequence[int]) -> Iterator[MessageFacts]:
    rows = list(_asked().filter(pk__in=ids).select_related("to_team"))
    hidden = _closely_held(rows)
    for row in rows:
        if row.to_team and row.person_id not in hidden:
            yield MessageFacts(
                kind="message",
                id=row.pk,
                icb_id=row.icb_id,
                opened_at=row.made_at,
                closed_at=row.settled_at,
                guard=Guard.ORDINARY,
                team=row.to_team.kind,
            )


def _asked() -> QuerySet[Message]:
    return Message.objects.filter(may_answer=True, to_team__isnull=False)


def list_messages(icb_id: int | None) -> list[int]:
    rows = _asked().filter(settled_at=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))


def read_deliveries(ids: Sequence[int]) -> Iterator[DeliveryFacts]:
    """A code that was not delivered is no work for anybody: it is asked for anew."""
    rows = list(_given_up().filter(pk__in=ids).select_related("replaced_by"))
    hidden = _closely_held(rows)
    for row in rows:
        if row.person_id not in hidden:
            replaced = getattr(row, "replaced_by", None)
            yield DeliveryFacts(
                kind="delivery",
                id=row.pk,
                icb_id=row.icb_id,
                opened_at=row.given_up_at or row.made_at,
                closed_at=replaced.made_at if replaced else None,
                guard=Guard.ORDINARY,
                how=HOW[row.channel],
            )


def _given_up() -> QuerySet[Delivery]:
    return Delivery.objects.filter(~Q(notice="code"), state=Delivery.State.GIVEN_UP)


def list_deliveries(icb_id: int | None) -> list[int]:
    rows = _given_up().filter(replaced_by=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))
