"""Reading moves: of one person, of an area, and the pack of somebody whom another area offers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef

from alongside.features.moving.access import DECIDES, areas_that_answer
from alongside.features.moving.models import AreaMove, MoveAcceptance, MovePack, MoveStep
from alongside.features.moving.text import left_out_words
from alongside.features.people.models import MoveOffer, Person
from alongside.features.people.operations.moving import DECLINED
from alongside.features.people.queries import about
from alongside.foundation.access import context
from alongside.foundation.access.backend.kept import WIDEST
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation

#: On each list of the page of moves.
MOST = 50
#: So long somebody who has moved away stands among those who moved lately.
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class OfMove:
    """A move with what hangs on it. refusals: of the areas that said no, the newest first."""

    move: AreaMove
    offer: MoveOffer | None
    refusals: list[MoveOffer]
    pack: MovePack | None
    acceptance: MoveAcceptance | None
    steps: list[MoveStep]

    @property
    def refused(self) -> MoveOffer | None:
        """The last no of the area that the move is to now."""
        return next((one for one in self.refusals if one.to_icb_id == self.move.to_icb_id), None)

    @property
    def done(self) -> frozenset[str]:
        return frozenset(step.kind for step in self.steps)


def newest_move(me: Me, person: Person) -> AreaMove | None:
    """The move that is open, or else the last one."""
    rows = AreaMove.objects.visible_to(me).filter(about(person)).select_related("to_icb", "recorded_by", "recorded_icb")
    return rows.order_by("-pk").first()


def open_move(me: Me, person: Person) -> AreaMove | None:
    move = newest_move(me, person)
    return move if move is not None and move.closed_at is None else None


def read_move(me: Me, person: Person) -> OfMove | None:
    """The newest move and everything about it, in five statements."""
    move = newest_move(me, person)
    if move is None:
        return None
    offers = list(
        MoveOffer.objects.filter(about(person), offered_at__gte=move.recorded_at)
        .select_related("to_icb", "offered_by")
        .order_by("-pk")
    )
    return OfMove(
        move=move,
        offer=next((one for one in offers if one.closed_at is None), None),
        refusals=[one for one in offers if one.closed_how == DECLINED],
        pack=MovePack.objects.visible_to(me).filter(move=move).defer("bundle").order_by("-pk").first(),
        acceptance=acceptance_of(me, move),
        steps=list(MoveStep.objects.visible_to(me).filter(move=move).select_related("recorded_by").order_by("pk")),
    )


def acceptance_of(me: Me, move: AreaMove) -> MoveAcceptance | None:
    return MoveAcceptance.objects.visible_to(me).filter(move=move).select_related("recorded_by").first()


def find_pack(me: Me, person: Person) -> MovePack | None:
    """The newest pack that was made of them."""
    rows = MovePack.objects.visible_to(me).filter(about(person)).select_related("move__to_icb", "recorded_icb")
    return rows.order_by("-pk").first()


def list_other_areas(icb_id: int) -> dict[str, Organisation]:
    """Areas that somebody may be offered to, by their number as a form gives it: where somebody can say yes or no."""
    found = Organisation.objects.filter(kind=Organisation.Kind.ICB, closed_on=None).exclude(pk=icb_id)
    return {str(area.pk): area for area in found.filter(pk__in=areas_that_answer()).order_by("name")}


@dataclass(frozen=True, slots=True)
class OfferedPack:
    """What another area tells of somebody whom it offers."""

    parts: list[dict[str, Any]]
    bundle: dict[str, Any]
    left_out: list[int]
    sent_by: str

    @property
    def left(self) -> str:
        return left_out_words(self.left_out)


def find_offered_pack(offer_id: int) -> OfferedPack | None:
    """For those who decide in the area that is offered somebody: they don't reach the person yet."""
    if offer_id.bit_length() >= WIDEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select parts::text, bundle::text, left_out, sent_by from moving_pack_offered(%s)", [offer_id])
        row = cursor.fetchone()
    return OfferedPack(json.loads(row[0]), json.loads(row[1]), list(row[2]), row[3]) if row else None


def refused_before(offer_id: int) -> list[MoveOffer]:
    """Each no that was said to this move before, the newest first, for the area that is to answer now: who and when.

    As the engine, once the database has shown the offer: they don't reach the person yet.
    """
    with context.as_engine():
        offer = MoveOffer.objects.filter(pk=offer_id).first()
        move = AreaMove.objects.filter(person=offer.person_id, closed_at=None).first() if offer else None
        if offer is None or move is None:
            return []
        rows = MoveOffer.objects.filter(
            person=offer.person_id, closed_how=DECLINED, offered_at__gte=move.recorded_at
        ).select_related("to_icb")
        return list(rows.order_by("-pk")[:MOST])


def areas_of(me: Me) -> list[int]:
    """Areas in which `me` decides about moves."""
    return [held.area for held in me.roles if held.role in DECIDES]


def list_moving_away(me: Me, areas: Sequence[int]) -> list[AreaMove]:
    """Open moves of people held here, the earliest first; those of whom no day is known last."""
    refused = MoveOffer.objects.filter(
        person=OuterRef("person"),
        to_icb=OuterRef("to_icb"),
        closed_how=DECLINED,
        offered_at__gte=OuterRef("recorded_at"),
    )
    waiting = MoveOffer.objects.filter(person=OuterRef("person"), closed_at=None)
    rows = AreaMove.objects.visible_to(me).filter(closed_at=None, person__icb__in=areas)
    rows = rows.select_related("person", "to_icb").annotate(waits=Exists(waiting), was_refused=Exists(refused))
    return list(rows.order_by(F("moves_on").asc(nulls_last=True), "pk")[:MOST])


def list_came(me: Me, areas: Sequence[int], today: date) -> list[MoveAcceptance]:
    """Who came to these areas lately."""
    rows = MoveAcceptance.objects.visible_to(me).filter(
        person__icb__in=areas, happened_at__date__gte=today - LATELY, move__kind=AreaMove.Kind.AREA
    )
    return list(rows.select_related("person", "move", "recorded_icb").order_by("-pk")[:MOST])


def list_went(me: Me, areas: Sequence[int], today: date) -> list[MoveAcceptance]:
    """Who was accepted elsewhere lately, and who has them now."""
    rows = MoveAcceptance.objects.visible_to(me).filter(
        recorded_icb__in=areas, happened_at__date__gte=today - LATELY
    ).exclude(move__kind=AreaMove.Kind.ADULT)  # fmt: skip
    return list(rows.select_related("person", "move__to_icb").order_by("-pk")[:MOST])
