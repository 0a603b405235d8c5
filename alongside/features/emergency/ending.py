"""A crisis whose record came to its end: nobody is asked to look any more. What was typed or written stays."""

from alongside.features.emergency.crisis_logs import end_log
from alongside.features.emergency.models import CrisisLog
from alongside.features.people.ended import list_ended
from alongside.foundation.recording.recording import Notes


def end_with_the_record(notes: Notes) -> None:
    """Runs in the same transaction as the death, or the no that closes the record."""
    for ended in list_ended(notes):
        for log in CrisisLog.objects.filter(ended.rows, closed_at=None, superseded_by=None).order_by("pk"):
            end_log(notes, log, outcome=CrisisLog.Outcome.ENDED, words=ended.because)
