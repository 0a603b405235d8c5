"""A plan that waits for approval when somebody dies, or their record is closed: nobody is asked to decide on it."""

from alongside.features.people.ended import list_ended
from alongside.features.plans.models import PlanProposal
from alongside.features.plans.operations import take_back
from alongside.foundation.recording.recording import Notes


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction. What was written stays."""
    for ended in list_ended(notes):
        waiting = PlanProposal.objects.filter(ended.rows, state=PlanProposal.State.WAITING).order_by("pk")
        for proposal in waiting:
            take_back(notes, proposal=proposal)
