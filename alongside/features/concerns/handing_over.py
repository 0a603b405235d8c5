"""What somebody leads on when they go, or are away: it is somebody else's from then on."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet, Value

from alongside.features.concerns.keeping import give_lead
from alongside.features.concerns.models import Concern, Dispute, Funding, PlacementNotice
from alongside.features.people.queries import WHOSE
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes


def _open_of(kind: Any, worker_id: int, icb_id: int) -> QuerySet:
    rows: QuerySet = kind.objects.filter(lead=worker_id, person__icb=icb_id, closed_at=None, superseded_by=None)
    return rows


def _pass_on(note: Notes, kind: Any, numbers: Sequence[int], to: Actor) -> None:
    for row in kind.objects.filter(pk__in=numbers, closed_at=None, superseded_by=None).select_related("person"):
        give_lead(note, row, lead_id=to.pk, words="Handed over with other work.")


def list_concerns_of(worker_id: int, icb_id: int) -> QuerySet:
    """What they lead on and is open, about people whom this area holds."""
    rows = _open_of(Concern, worker_id, icb_id)
    return rows.values_list("pk", WHOSE, Value("A concern that was raised"), "look_on")


def pass_on_concerns(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    _pass_on(note, Concern, numbers, to)


def list_disputes_of(worker_id: int, icb_id: int) -> QuerySet:
    rows = _open_of(Dispute, worker_id, icb_id)
    return rows.values_list("pk", WHOSE, Value("A dispute on who is responsible"), "interim_to")


def pass_on_disputes(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    _pass_on(note, Dispute, numbers, to)


def list_funding_of(worker_id: int, icb_id: int) -> QuerySet:
    rows = _open_of(Funding, worker_id, icb_id)
    return rows.values_list("pk", WHOSE, Value("A request for money"), "needed_from")


def pass_on_funding(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    _pass_on(note, Funding, numbers, to)


def list_notices_of(worker_id: int, icb_id: int) -> QuerySet:
    rows = _open_of(PlacementNotice, worker_id, icb_id)
    return rows.values_list("pk", WHOSE, Value("A notice on a placement"), F("ends_on"))


def pass_on_notices(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    _pass_on(note, PlacementNotice, numbers, to)
