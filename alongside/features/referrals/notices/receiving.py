"""What happens when a notice or an alert comes in: it is kept, matched, and written down where it is sure whose it is.

Called inside `recording()`, in the name of the link's identity or of the door. The rows are written by the engine's
hand, because whoever sent it reaches nobody and learns nothing of what was found.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import nhs_number

from alongside.features.hospital.operations import admit
from alongside.features.people.models import LifeEvent, Person
from alongside.features.people.operations import add_person, record_fact
from alongside.features.people.operations.people import nhs_number_taken
from alongside.features.people.text import LIFE_EVENT_TOPIC
from alongside.features.referrals.codes import LETTERS
from alongside.features.referrals.doors.models import OrganisationLink
from alongside.features.referrals.notices.matching import Told, find_match
from alongside.features.referrals.notices.models import Notice
from alongside.features.referrals.notices.reading import LIFTED, MATTER
from alongside.features.referrals.notices.telling import tell_team, tell_who_is_on_call
from alongside.features.register.models import Colour, Rating, RegisterEntry
from alongside.features.register.operations import enter_unasked, propose_rating
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import By, Notes

_IN_CRISIS = "Taken to A&E in crisis."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The six fields as they were filled in. place: kind of ward, of an admission only. nhs_number: as typed."""

    given_name: str
    family_name: str
    birth_date: date | None
    nhs_number: str
    where_now: str
    happened_at: datetime
    happened: str
    ring_name: str
    ring_phone: str
    place: str = ""


def reference_of(act: UUID) -> str:
    """N-XXXX-XXXX, to say over the telephone: the same for the same form, however often it is sent. Opens nothing."""
    left, drawn = act.int, ""
    for _ in range(8):
        left, place = divmod(left, len(LETTERS))
        drawn += LETTERS[place]
    return f"N-{drawn[:4]}-{drawn[4:]}"


def receive_notice(
    note: Notes,
    *,
    kind: str,
    icb_id: int,
    said: Said,
    sender: str,
    sent_by: By | None = None,
    link: OrganisationLink | None = None,
) -> Notice:
    """Keeps it, finds whom it is about, and writes down what is sure. The clock of opening starts now.

    sent_by: the account that told it, where it isn't recorded in its own name: one reads one's own acts.
    Somebody held by another area is that area's: the notice goes there. An NHS number that can't be right is kept among
    the words. Raises NotNow for a moment or a birth date in the future.
    """
    _check_times(note, said)
    told, happened = _told(said)
    with context.as_engine():
        match = find_match(told, icb_id)
        notice = Notice.objects.create(
            reference=reference_of(note.act),
            kind=kind,
            icb_id=match.person.icb_id if match.person else icb_id,
            came_at=note.at,
            sent_by_id=sent_by.id if sent_by else note.by.id,
            link=link,
            sender=sender[:200],
            act=note.act,
            given_name=told.given_name,
            family_name=told.family_name,
            birth_date=told.birth_date,
            nhs_number=told.nhs_number,
            where_now=said.where_now,
            place=said.place,
            happened_at=said.happened_at,
            happened=happened,
            ring_name=said.ring_name,
            ring_phone=said.ring_phone,
            matched=match.how,
            matched_because=match.because,
        )
        say(note, notice, "notice.received", f"{'An alert' if notice.is_alert else 'A notice'} came from {sender}")
        if match.how != Notice.Matched.UNSURE:
            write_down(note, notice, match.person or add_new(note, notice))
        tell_team(note, notice)
        if notice.is_alert:
            tell_who_is_on_call(note, notice)
    return notice


def find_same(said: Said, *, kind: str, sent_by_id: int, link: OrganisationLink | None, since: datetime) -> str | None:
    """The reference of what the same sender told in the same words since then. Of what was told only, never whose."""
    told, happened = _told(said)
    with context.as_engine():
        same = Notice.objects.filter(
            kind=kind,
            sent_by_id=sent_by_id,
            link=link,
            came_at__gte=since,
            given_name=told.given_name,
            family_name=told.family_name,
            birth_date=told.birth_date,
            nhs_number=told.nhs_number,
            where_now=said.where_now,
            place=said.place,
            happened=happened,
            ring_name=said.ring_name,
            ring_phone=said.ring_phone,
        )
        return same.order_by("id").values_list("reference", flat=True).first()


