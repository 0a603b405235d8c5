"""Open actions of somebody who goes, or is away: they are somebody else's from then on."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet, Value

from alongside.features.actions.access import reads_action
from alongside.features.actions.asking import ask_owner
from alongside.features.actions.lifecycle import OPEN
from alongside.features.actions.models import Action, ActionStep
from alongside.features.actions.operations import add_step
from alongside.features.people.queries import WHOSE
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes


def list_actions_of(worker_id: int, icb_id: int) -> QuerySet:
    """What they own and is not over, about people whom this area holds."""
    rows = Action.objects.filter(owner=worker_id, person__icb=icb_id, state__in=OPEN, superseded_by=None)
    return rows.values_list("pk", WHOSE, Value("An action that was agreed"), "due_on")


def pass_on_actions(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """The new owner is asked, and answers like any other. What is blocked, said to be done or disputed stands so.

    Called as the engine, after whoever hands over was checked.
    """
    for row in _locked(numbers):
        if row.owner_id == to.pk:
            continue
        # Who is named for the person opens their record; whoever takes the rest may not, and is asked by voice.
        row.owner, row.by_link, row.owner_reach = to, not reads_action(to, row.person, row.topic), ""
        row.asked_at, row.chased_at = note.at, None
        if row.state == Action.State.ACCEPTED:
            row.state, row.state_at = Action.State.PROPOSED, note.at
        row.version += 1
        row.save()
        add_step(note, row, ActionStep.Kind.HANDED, because="Handed over with other work.")
        note.of("action.handed", row, words=f"Another owner was asked: {row.what}")
        ask_owner(note, row)


def _locked(numbers: Sequence[int]) -> list[Action]:
    """These actions as they stand, in this transaction alone: also where their words were put right meanwhile."""
    held = Action.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    roots = [row.number for row in held]
    now = Action.objects.filter(Q(pk__in=roots) | Q(root__in=roots), superseded_by=None)
    now = now.filter(state__in=OPEN).select_related("person")
    return list(now.select_for_update(of=("self",)).order_by("pk"))
