"""Carry-over: what earlier reviews recommended is accounted for before anything new."""

from datetime import datetime

from django.db.models import Q

from alongside.features.actions import lifecycle
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import take_step
from alongside.features.people.models import Person
from alongside.features.people.queries import about
from alongside.features.reviews.holding import text
from alongside.features.reviews.models import CarriedOver, Review, WriteUp
from alongside.foundation.access import context
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import Notes

_K, _S = ActionStep.Kind, Action.State


def fix_earlier(note: Notes, review: Review) -> int:
    """Writes down which earlier recommendations this review has to account for. As the engine. How many.

    Those that are open, and those that ended since the review before this one. What was replaced stands under the
    action that replaced it.
    """
    before = _held_before(review.person, review.held_at)
    ended = Q(state__in=(_S.DONE, _S.NOT_DONE))
    if before is not None:
        ended &= Q(state_at__gte=before)
    rows = Action.objects.filter(about(review.person), Q(state__in=lifecycle.OPEN) | ended, superseded_by=None)
    rows = rows.filter(origin=Action.Origin.REVIEW).exclude(origin_id=review.pk)
    made = [
        CarriedOver(
            person_id=review.person_id,
            topic=row.topic,
            recorded_icb_id=review.recorded_icb_id,
            recorded_by_id=note.by.id,
            recorded_at=note.at,
            happened_at=review.held_at,
            review=review,
            action_number=row.number,
            what=row.what,
            times=row.times,
        )
        for row in rows.order_by("due_on", "pk")
    ]
    return len(CarriedOver.objects.bulk_create(made))


def _held_before(person: Person, held_at: datetime) -> datetime | None:
    written = WriteUp.objects.filter(about(person), review__held_at__lt=held_at)
    return written.order_by("-review__held_at").values_list("review__held_at", flat=True).first()


def list_carried(me: Me, review: Review) -> list[CarriedOver]:
    """What this review accounts for, as far as this reader reads on what it is about; in the order of their days."""
    rows = CarriedOver.objects.visible_to(me).filter(review=review)
    return list(rows.select_related("answered_by").order_by("pk"))


def count_left(review: Review) -> int:
    """Not accounted for yet, also what this reader may not read."""
    with context.as_engine():
        return CarriedOver.objects.filter(review=review, answer="").count()


def account_for(note: Notes, *, by: Me, carried: CarriedOver, answer: str, because: str) -> CarriedOver:
    """Says what became of one earlier recommendation, and how that is known. The ledger follows.

    Done is said and confirmed there; no longer right ends it; the other two leave it open. Raises Refused for whoever
    doesn't write on what it is about, NotNow without words or once the report was issued.
    """
    if not because.strip():
        raise NotNow("because", text.HOW_KNOWN)
    row = CarriedOver.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=carried.pk).first()
    if row is None:
        raise Refused("not_yours", text.NOT_YOUR_TOPIC)
    if row.again_number:
        raise NotNow("again", text.ALREADY_AGAIN)
    row.answer, row.because = answer, because.strip()
    row.answered_at, row.answered_by_id = note.at, by.id
    row.save(update_fields=["answer", "because", "answered_at", "answered_by"])
    note.of("review.accounted", row, words=f"{row.get_answer_display()}, the review found: {row.what}")
    _let_ledger_follow(note, by, row)
    return row


def _let_ledger_follow(note: Notes, by: Me, row: CarriedOver) -> None:
    """Steps that whoever asks may take. Where none is possible, the ledger stands as it did."""
    action = current_action(row.action_number)
    if action is None or action.state not in lifecycle.OPEN:
        return
    because = f"The review found: {row.because}"[:500]
    if row.answer == "not_right":
        take_step(note, action=action, kind=_K.GIVEN_UP, by=by, because=because)
        return
    if row.answer != "done":
        return
    if action.state in (_S.PROPOSED, _S.ACCEPTED, _S.BLOCKED, _S.REFUSED):
        possible = lifecycle.possible_steps(action.state, lifecycle.TEAM)
        if _K.SAID_DONE not in possible:
            return
        action = take_step(note, action=action, kind=_K.SAID_DONE, by=by, evidence=because)
    if action.owner_id != by.id and _K.CONFIRMED in lifecycle.possible_steps(action.state, lifecycle.TEAM):
        take_step(note, action=action, kind=_K.CONFIRMED, by=by, because=because)


def current_action(number: int) -> Action | None:
    """The action that is called so, as it stands after corrections."""
    rows = Action.objects.filter(Q(pk=number) | Q(root_id=number), superseded_by=None)
    return rows.select_related("owner", "owner_organisation", "person").first()
