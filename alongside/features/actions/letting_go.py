"""Somebody said no to what an open action needs: whoever may not know any more is let go, and somebody else is asked.

A whole record that closes ends its actions (`ending.py`). Here the record stays: only one recipient, the keyworker, or
a topic was said no to.
"""

from datetime import datetime

from django.db.models import Q

from alongside.features.actions.ending import tell_owners
from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import add_step
from alongside.features.actions.text import LEFT_OUT, MAY_NOT_KNOW
from alongside.features.people.ended import ANSWERED
from alongside.features.people.models import Guard
from alongside.features.people.queries import about_any
from alongside.foundation.access.models import OpenTopics
from alongside.foundation.access.roles import REACH
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.clock import LONDON
from alongside.foundation.recording.recording import Notes

_S, _K = Action.State, ActionStep.Kind
#: What its owner still has to do something about.
_WITH_OWNER = (_S.PROPOSED, _S.ACCEPTED, _S.BLOCKED)


def let_go_who_may_not_know(notes: Notes) -> None:
    """Runs in the same transaction as the answer, as the engine."""
    asked = {event.person_id for event in notes.events if event.code in ANSWERED and event.person_id}
    if not asked:
        return
    rows = Action.objects.filter(about_any(asked), state__in=OPEN, superseded_by=None, person__guard=Guard.ORDINARY)
    over = []
    for row in rows.select_for_update(of=("self",)).select_related("person", "owner").order_by("pk"):
        if row.person.closed_topics >> row.topic & 1:
            _change(notes, row, _K.GIVEN_UP, _S.NOT_DONE, LEFT_OUT)
        elif row.state in _WITH_OWNER and not row.by_link and not _opens(row, notes.at):
            _change(notes, row, _K.REFUSED, _S.REFUSED, MAY_NOT_KNOW)
        else:
            continue
        over.append(row)
    tell_owners(notes, over)


def _opens(row: Action, at: datetime) -> bool:
    """Whether the owner's own account opens the action now, also where that ends on a day."""
    now = Q(to_at=None) | Q(to_at__gt=at)
    opened = OpenTopics.objects.filter(now, actor_id=row.owner_id, person_id=row.person_id, from_at__lte=at)
    if opened.filter(topics__contains=[row.topic]).exists():
        return True
    roles = [role for role, reach in REACH.items() if reach.reach == "area" and row.topic in reach.topics]
    held = Q(to_date=None) | Q(to_date__gte=at.astimezone(LONDON).date())
    return RoleHeld.objects.filter(held, actor=row.owner_id, area_id=row.person.icb_id, role__in=roles).exists()


def _change(notes: Notes, row: Action, kind: str, state: str, because: str) -> None:
    row.state, row.state_at, row.because, row.better = state, notes.at, because, False
    row.waits_for, row.amount, row.who_decides, row.chased_at = "", None, "", None
    if state == _S.NOT_DONE:
        row.start_asked_from = None
    row.version += 1
    row.save()
    add_step(notes, row, kind, because=because)
    said = "It ended" if state == _S.NOT_DONE else "Its owner may not know any more"
    notes.of(f"action.{kind}", row, words=f"{said}: {row.what}")