def _check_times(note: Notes, said: Said) -> None:
    if said.happened_at > note.at:
        raise NotNow("future", "This can't have happened in the future. Check the day and the time.")
    if said.birth_date and said.birth_date > said.happened_at.astimezone(LONDON).date():
        raise NotNow("birth_date", "The date of birth is after what happened. Check the year.")


def _told(said: Said) -> tuple[Told, str]:
    """Who it is; and what happened, with an NHS number that can't be right."""
    digits = "".join(said.nhs_number.split()).replace("-", "")
    right = bool(digits) and nhs_number.is_valid(digits)
    words = said.happened
    if digits and not right:
        words = f"{words}\n\nNHS number as it was typed: {said.nhs_number[:40]}"[:2000]
    return Told(said.given_name.strip(), said.family_name.strip(), said.birth_date, digits if right else ""), words


def add_new(note: Notes, notice: Notice) -> Person:
    """Somebody new, of whom nobody has been asked: the register team's only. As the engine."""
    number = notice.nhs_number
    return add_person(
        note,
        icb_id=notice.icb_id,
        given_name=notice.given_name,
        family_name=notice.family_name,
        birth_date=notice.birth_date,
        nhs_number=number if number and not nhs_number_taken(number) else None,
    )


def write_down(note: Notes, notice: Notice, person: Person) -> None:
    """The stay or the visit to A&E on the person's record, and a provisional entry where they are on no register.

    As the engine, in the name of whoever acts. What a record doesn't take (a stay is open) is said on the notice.
    """
    registered = RegisterEntry.objects.filter(person=person, removed_on=None).exists()
    if not registered:
        enter_unasked(
            note,
            person=person,
            entered_on=note.at.astimezone(LONDON).date(),
            reason=f"{notice.get_kind_display()}: told by {notice.sender}",
            not_registered_before_admission=not notice.is_alert,
        )
    refused = _record_visit(note, notice, person) if notice.is_alert else _record_stay(note, notice, person, registered)
    change_notice(notice, person_id=person.pk, matched_because=refused or notice.matched_because)
    say(note, notice, "notice.written_down", "What a notice told was written down")


def _record_stay(note: Notes, notice: Notice, person: Person, registered: bool) -> str:
    try:
        admit(
            note,
            person=person,
            kind=notice.place or Notice.Place.OTHER,
            place_name=notice.where_now,
            admitted_at=notice.happened_at,
            registered_before=registered,
            reason=notice.happened[:300],
        )
    except NotNow as already:
        return f"The stay was not added. {already.sentence}"
    return ""


def _record_visit(note: Notes, notice: Notice, person: Person) -> str:
    """A visit to A&E, and red proposed: a person decides. Not while they are rated red or in hospital."""
    kind = LifeEvent.Kind.AE_CRISIS
    record_fact(
        note,
        LifeEvent,
        person=person,
        topic=LIFE_EVENT_TOPIC[kind],
        words="Was at A&E.",
        happened_at=notice.happened_at,
        kind=kind,
        source=notice.sender[:120],
        detail=notice.happened[:500],
    )
    for entry in RegisterEntry.objects.filter(person=person, removed_on=None):
        decided = Rating.objects.filter(entry=entry, standing=Rating.Standing.DECIDED).order_by("rated_at", "id").last()
        if decided is None or decided.colour in (Colour.AMBER, Colour.GREEN):
            origin = Rating.Origin.CIRCUMSTANCE
            propose_rating(note, entry=entry, colour=Colour.RED, because=_IN_CRISIS, origin=origin)
    return ""


def change_notice(notice: Notice, **changes: Any) -> None:
    """Changes what came of a notice, by the engine's hand after the code has checked who asks; counts its version."""
    changes["version"] = notice.version + 1
    for name, value in changes.items():
        setattr(notice, name, value)
    with context.as_engine():
        Notice.objects.filter(pk=notice.pk).update(**changes)


def say(note: Notes, notice: Notice, code: str, words: str) -> None:
    """An event of the area, without a name; what is due about the notice is worked out again."""
    note(code, words=f"{words} ({notice.reference}).", icb_id=notice.icb_id, subject=MATTER, subject_id=notice.pk)
    note.matter(MATTER, notice.pk)
    note.matter(LIFTED, notice.pk)
