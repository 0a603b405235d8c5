"""The family is told name and picture before somebody else comes: by a named person, or it is written why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from alongside.features.keyworking.handing_over import text
from alongside.features.keyworking.handing_over.operations import begun_one
from alongside.features.keyworking.handing_over.photos import photo_of, workers_with_photo
from alongside.features.keyworking.models import HandOver, HandOverLine, KeyworkerProfile
from alongside.features.people.models import Address
from alongside.foundation.access import context
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor, FamilyAccount
from alongside.foundation.documents.letters import Letter, Point, as_drawing, as_pdf
from alongside.foundation.documents.storage import keep, read_file
from alongside.foundation.messages.contacts import find_contact
from alongside.foundation.messages.operations import queue_message
from alongside.foundation.messages.ways import Way, email, letter, service_name, sms
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words, local_day

HOME = "/mine"


@dataclass(frozen=True, slots=True)
class Letters:
    """What a family reads in plain words, on pages of their own or on paper. pictured: whether there is a picture."""

    on_pages: str
    on_paper: str
    pictured: bool


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
        ways = [letter(name, *address)]
        body = letter_to_family(hand_over, line).on_paper
        picture = picture_on_paper(line.taker, body, local_day(note.at))
        _send(note, hand_over, line, body, to_name=name, ways=ways, once=f"letter {name}", letter=picture)
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
        words = letter_to_family(hand_over, line).on_pages
        _send(note, hand_over, line, words, to_actor_id=account.actor_id, ways=ways, once=f"actor {account.actor_id}")


def _send(note: Notes, hand_over: HandOver, line: HandOverLine, body: str, *, once: str, **to: object) -> None:
    queue_message(
        note,
        icb_id=hand_over.icb_id,
        kind="hand_over",
        subject=text.SUBJECT,
        body=body,
        link=HOME,
        once=f"hand-over line {line.pk} {line.taker_id} {once}"[:120],
        **to,  # type: ignore[arg-type]
    )


def letter_to_family(hand_over: HandOver, line: HandOverLine) -> Letters:
    """What one family reads."""
    return letters_to_families(hand_over, [line])[line.pk]


def picture_on_paper(taker: Actor, body: str, on: date) -> str:
    """The letter with a picture of who comes, as the key of a stored PDF; '' where there is no picture to print."""
    photo = photo_of(taker.pk)
    try:
        picture = read_file(photo.storage_key) if photo else b""
    except FileNotFoundError:
        picture = b""
    if photo is None or not picture:
        return ""
    shown = Point(as_drawing(picture, photo.media_type), f"A photograph of {taker.name}", f"This is {taker.name}.")
    paragraphs = tuple(body.split("\n\n"))
    return keep(as_pdf(Letter(title=text.SUBJECT, on=on, sender=service_name(), paragraphs=paragraphs, easy=(shown,))))


def letters_to_families(hand_over: HandOver, lines: Sequence[HandOverLine]) -> dict[int, Letters]:
    """The same of each line that has a taker. Three statements."""
    takers = {line.taker_id for line in lines if line.taker_id}
    profiles = KeyworkerProfile.objects.filter(icb=hand_over.icb_id, worker__in=takers)
    about = {row.worker_id: row.about_me for row in profiles}
    pictured = workers_with_photo(takers)
    contact = find_contact(hand_over.icb_id)
    call = text.CALL.format(phone=contact.phone, hours=contact.hours) if contact and contact.phone else ""
    return {
        line.pk: _letters(hand_over, line.taker, about.get(line.taker.pk, ""), line.taker.pk in pictured, call)
        for line in lines
        if line.taker
    }


def _letters(hand_over: HandOver, taker: Actor, about_me: str, pictured: bool, call: str) -> Letters:
    what, about = _what_and_about(hand_over, taker, about_me)
    photo = " and picture" if pictured else ""
    return Letters(
        on_pages=text.LETTER.format(what=what, about=about, taker=taker.name, photo=photo),
        on_paper=text.ON_PAPER.format(what=what, about=about, call=call).rstrip(),
        pictured=pictured,
    )


def _what_and_about(hand_over: HandOver, taker: Actor, about_me: str) -> tuple[str, str]:
    """Who comes and when, and what they say of themselves."""
    away = hand_over.reason == HandOver.Reason.LEAVE
    until = f" until {day_in_words(hand_over.to_date)}" if hand_over.to_date else ""
    what = (text.AWAY if away else text.LEAVES).format(
        worker=hand_over.worker.name, taker=taker.name, first=day_in_words(hand_over.from_date), until=until
    )
    return what, f"{taker.name} says: “{about_me}”\n\n" if about_me else ""
