"""A keyworker again after keyworking had ended."""

from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.stepping_down.queries import about, newest_ending
from alongside.features.keyworking.stepping_down.text import EVENT_CAME_BACK
from alongside.foundation.recording.recording import Notes
from alongside.policy.counting import day_in_words


def say_came_back(note: Notes, *, allocation: Allocation) -> None:
    """A keyworker again after an ending: their last plan is copied into a draft by whoever hears of it."""
    ending = newest_ending(allocation.person)
    if ending is None:
        return
    since = Allocation.objects.filter(about(allocation.person), part=Allocation.Part.DESIGNATED, pk__lt=allocation.pk)
    if since.filter(pk__gt=ending.allocation_id).exists():
        return
    note.of(
        EVENT_CAME_BACK,
        allocation,
        words=f"They have a keyworker again. Keyworking had ended on {day_in_words(ending.ended_on)}.",
    )
