"""What every row about a stay has in common when it is written. Each is called inside `recording()`."""

from datetime import datetime
from typing import Any, TypeVar

from alongside.features.hospital.inpatient import text
from alongside.features.hospital.inpatient.queries import of_survivor
from alongside.features.hospital.models import Stay
from alongside.features.people.models import Fact
from alongside.features.people.operations import record_fact
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.nhsuk.filters import moment
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic

AnyFact = TypeVar("AnyFact", bound=Fact)


def lock_stay(me: Me, stay_id: int) -> Stay:
    """The stay as it is now, held until the act is done."""
    rows = Stay.objects.visible_to(me).select_for_update(of=("self",)).select_related("person")
    stay = rows.get(pk=stay_id)
    return of_survivor(me, stay) or stay


def write(
    note: Notes,
    model: type[AnyFact],
    stay: Stay,
    /,
    *,
    words: str,
    event: str,
    at: datetime | None = None,
    **values: Any,
) -> AnyFact:
    """One fact about a stay, on the topic of stays. `at`: when it happened, now if left out."""
    return record_fact(
        note, model, person=stay.holder, topic=Topic.HOSPITAL, words=words, code=event, happened_at=at, **values
    )


def check_within(stay: Stay, at: datetime, now: datetime) -> None:
    """Raises NotNow for a moment outside the stay, or one that has not come."""
    if at > now:
        raise NotNow("future", text.FUTURE)
    if at < stay.admitted_at:
        raise NotNow("before_stay", text.BEFORE_STAY.format(at=moment(stay.admitted_at)))
    if stay.discharged_at and at > stay.discharged_at:
        raise NotNow("after_stay", text.AFTER_STAY.format(at=moment(stay.discharged_at)))


def check_open(stay: Stay) -> None:
    """Raises NotNow for a stay that has ended."""
    if stay.discharged_at:
        raise NotNow("discharged", text.OVER)
