"""Reviews being organised for somebody who died, or whose record was closed: they end in the same act."""

from alongside.features.people.ended import Ended, list_ended
from alongside.features.reviews.models import PlannedReview, PlannedStep
from alongside.features.reviews.models.planned import OPEN
from alongside.features.reviews.organising.links import end_links
from alongside.features.reviews.organising.operations import end_planned
from alongside.foundation.recording.recording import Notes


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction as the death or the no. As the engine. Nobody on the panel reads anything more."""
    for ended in list_ended(notes):
        _end(notes, ended)


def _end(notes: Notes, ended: Ended) -> None:
    rows = PlannedReview.objects.filter(ended.rows, state__in=OPEN).select_related("person")
    for planned in rows.select_for_update(of=("self",)).order_by("pk"):
        end_planned(notes, planned, PlannedStep.Kind.CANCELLED, because=ended.because)
        end_links(notes, planned)
