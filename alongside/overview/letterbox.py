"""The facts behind what is due about messages. Read as the engine."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from alongside.features.people.models import Guard, Person
from alongside.foundation.accounts.models import Invitation
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.messages.queries import ON_PAPER
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
    rows = list(_for_people().filter(pk__in=ids).select_related("replaced_by"))
    hidden = _closely_held(rows)
    over = _invited_another_way([row for row in rows if row.notice == "invitation"])
    for row in rows:
        if row.person_id not in hidden:
            replaced = getattr(row, "replaced_by", None)
            on_paper = row.state in ON_PAPER
            yield DeliveryFacts(
                kind="delivery",
                id=row.pk,
                icb_id=row.icb_id,
                opened_at=row.made_at if on_paper else row.given_up_at or row.made_at,
                closed_at=replaced.made_at if replaced else over.get((row.made_at, row.address)),
                guard=Guard.ORDINARY,
                how=HOW[row.channel],
                on_paper=on_paper,
            )


def _invited_another_way(rows: Sequence[Delivery]) -> dict[tuple[datetime, str], datetime]:
    """When an invitation that did not arrive was taken back or used, by when it was made and where it went."""
    asked = Invitation.objects.filter(made_at__in=[row.made_at for row in rows]) if rows else []
    ended = [(one, one.taken_back_at or one.used_at) for one in asked]
    return {(one.made_at, address): at for one, at in ended if at for address in (one.phone, one.email) if address}


def _for_people() -> QuerySet[Delivery]:
    """Given up, or on paper: nothing of it goes on by itself."""
    return Delivery.objects.filter(~Q(notice="code"), state__in=(Delivery.State.GIVEN_UP, *ON_PAPER))


def list_deliveries(icb_id: int | None) -> list[int]:
    rows = _for_people().filter(replaced_by=None)
    return list((rows.filter(icb=icb_id) if icb_id else rows).values_list("pk", flat=True))
