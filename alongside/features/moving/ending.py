"""A move that is open when somebody dies, or their record is closed: nobody is asked to take them."""

from alongside.features.moving.models import AreaMove
from alongside.features.moving.operations import close_move
from alongside.features.people.ended import list_ended
from alongside.features.people.models import MoveOffer
from alongside.features.people.operations.moving import TAKEN_BACK
from alongside.foundation.recording.recording import Notes


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction. What was written stays; the other area's list no longer shows them."""
    for ended in list_ended(notes):
        for move in AreaMove.objects.filter(ended.rows, closed_at=None).order_by("pk"):
            close_move(notes, move, AreaMove.Ended.STAYED, ended.because)
            notes.of("move.stayed", move, words="The move ended with the record.")
        for offer in MoveOffer.objects.filter(ended.rows, closed_at=None).order_by("pk"):
            offer.closed_at, offer.closed_how, offer.closed_because = notes.at, TAKEN_BACK, ended.because
            offer.save(update_fields=["closed_at", "closed_how", "closed_because"])
            notes.matter("move_offer", offer.pk)
