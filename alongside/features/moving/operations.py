"""What people do about a move, up to the other side's answer. Each is called inside `recording()`."""

from datetime import date
from typing import Any

from alongside.features.moving import text
from alongside.features.moving.access import DECIDES, areas_that_answer
from alongside.features.moving.models import AreaMove, MovePack, MoveStep
from alongside.features.moving.packing import keep_pack
from alongside.features.people.ended import check_living
from alongside.features.people.models import MoveOffer, Person
from alongside.features.people.operations import offer_person, record_fact
from alongside.features.people.operations.moving import take_back
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import day_in_words

WHO = Topic.IDENTITY


def begin_move(
    note: Notes,
    *,
    person: Person,
    kind: str,
    told_by: str,
    told_on: date,
    because: str,
    to_icb: Organisation | None = None,
    to_place: str = "",
    moves_on: date | None = None,
) -> AreaMove:
    """Somebody told of a move, or it was found out. This area stays responsible until the other side has said yes.

    Raises NotNow when a move is open already, or when nobody says where to.
    """
    check_living(person)
    if AreaMove.objects.filter(person=person, closed_at=None).exists():
        raise NotNow("move_open", "A move is written down already. Change it on its page, or say that they stay.")
    where = _where(person, kind, to_icb, to_place)
    move = record_fact(
        note,
        AreaMove,
        person=person,
        topic=WHO,
        words=_begun_words(kind, moves_on),
        code="move.begun",
        kind=kind,
        told_by=told_by,
        told_on=told_on,
        moves_on=moves_on,
        because=because,
        **where,
    )
    return move


def change_move(
    note: Notes, *, move: AreaMove, because: str, moves_on: date | None, to_icb: Organisation | None, to_place: str
) -> AreaMove:
    """Another place, or another day. NotNow while an offer waits for its answer, and when it is over."""
    held = lock_move(move.pk)
    where = _where(held.person, held.kind, to_icb, to_place, held.to_icb_id)
    if where["to_icb"] != held.to_icb and _open_offer(held) is not None:
        raise NotNow("offered", "An offer waits for its answer. Take it back before you choose another area.")
    held.moves_on, held.because = moves_on, because
    held.to_icb, held.to_place = where["to_icb"], where["to_place"]
    held.save(update_fields=["moves_on", "because", "to_icb", "to_place"])
    note.of("move.changed", held, words="What is known of the move was changed.")
    return held


def say_they_stay(note: Notes, *, move: AreaMove, because: str, by: Me) -> None:
    """The move is off. An offer that waits is taken back in the same act."""
    held = lock_move(move.pk)
    check_decides(by, held)
    offer = _open_offer(held)
    if offer is not None:
        take_back(note, offer=offer, because=because[:300], by=by)
    close_move(note, held, AreaMove.Ended.STAYED, because)
    note.of("move.stayed", held, words="They stay: the move is off.")


def offer_move(note: Notes, *, move: AreaMove, by: Me, told: str, because: str = "") -> MoveOffer:
    """Offers them to the area of the move, with the pack as it is now. Responsibility stays where it is."""
    held = lock_move(move.pk)
    check_decides(by, held)
    if held.kind != AreaMove.Kind.AREA or held.to_icb is None:
        raise NotNow("not_an_area", "Only an area that works with this service is offered somebody here.")
    if held.to_icb_id not in areas_that_answer():
        raise NotNow("nobody_there", text.NOBODY_THERE_NOW.format(area=held.to_icb.name))
    person = Person.objects.select_for_update(of=("self",)).select_related("icb").get(pk=held.person_id)
    offer = offer_person(
        note, person=person, to_icb=held.to_icb, because=(because or held.because)[:400], by=by, told=told
    )
    keep_pack(note, move=held, person=person, by=by, offer=offer)
    return offer


def make_pack(note: Notes, *, move: AreaMove, by: Me) -> MovePack:
    """The pack for whoever reads nothing here, to be printed and sent."""
    held = lock_move(move.pk)
    check_decides(by, held)
    return keep_pack(note, move=held, person=held.person, by=by)


def record_step(note: Notes, *, move: AreaMove, kind: str, words: str) -> MoveStep:
    """Something that was done about the move, before or after it was accepted."""
    held = AreaMove.objects.select_for_update(of=("self",)).select_related("person").get(pk=move.pk)
    before = kind == MoveStep.Kind.LIFTED
    if before != (held.closed_at is None) or held.closed_how == AreaMove.Ended.STAYED:
        raise NotNow("wrong_time", "The move has gone on meanwhile. Look at its page.")
    # `words` of a step are for staff; the timeline says which step it was.
    person = held.person
    made = MoveStep.objects.create(
        person=person,
        topic=WHO,
        recorded_icb_id=person.icb_id,
        recorded_by_id=note.by.id,
        recorded_at=note.at,
        happened_at=note.at,
        move=held,
        kind=kind,
        words=words,
    )
    note.of(f"move.{kind}", made, words=text.STEP_SAID[MoveStep.Kind(kind)])
    return made


# What all of them need


def lock_move(number: int) -> AreaMove:
    """The move, while nobody else changes it. NotNow when it is over."""
    rows = AreaMove.objects.select_for_update(of=("self",)).select_related("person__icb", "to_icb")
    found = rows.filter(pk=number, closed_at=None).first()
    if found is None:
        raise NotNow("move_over", "This move was accepted or called off meanwhile. Nothing was changed.")
    return found


def check_decides(by: Me, move: AreaMove) -> None:
    """The area that holds them decides what it offers, and writes down who has accepted."""
    if not by.holds_in(move.person.icb_id, *DECIDES):
        raise Refused("not_deciding", "Only the register and keyworking team of their area decides about a move.")


def close_move(note: Notes, move: AreaMove, how: str, because: str = "") -> None:
    move.closed_at, move.closed_how, move.closed_because = note.at, how, because
    move.save(update_fields=["closed_at", "closed_how", "closed_because"])


def _open_offer(move: AreaMove) -> MoveOffer | None:
    return MoveOffer.objects.filter(person_id=move.person_id, closed_at=None).select_related("person").first()


def _where(
    person: Person, kind: str, to_icb: Organisation | None, to_place: str, stands: int | None = None
) -> dict[str, Any]:
    """Where to, as the kind of move says it. stands: the area that is written down already."""
    if kind == AreaMove.Kind.ADULT:
        return {"to_icb": person.icb, "to_place": ""}
    if kind == AreaMove.Kind.OUTSIDE:
        if not to_place.strip():
            raise NotNow("where", "Say where they move to.")
        return {"to_icb": None, "to_place": to_place.strip()}
    if to_icb is None or to_icb.pk == person.icb_id:
        raise NotNow("where", "Choose another area than their own.")
    if to_icb.pk != stands and to_icb.pk not in areas_that_answer():
        raise NotNow("nobody_there", text.NOBODY_THERE.format(area=to_icb.name))
    return {"to_icb": to_icb, "to_place": ""}


def _begun_words(kind: str, moves_on: date | None) -> str:
    on = f" on {day_in_words(moves_on)}" if moves_on else ""
    if kind == AreaMove.Kind.ADULT:
        return f"They go on to the adult register{on}."
    return f"We heard that they move away{on}. This area stays responsible until somebody else has said yes."
