"""A plan that was sent for approval goes on with whoever is the keyworker next. Each is called as the engine.

What is being written has no single owner: whoever is the keyworker goes on writing.
"""

from collections.abc import Sequence

from django.db.models import DateField, QuerySet, Value

from alongside.features.keyworking.held import walks_with
from alongside.features.people.queries import WHOSE
from alongside.features.plans.models import PlanProposal
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import Notes


def list_proposals_of(worker_id: int, icb_id: int) -> QuerySet:
    """What waits for approval, of the people whose keyworker they are; also where somebody else sent it."""
    rows = PlanProposal.objects.filter(walks_with(worker_id), person__icb_id=icb_id, state=PlanProposal.State.WAITING)
    return rows.values_list("pk", WHOSE, Value("A plan that was sent for approval"), Value(None, DateField()))


def pass_on_proposals(note: Notes, numbers: Sequence[int], to: Actor) -> None:
    """It stays in the name of whoever sent it; what comes of it is the new keyworker's."""
    for proposal in PlanProposal.objects.filter(pk__in=numbers).order_by("pk"):
        note.of("plan.handed", proposal, words=f"{to.name} goes on with the plan that waits for approval.")
