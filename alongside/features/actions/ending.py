"""Open actions of somebody who died, or whose record was closed: they end in the same act, and nobody is chased.

Their owners read that there is nothing more to do, never why: not everybody who owns an action may know it.
"""

from collections.abc import Iterable

from django.db.models import Q

from alongside.features.actions import text
from alongside.features.actions.asking import ask_owner
from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import add_step
from alongside.features.people.ended import DIED, MISTAKE, Ended, list_ended, list_living_after_all
from alongside.features.people.queries import about
from alongside.foundation.messages.operations import queue_message, queue_notice
from alongside.foundation.messages.ways import email, sms
from alongside.foundation.recording.recording import Notes

_S, _K = Action.State, ActionStep.Kind


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction as the death, the no, or the correction of either."""
    for ended in list_ended(notes):
        _end(notes, ended)
    for person in list_living_after_all(notes):
        wrongly = Action.objects.filter(about(person), state=_S.NOT_DONE, because=DIED, superseded_by=None)
        for row in wrongly.select_related("owner", "person").order_by("pk"):
            _goes_on(notes, row)


def _end(notes: Notes, ended: Ended) -> None:
    asks_still = Q(state=_S.DONE, start_asked_from__isnull=False)
    rows = Action.objects.filter(ended.rows, Q(state__in=OPEN) | asks_still, superseded_by=None)
    over = []
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.start_asked_from = None
        row.version += 1
        if row.state == _S.DONE:
            row.save()
            continue
        row.state, row.state_at, row.because, row.better = _S.NOT_DONE, notes.at, ended.because, False
        row.waits_for, row.amount, row.who_decides, row.chased_at = "", None, "", None
        row.save()
        add_step(notes, row, _K.GIVEN_UP, because=ended.because)
        notes.of("action.given_up", row, words=f"It ended: {row.what}")
        over.append(row)
    tell_owners(notes, over)


def tell_owners(notes: Notes, over: Iterable[Action]) -> None:
    """Each owner once, whatever they had agreed to; whoever does it knows."""
    told: set[tuple[int, str]] = set()
    for row in over:
        key = (row.owner_id, row.owner_reach if row.by_link else "")
        if row.owner_id == notes.by.id or key in told:
            continue
        told.add(key)
        if not row.by_link:
            queue_message(
                notes,
                icb_id=row.recorded_icb_id,
                kind="action.ended",
                subject=text.ENDED_SUBJECT,
                body=text.ENDED_BODY,
                to_actor_id=row.owner_id,
                once=f"action.ended:{row.number}:{row.version}",
            )
        elif row.owner_reach:
            way = email if "@" in row.owner_reach else sms
            queue_notice(notes, icb_id=row.recorded_icb_id, way=way(row.owner_reach, notice="nothing_more"))


def _goes_on(notes: Notes, row: Action) -> None:
    """A death that was written down by mistake: what ended with it stands again, and its owner is asked again."""
    row.state, row.state_at, row.because, row.done_at = _S.ACCEPTED, notes.at, MISTAKE, None
    row.start_asked_from = row.starts_on if row.started_on is None else None
    row.version += 1
    row.save()
    add_step(notes, row, _K.WENT_ON, because=MISTAKE)
    notes.of("action.went_on", row, words=f"{text.HAPPENED[_K.WENT_ON]}: {row.what}")
    ask_owner(notes, row)
