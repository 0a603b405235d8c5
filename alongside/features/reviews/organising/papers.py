"""What is circulated: taken in, opened behind the gate, taken back."""

from alongside.features.people.operations import record_fact
from alongside.features.reviews.models import PlannedReview, ReviewPaper
from alongside.features.reviews.organising import text
from alongside.features.reviews.organising.queries import is_agreed, sits_on_panel
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.documents.checks import Checked
from alongside.foundation.documents.storage import keep
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic


def add_paper(note: Notes, *, planned: PlannedReview, line: str, title: str, checked: Checked, by: Me) -> ReviewPaper:
    """Keeps a checked file for the panel. Raises Refused for a member of the panel before there is agreement."""
    if not planned.is_open:
        raise NotNow("over", "This review is not being organised any more.")
    if sits_on_panel(by, planned) and not is_agreed(planned):
        raise Refused("on_panel", text.ON_THE_PANEL)
    # The timeline says that there is a paper and never what it is: its title may tell something too.
    return record_fact(
        note,
        ReviewPaper,
        person=planned.person,
        topic=Topic.REVIEW,
        words="A paper for a review was added.",
        code="review_paper.added",
        planned=planned,
        line=line,
        title=title,
        file_name=checked.file_name,
        media_type=checked.media_type,
        size=checked.size,
        storage_key=keep(checked.content),
        sha256=checked.sha256,
    )


def take_back(note: Notes, *, paper: ReviewPaper) -> None:
    """Nobody on the panel opens it any more. It stays on the record."""
    if paper.taken_back_at is not None:
        raise NotNow("taken_back", "It was taken back already.")
    paper.taken_back_at = note.at
    paper.save(update_fields=["taken_back_at"])
    note.of("review_paper.taken_back", paper, words="A paper for a review was taken back.")
