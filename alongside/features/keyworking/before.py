"""Who worked with somebody before, so that whoever comes back can have the same keyworker again."""

from collections.abc import Iterable

from alongside.features.keyworking.models import Allocation
from alongside.foundation.nhsuk.filters import day


def said_of_keyworkers(person_ids: Iterable[int]) -> dict[int, str]:
    """Person to a sentence about their last keyworker, within the reach of whoever asks. One statement."""
    found = Allocation.objects.filter(person_id__in=list(person_ids), part=Allocation.Part.DESIGNATED)
    rows = found.order_by("from_date", "id").values_list("person_id", "worker__name", "to_date")
    return {
        person: f"{name} was their keyworker until {day(ended)}" if ended else f"{name} is their keyworker"
        for person, name, ended in rows
    }
