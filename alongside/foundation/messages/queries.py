"""Reading messages and deliveries. The database shows only what whoever asks may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.foundation.access.me import Me
from alongside.foundation.messages.models import Delivery, Message, Opened

PAGE = 30
#: A letter that people print and post.
ON_PAPER = (Delivery.State.TO_PRINT, Delivery.State.PRINTED)
MINE, TEAM, SENT = "mine", "team", "sent"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of messages; `next_before` leads to the older ones, None at the end."""

    messages: Sequence[Message]
    next_before: int | None


def _boxed(me: Me, box: str) -> Q:
    if box == TEAM:
        return Q(to_team_id__in=me.team_ids)
    if box == SENT:
        return Q(by_id=me.id)
    return Q(to_actor_id=me.id)


def list_messages(me: Me, box: str, before: int | None = None) -> Found:
    """The newest first. Each has `is_new`: not opened by anybody it is for."""
    opened = Opened.objects.filter(message_id=OuterRef("pk"))
    if box != TEAM:
        opened = opened.filter(actor_id=OuterRef("to_actor_id"))
    found = Message.objects.filter(_boxed(me, box)).select_related("by", "from_team", "to_actor", "to_team")
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.annotate(is_new=~Exists(opened)).order_by("-pk")[: PAGE + 1])
    return Found(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def find_message(reference: str) -> Message | None:
    """The message with this reference, if whoever asks may read it."""
    related = ("by", "from_team", "to_actor", "to_team", "settled_by", "answers")
    return Message.objects.filter(reference=reference).select_related(*related).first()


def find_reference(pk: int) -> str | None:
    """The reference of a message, if whoever asks may read it."""
    return Message.objects.filter(pk=pk).values_list("reference", flat=True).first()


def list_answers(message: Message) -> list[Message]:
    """What was answered to it, the oldest first."""
    return list(Message.objects.filter(answers=message).select_related("by").order_by("pk"))


def may_answer(me: Me, message: Message) -> bool:
    """Whether it is to them, or to their team, and an answer is looked for."""
    return message.may_answer and (message.to_actor_id == me.id or message.to_team_id in me.team_ids)


def may_settle(me: Me, message: Message) -> bool:
    """Whether they may say that it needs no answer."""
    return may_answer(me, message) and message.settled_at is None and message.to_team_id is not None


def list_deliveries(state: str = "", before: int | None = None) -> list[Delivery]:
    """The newest first, of the areas looked after. `state` narrows to one; 'trouble' to what needs somebody."""
    found = Delivery.objects.select_related("message", "replaced_by")
    if state == "trouble":
        found = found.filter(state__in=(Delivery.State.FAILED, Delivery.State.GIVEN_UP), replaced_by=None)
    elif state == "paper":
        found = found.filter(state__in=ON_PAPER)
    elif state:
        found = found.filter(state=state)
    if before:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: PAGE + 1])


def find_delivery(reference: str) -> Delivery | None:
    """One delivery, if whoever asks looks after its area."""
    return deliveries().filter(reference=reference).first()


def deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("message", "replaced_by", "instead_of", "printed_by", "posted_by")
