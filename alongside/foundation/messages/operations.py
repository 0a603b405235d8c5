"""Saying something to somebody. Each is called inside `recording()`: told when, and only when, the change is kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.messages import queries
from alongside.foundation.messages.models import Delivery, Message
from alongside.foundation.messages.providers import posts_letters
from alongside.foundation.messages.ways import LETTER, ONCE_ONLY, Way, rendered
from alongside.foundation.recording.recording import Notes


def queue_message(
    note: Notes,
    *,
    icb_id: int,
    kind: str,
    subject: str,
    body: str,
    to_actor_id: int | None = None,
    to_team_id: int | None = None,
    to_name: str = "",
    ways: Sequence[Way] = (),
    person_id: int | None = None,
    topic: int | None = None,
    link: str = "",
    letter: str = "",
    from_team_id: int | None = None,
    answers: Message | None = None,
    may_answer: bool = False,
    once: str | None = None,
) -> Message:
    """Puts a message into an inbox and leads there by each of `ways`, in the transaction of the change.

    The subject is neutral, the body may say what it has to. `person_id` (with `topic`) only where everybody it is to
    reaches that person: the message is then read by whoever does. `letter` is the key of a stored PDF; without one a
    letter is made of subject and body. `once` names what it is about, so that the same thing is never said twice:
    the message of the first time is given back. Raises NotNeutral before anything is written.
    """
    for way in ways:
        _check(way)
    with context.as_engine():
        if once and (said := Message.objects.filter(once=once).first()):
            return said
        message = Message.objects.create(
            icb_id=icb_id,
            kind=kind,
            person_id=person_id,
            topic=topic,
            by_id=note.by.id,
            from_team_id=from_team_id,
            to_actor_id=to_actor_id,
            to_team_id=to_team_id,
            to_name=to_name,
            subject=subject,
            body=body,
            link=link,
            letter=letter,
            made_at=note.at,
            answers=answers,
            may_answer=may_answer,
            once=once,
        )
        queued = Delivery.objects.bulk_create([_delivery(way, icb_id, note.at, message) for way in ways])
    for one in queued:
        _to_people(note, one)
    note.of("message.written", message, words="A message was written.", kind=kind)
    if to_team_id and may_answer:
        note.matter("message", message.pk)
    return message


def queue_notice(note: Notes, *, icb_id: int, way: Way) -> Delivery:
    """An e-mail or text message that leads to no message: a code, an invitation. Raises NotNeutral."""
    _check(way)
    with context.as_engine():
        delivery = _delivery(way, icb_id, note.at, None)
        delivery.save()
    note("notice.queued", words="A notice was queued.", icb_id=icb_id, subject="delivery", subject_id=delivery.pk)
    return delivery


def _check(way: Way) -> None:
    if way.channel != LETTER:
        rendered(way.notice, way.filling)


def _delivery(way: Way, icb_id: int, at: datetime, message: Message | None) -> Delivery:
    on_paper = way.channel == LETTER and not posts_letters()
    return Delivery(
        state=Delivery.State.TO_PRINT if on_paper else Delivery.State.WAITING,
        icb_id=icb_id,
        message=message,
        person_id=message.person_id if message else None,
        channel=way.channel,
        address=way.address,
        notice=way.notice,
        filling=dict(way.filling),
        made_at=at,
        next_try_at=None if on_paper else at,
    )


def _to_people(note: Notes, delivery: Delivery) -> None:
    """A letter that nobody carries is work from the start."""
    if delivery.state == Delivery.State.TO_PRINT:
        note.matter("delivery", delivery.pk)


def answer_message(note: Notes, *, message: Message, body: str, me: Me) -> Message:
    """Answers, to the team or the actor it came from. Raises NotNow when there is nobody to answer to."""
    if not queries.may_answer(me, message):
        raise NotNow("no_answer", "This message takes no answer.")
    said = queue_message(
        note,
        icb_id=message.icb_id,
        kind="answer",
        subject=f"Answer: {message.subject}"[:120],
        body=body,
        person_id=message.person_id,
        topic=message.topic,
        from_team_id=message.to_team_id,
        answers=message,
        may_answer=True,
        to_team_id=message.from_team_id,
        to_actor_id=None if message.from_team_id else message.by_id,
    )
    if message.settled_at is None:
        _settle(note, message)
    return said


def settle_message(note: Notes, *, message: Message, me: Me) -> None:
    """It needs no answer. Raises NotNow when somebody has said so already."""
    if not queries.may_settle(me, message):
        raise NotNow("settled", "Somebody has already dealt with this message.")
    _settle(note, message)
    note.of("message.settled", message, words="A message needed no answer.")


def _settle(note: Notes, message: Message) -> None:
    with context.as_engine():
        Message.objects.filter(pk=message.pk, settled_at=None).update(settled_at=note.at, settled_by_id=note.by.id)
    note.matter("message", message.pk)


def record_opened(message: Message, me: Me, at: datetime) -> None:
    """The first time this actor opens it is kept. Like every look, it is kept by reading."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into inbox_opened (message_id, actor_id, at) values (%s, %s, %s) on conflict do nothing",
            [message.pk, me.id, at],
        )


def send_again(note: Notes, *, delivery: Delivery, way: Way | None = None) -> Delivery:
    """Another delivery instead of one that was given up: the same way, or `way`. Raises NotNow.

    It has a reference of its own, because the carrier may know the old one as failed.
    """
    if delivery.state != Delivery.State.GIVEN_UP:
        raise NotNow("not_given_up", "This is still on its way. It is tried again by itself.")
    if delivery.notice == "code":
        raise NotNow("code", "A code is of no use later. Let them ask for a new one.")
    if delivery.notice in ONCE_ONLY:
        raise NotNow("once", "Its link is gone, so that nobody else can use it. Let their worker invite them again.")
    if way is None:
        way = Way(delivery.channel, delivery.address, delivery.notice, delivery.filling)
    if way.channel == LETTER and delivery.message_id is None:
        raise NotNow("no_letter", "There is no letter for this: use an e-mail or a text message.")
    _check(way)
    fresh = _delivery(way, delivery.icb_id, note.at, None)
    fresh.message_id, fresh.person_id, fresh.instead_of = delivery.message_id, delivery.person_id, delivery
    with context.as_engine():
        if Delivery.objects.filter(instead_of=delivery).exists():
            raise NotNow("sent_again", "This was already sent again.")
        fresh.save()
    _to_people(note, fresh)
    note.matter("delivery", delivery.pk)
    note(
        "delivery.sent_again",
        words="A delivery that failed was sent again.",
        icb_id=delivery.icb_id,
        subject="delivery",
        subject_id=fresh.pk,
    )
    return fresh
