"""The family is told name and picture before somebody else comes: by a named person, or it is written why not."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from alongside.features.keyworking.handing_over import text
from alongside.features.keyworking.handing_over.operations import begun_one
from alongside.features.keyworking.handing_over.photos import workers_with_photo
from alongside.features.keyworking.models import HandOver, HandOverLine, KeyworkerProfile
from alongside.features.people.models import Address
from alongside.foundation.access import context
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor, FamilyAccount
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import Way, email, letter, sms
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words

HOME = "/mine"


def tell_family(
    note: Notes, *, line: HandOverLine, how: str, words: str = "", name: str = "", address: Sequence[str] = ()
) -> None:
    """Keeps how the family came to know, and sends what has to be sent. Once for each taker.

    `words`: how it was said, or why they were not told. `name`, `address`: of a letter. Raises NotNow without a taker,
    for a message where nobody of the family has pages of their own, and for a letter without an address.
    """
    hand_over = begun_one(line.hand_over_id)
    if line.taker is None:
        raise NotNow("no_taker", "Choose who takes over first. The family is told a name.")
    if how == HandOverLine.Told.MESSAGE:
        _write(note, hand_over, line)
    elif how == HandOverLine.Told.LETTER:
        if not name.strip() or not any(one.strip() for one in address):
            raise NotNow("address", "Say whom the letter is for, and where it goes.")
        _send(note, hand_over, line, to_name=name, ways=[letter(name, *address)], once=f"letter {name}")
    elif not words.strip():
        raise NotNow("words", "Say who was told and how, or why nobody was.")
    line.told, line.told_words, line.told_at, line.told_by_id = how, words, note.at, note.by.id
    line.told_of = line.taker
    line.save(update_fields=["told", "told_words", "told_at", "told_by", "told_of"])
    said = f"The family was {text.TOLD[HandOverLine.Told(how)]}: {line.taker.name} takes over."
    note.of("hand_over.told", line, words=said)


def family_accounts(person_ids: Sequence[int], at: datetime) -> dict[int, list[FamilyAccount]]:
    """Who of each family has pages of their own and may read of the person now. Two statements, read as the engine."""
    found: dict[int, list[FamilyAccount]] = {}
    with context.as_engine():
        now = Q(to_at=None) | Q(to_at__gt=at)
        rows = OpenTopics.objects.filter(
            now, person_id__in=list(person_ids), from_at__lte=at, involvement__because__in=("own_record", "family")
        )
        pairs = sorted(set(rows.values_list("person_id", "actor_id")))
        actors = {actor for _, actor in pairs}
        accounts = {row.actor_id: row for row in FamilyAccount.objects.filter(actor__in=actors, closed_at=None)}
    for person, actor in pairs:
        if actor in accounts:
            found.setdefault(person, []).append(accounts[actor])
    return found


def address_of(person_id: int) -> str:
    """Where the young person lives now, as lines of an envelope; '' when it isn't known."""
    return addresses_of([person_id]).get(person_id, "")


def addresses_of(person_ids: Sequence[int]) -> dict[int, str]:
    """The same of each whose address is known. One statement."""
    rows = Address.objects.filter(person__in=person_ids, to_date=None, superseded_by=None).order_by("pk")
    return {
        row.person_id: "\n".join(part for part in (row.lines, row.postcode) if part)
        for row in rows
        if row.lines or row.postcode
    }


def _write(note: Notes, hand_over: HandOver, line: HandOverLine) -> None:
    accounts = family_accounts([line.person_id], note.at).get(line.person_id, [])
    if not accounts:
        raise NotNow("no_pages", "Nobody of the family has pages of their own here. Tell them in another way.")
    for account in accounts:
        ways: list[Way] = []
        if account.phone:
            ways = [sms(account.phone, link=HOME)]
        elif account.email:
            ways = [email(account.email, link=HOME)]
        _send(note, hand_over, line, to_actor_id=account.actor_id, ways=ways, once=f"actor {account.actor_id}")


def _send(note: Notes, hand_over: HandOver, line: HandOverLine, *, once: str, **to: object) -> None:
    queue_message(
        note,
        icb_id=hand_over.icb_id,
        kind="hand_over",
        subject=text.SUBJECT,
        body=letter_to_family(hand_over, line),
        link=HOME,
        once=f"hand-over line {line.pk} {line.taker_id} {once}"[:120],
        **to,  # type: ignore[arg-type]
    )


def letter_to_family(hand_over: HandOver, line: HandOverLine) -> str:
    """What the family reads, in plain words."""
    return letters_to_families(hand_over, [line])[line.pk]


def letters_to_families(hand_over: HandOver, lines: Sequence[HandOverLine]) -> dict[int, str]:
    """The same of each line that has a taker. Two statements."""
    takers = {line.taker_id for line in lines if line.taker_id}
    profiles = KeyworkerProfile.objects.filter(icb=hand_over.icb_id, worker__in=takers)
    about = {row.worker_id: row.about_me for row in profiles}
    pictured = workers_with_photo(takers)
    return {
        line.pk: _letter(hand_over, line.taker, about.get(line.taker.pk, ""), line.taker.pk in pictured)
        for line in lines
        if line.taker
    }


def _letter(hand_over: HandOver, taker: Actor, about_me: str, pictured: bool) -> str:
    away = hand_over.reason == HandOver.Reason.LEAVE
    until = f" until {day_in_words(hand_over.to_date)}" if hand_over.to_date else ""
    what = (text.AWAY if away else text.LEAVES).format(
        worker=hand_over.worker.name, taker=taker.name, first=day_in_words(hand_over.from_date), until=until
    )
    about = f"{taker.name} says: “{about_me}”\n\n" if about_me else ""
    return text.LETTER.format(what=what, about=about, taker=taker.name, photo=" and picture" if pictured else "")
