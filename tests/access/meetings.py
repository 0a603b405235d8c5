"""The world's own register meeting, for the addresses that name one."""

from alongside.features.register.models import AgendaItem, Meeting
from alongside.foundation.access import context
from tests.access.world import World


def meeting_of(world: World) -> dict[str, int]:
    """The meeting of here, and somebody on its agenda whom most may read about."""
    with context.as_engine():
        meeting = Meeting.objects.get(icb=world.here.icb)
        item = AgendaItem.objects.get(meeting=meeting, person=world.subjects["agreed"].person)
    return {"number": meeting.pk, "item": item.pk}
