"""What was due to somebody about no person comes to its team when their account is closed."""

from alongside.foundation.recording.recording import Notes
from alongside.overview.models import Duty


def give_to_teams(notes: Notes) -> None:
    """Their matters are read again in the same act: whoever has left owns none."""
    left = [event.subject_id for event in notes.events if event.code == "account.closed"]
    if left:
        rows = Duty.objects.filter(person=None, owner_actor__in=left)
        for subject, number in rows.values_list("subject", "subject_id"):
            notes.matter(subject, number or 0)
