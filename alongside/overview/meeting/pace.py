"""How the time of a meeting goes, said quietly. Counted between decisions: a page that is read changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from alongside.features.register.models import Meeting
from alongside.foundation.nhsuk.filters import plural
from alongside.overview.meeting.reading import Spot


@dataclass(frozen=True, slots=True)
class Pace:
    """In whole minutes. on_this: since the last decision, or since the meeting was opened. all_take: at this pace."""

    on_this: int
    so_far: int
    planned: int
    done: int
    total: int
    all_take: int | None

    @property
    def is_slow(self) -> bool:
        return self.all_take is not None and self.all_take > self.planned


def pace_of(meeting: Meeting, spot: Spot, now: datetime) -> Pace | None:
    """None unless the meeting goes on."""
    if meeting.state != Meeting.State.OPEN or meeting.opened_at is None:
        return None
    so_far = _minutes(meeting.opened_at, now)
    since = max(meeting.opened_at, spot.last_decided_at or meeting.opened_at)
    all_take = round(_minutes(meeting.opened_at, since) / spot.done * spot.total) if spot.done else None
    return Pace(_minutes(since, now), so_far, meeting.minutes, spot.done, spot.total, all_take)


def time_each(meeting: Meeting, people: int) -> str:
    """How long there is for each person on the agenda."""
    each = meeting.minutes // max(1, people)
    return f"about {plural(each, 'minute')} each" if each else "less than a minute each"


def _minutes(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds() // 60))
