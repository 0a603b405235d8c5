"""The post room: takes what is due and hands it to the carrier. Nothing is lost, nothing is sent twice.

A delivery is marked 'sending' and committed before the carrier is called, and its row stays locked during the call.
A worker that is killed lets go of the lock: whoever finds a row that is 'sending' and not locked asks the carrier
whether it took that reference, and sends only what it did not. So no time limit has to be guessed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor
from alongside.foundation.messages.models import Delivery
from alongside.foundation.messages.paper import letter_of
from alongside.foundation.messages.providers import Carrier, NotAcceptable, Parcel, TryLater
from alongside.foundation.messages.ways import LETTER, ONCE_ONLY, NotNeutral, rendered
from alongside.foundation.recording.recording import recording

State = Delivery.State
POST_ROOM = "The post room"
#: After so many, what a killed worker left meanwhile comes first again.
BATCH = 50
#: Minutes until the next try, after the first, second… one that failed. After the last it is given up and seen.
TRY_AGAIN_MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440)
#: A code is of no use later.
CODE_TRIES = 3
#: When to ask whether it arrived, and how long.
ASK_AFTER = {LETTER: timedelta(hours=12)}
ASK_AFTER_OTHERWISE = timedelta(minutes=10)
ASK_FOR = timedelta(days=8)

Clock = Callable[[], datetime]


def post_room() -> Actor:
    """The named job that sends; made by a migration."""
    return Actor.objects.get(kind=Actor.Kind.JOB, name=POST_ROOM)


def send_waiting(now: Clock, carrier: Carrier, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Settles what a killed worker left, then sends what is due, one by one. How many were sent."""
    with context.as_engine():
        by, sent, claimed = post_room(), 0, 1
        while claimed and not stop():
            for pk in list(Delivery.objects.filter(state=State.SENDING).values_list("pk", flat=True)):
                sent += _carry(pk, now, carrier, by)
            claimed = 0
            while claimed < BATCH and not stop() and (mine := _claim(now())):
                claimed += 1
                sent += _carry(mine, now, carrier, by, mine=True)
        return sent


def _claim(at: datetime) -> int | None:
    """Marks the next one that is due as being sent, for good. Its id."""
    with transaction.atomic():
        due = (
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(state__in=(State.WAITING, State.FAILED), next_try_at__lte=at)
            .order_by("next_try_at", "pk")
            .first()
        )
        if due is None:
            return None
        due.state, due.claimed_at, due.next_try_at = State.SENDING, at, None
        due.attempts += 1
        due.save(update_fields=["state", "claimed_at", "next_try_at", "attempts"])
        return due.pk


def _carry(pk: int, now: Clock, carrier: Carrier, by: Actor, *, mine: bool = False) -> int:
    """Hands one claimed delivery to the carrier, unless the carrier has it or somebody else is at it. 1 when sent.

    For one's own claim it waits: another worker that looks for work may hold the row for a moment.
    """
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(skip_locked=not mine, of=("self",))
            .select_related("message")
            .filter(pk=pk, state=State.SENDING)
            .first()
        )
        if delivery is None:
            return 0
        try:
            provider_id = carrier.find(str(delivery.reference)) or carrier.send(_parcel(delivery))
        except TryLater as problem:
            return _put_off(delivery, now(), str(problem), by)
        except (NotAcceptable, NotNeutral, FileNotFoundError) as problem:
            return _give_up(delivery, now(), str(problem), by)
        at = now()
        delivery.state, delivery.sent_at, delivery.provider_id, delivery.error = State.SENT, at, provider_id, ""
        delivery.filling, delivery.next_try_at = {}, at + ASK_AFTER.get(delivery.channel, ASK_AFTER_OTHERWISE)
        _keep(delivery, "delivery.sent", f"{delivery.get_channel_display()} sent.", at, by)
        return 1


def _put_off(delivery: Delivery, at: datetime, words: str, by: Actor) -> int:
    tries = CODE_TRIES if delivery.notice == "code" else len(TRY_AGAIN_MINUTES) + 1
    if delivery.attempts >= tries:
        return _give_up(delivery, at, words, by)
    wait = timedelta(minutes=TRY_AGAIN_MINUTES[delivery.attempts - 1])
    delivery.state, delivery.error, delivery.next_try_at = State.FAILED, words[:300], at + wait
    delivery.save()
    return 0


def _give_up(delivery: Delivery, at: datetime, words: str, by: Actor) -> int:
    delivery.state, delivery.error, delivery.next_try_at = State.GIVEN_UP, words[:300], None
    delivery.given_up_at = at
    if delivery.notice in ONCE_ONLY:
        delivery.filling = {}
    _keep(delivery, "delivery.given_up", f"{delivery.get_channel_display()} could not be delivered.", at, by)
    return 0


def _keep(delivery: Delivery, code: str, words: str, at: datetime, by: Actor) -> None:
    with recording(by=by, at=at) as note:
        delivery.save()
        note(code, words=words, icb_id=delivery.icb_id, subject="delivery", subject_id=delivery.pk)
        note.matter("delivery", delivery.pk)


def _parcel(delivery: Delivery) -> Parcel:
    """What goes out. An e-mail or text message is checked once more here, where it leaves the house."""
    reference = str(delivery.reference)
    if delivery.channel != LETTER:
        text = rendered(delivery.notice, delivery.filling)
        return Parcel(reference, delivery.channel, delivery.address, text.subject, text.body)
    return Parcel(reference, delivery.channel, delivery.address, pdf=letter_of(delivery))


def ask_whether_arrived(now: Clock, carrier: Carrier, most: int = 200) -> int:
    """Asks after what was sent. What the carrier says has failed is given up, and seen. How many were asked after."""
    with context.as_engine():
        by, at = post_room(), now()
        due = Delivery.objects.filter(state=State.SENT, next_try_at__lte=at).order_by("next_try_at")[:most]
        for delivery in due:
            try:
                fate = carrier.fate(delivery.provider_id)
            except (TryLater, NotAcceptable):
                break
            if fate.state == "failed":
                _give_up(delivery, at, fate.words, by)
                continue
            delivery.arrived_at = at if fate.state == "arrived" else None
            asks_on = fate.state == "under_way" and delivery.sent_at and at - delivery.sent_at < ASK_FOR
            delivery.next_try_at = at + timedelta(hours=1) if asks_on else None
            delivery.save(update_fields=["arrived_at", "next_try_at"])
        return len(due)
