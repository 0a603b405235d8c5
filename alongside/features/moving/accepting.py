"""The other side's answer, by whichever way it came. Each is called inside `recording()`.

Responsibility passes in one place only: `people.operations.moving.accept_person`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from alongside.features.keyworking.stepping_down.operations import name_adult_lead
from alongside.features.moving import text
from alongside.features.moving.agreeing import refused_topics
from alongside.features.moving.models import AreaMove, MoveAcceptance
from alongside.features.moving.operations import WHO, check_decides, close_move, lock_move
from alongside.features.people.agreement.reading import read_known
from alongside.features.people.models import Consent, MoveOffer, Person
from alongside.features.people.models.person import RetentionClass
from alongside.features.people.operations.moving import accept_offer, decline_person
from alongside.features.people.queries import about
from alongside.features.register.models import RegisterEntry
from alongside.features.register.operations import enter_register, remove
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day

#: Local default: the named person begins within so many days of the yes, so that 'accepted' means somebody.
BEGINS_WITHIN = timedelta(days=14)
#: The event whose colour becomes the new area's own rating (see `overview/rating_page/after_move.py`).
RATED_ANEW = "move.rated_anew"
NAMED = ("named", "post", "reach", "team", "starts_on")


def accept_move(note: Notes, *, offer_id: int, by: Me, colour: str, because: str, **named: Any) -> Person:
    """The new area says yes: a named person, their team, their first day, and its own rating with its reason.

    The accepting side can't see the person before, so what hangs on the move is written under the engine's identity.
    """
    _check_begins_soon(note, named["starts_on"])
    with context.as_engine():
        before = MoveOffer.objects.select_related("person__icb", "to_icb").filter(pk=offer_id).first()
    if before is None:
        raise NotNow("no_offer", "This offer was answered or taken back meanwhile. Nothing was changed.")
    came_from, to_icb = before.person.icb, before.to_icb
    held_back = _held_back(before, note)
    person = accept_offer(note, offer_id=offer_id, by=by)
    with context.as_engine():
        move = _move_of(note, before, came_from)
        _keep_back(note, person, to_icb, held_back)
        _acceptance(note, move, person, came_from, offer=before, how=MoveAcceptance.How.HERE, said_by=by.name, **named)
        close_move(note, move, AreaMove.Ended.ACCEPTED)
        if RegisterEntry.objects.filter(about(person), removed_on=None).exists():
            _rate_anew(note, person, to_icb, colour, because)
    return person


def refuse_move(note: Notes, *, offer_id: int, because: str, by: Me) -> MoveOffer:
    """The new area says no, and why. It goes back, with a duty; the old area stays responsible."""
    return decline_person(note, offer_id=offer_id, because=because, by=by)


def record_acceptance_elsewhere(
    note: Notes, *, move: AreaMove, by: Me, how: str, said_by: str, said_on: date, **named: Any
) -> MoveAcceptance:
    """Somebody out of reach of this service has said yes. Only now they come off the register here."""
    held = lock_move(move.pk)
    check_decides(by, held)
    if held.kind != AreaMove.Kind.OUTSIDE:
        raise NotNow("not_outside", "An area that works with this service says yes here, by its own team.")
    if said_on > local_day(note.at):
        raise NotNow("future", "Write it down when they have said yes.")
    person = held.person
    made = _acceptance(note, held, person, person.icb, offer=None, how=how, said_by=said_by, **named)
    close_move(note, held, AreaMove.Ended.ACCEPTED)
    detail = f"{held.where}: {named['named']}, {named['team']} ({said_by}, {made.get_how_display().lower()})"
    for entry in _open_entries(person):
        remove(note, entry=entry, on=max(said_on, entry.entered_on), because="moved", detail=detail[:300], by=by)
    return made


def accept_as_adult(note: Notes, *, move: AreaMove, by: Me, colour: str, because: str, **named: Any) -> RegisterEntry:
    """The adult register says yes, by somebody else than whoever asked. One entry closes as the other opens."""
    held = lock_move(move.pk)
    check_decides(by, held)
    if held.kind != AreaMove.Kind.ADULT:
        raise NotNow("not_adult", "This move is to another area.")
    if held.recorded_by_id == by.id:
        raise Refused("two_people", "Somebody else than whoever asked says yes: two people look at it.")
    _check_begins_soon(note, named["starts_on"])
    today, person = local_day(note.at), held.person
    children = [entry for entry in _open_entries(person) if entry.listing == "child"]
    reason = next((entry.reason for entry in children), "") or held.because
    for entry in children:
        remove(note, entry=entry, on=max(today, entry.entered_on), because="aged_out", by=by)
    adult = RegisterEntry.objects.filter(about(person), removed_on=None, listing="adult").first()
    if adult is None:
        adult = enter_register(note, person=person, listing="adult", entered_on=today, reason=reason, by=by)
    lead = {"lead_name": named["named"], "lead_post": named.get("post", ""), "lead_reach": named["reach"]}
    name_adult_lead(note, person=person, lead_organisation=named["team"], **lead)
    _acceptance(note, held, person, person.icb, offer=None, how=MoveAcceptance.How.HERE, said_by=by.name, **named)
    close_move(note, held, AreaMove.Ended.ACCEPTED)
    _rate_anew(note, person, person.icb, colour, because)
    return adult


def _check_begins_soon(note: Notes, starts_on: date) -> None:
    today = local_day(note.at)
    if not today <= starts_on <= today + BEGINS_WITHIN:
        raise NotNow("starts_on", "They need somebody within a fortnight. Choose a day from today on, no later.")


def _open_entries(person: Person) -> list[RegisterEntry]:
    rows = RegisterEntry.objects.select_for_update(of=("self",)).select_related("person__icb", "icb")
    return list(rows.filter(about(person), removed_on=None).order_by("pk"))


def _move_of(note: Notes, offer: MoveOffer, came_from: Organisation) -> AreaMove:
    """The move behind an offer. One that was offered before anybody wrote down a move gets its row now."""
    rows = AreaMove.objects.select_for_update(of=("self",)).select_related("to_icb")
    move = rows.filter(person_id=offer.person_id, closed_at=None).first()
    return move or AreaMove.objects.create(
        person_id=offer.person_id,
        topic=WHO,
        recorded_icb=came_from,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=offer.offered_at,
        kind=AreaMove.Kind.AREA,
        told_by=AreaMove.ToldBy.FOUND,
        told_on=local_day(offer.offered_at),
        to_icb=offer.to_icb,
        because=offer.because,
    )


def _acceptance(
    note: Notes, move: AreaMove, person: Person, came_from: Organisation, *, offer: MoveOffer | None, **said: Any
) -> MoveAcceptance:
    """It stands for the area that let go: both read it."""
    made = MoveAcceptance.objects.create(
        person=person,
        topic=WHO,
        recorded_icb=came_from,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        move=move,
        offer=offer,
        **said,
    )
    note.of("move.accepted", made, words="The other side has said yes. Who has them now stands with the move.")
    return made


def _held_back(offer: MoveOffer, note: Notes) -> list[int]:
    """Topics on which somebody said no to telling the new area; who they are goes along in any case."""
    with context.as_engine():
        move = AreaMove.objects.filter(person=offer.person, closed_at=None).first()
    if move is None:
        return []
    refused = refused_topics(read_known(offer.person, note.at).ledger, move)
    return sorted(refused - {Topic.IDENTITY.value, Topic.AGREEMENT.value})


def _keep_back(note: Notes, person: Person, area: Organisation, topics: Iterable[int]) -> None:
    """The no goes on counting: of those topics only the new register team reads until somebody has asked anew."""
    about_topics = list(topics)
    if not about_topics:
        return
    row = Consent.objects.create(
        person=person,
        topic=Topic.AGREEMENT,
        recorded_icb=area,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        retention_class=RetentionClass.AGREEMENT,
        purpose=Consent.Purpose.REGISTER,
        answer=Consent.Answer.UNKNOWN,
        about_topics=about_topics,
        decided_on=local_day(note.at),
        evidence=text.HELD_BACK.format(area=area.name)[:300],
    )
    note.of(
        "consent.recorded",
        row,
        words="What they did not want told stays with the register team until it is asked anew.",
    )


def _rate_anew(note: Notes, person: Person, area: Organisation, colour: str, because: str) -> None:
    """Becomes a rating once the new entry stands, later in the same act. The one before stays as it was."""
    note(
        RATED_ANEW,
        words=f"{area.name} rates for itself.",
        person_id=person.pk,
        icb_id=area.pk,
        topic=Topic.REGISTER,
        colour=colour,
        because=because,
    )
