"""What the rules are told of emergencies of one person: meetings, meetings being written, a crisis that goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EmergencyMeetingFacts:
    """An emergency meeting of which something is still to be done.

    decided: somebody decided that no review follows. watcher_id: who sees to what was agreed for the morning, 0 for
    nobody or once it was done; sees_person: whether they can open the record. tasks: number of an agreed action, to the
    moment by which it is due. admits: it decided on an admission, and nobody has said that it did not happen.
    """

    id: int
    held_at: datetime
    written_at: datetime
    decided: bool = False
    keyworker_read: bool = False
    register_read: bool = False
    watcher_id: int = 0
    sees_person: bool = True
    tasks: Mapping[int, datetime] = field(default_factory=dict)
    admits: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyDraftFacts:
    """A meeting that somebody is writing down. sees_person: whether they can open the record tomorrow too."""

    id: int
    begun_at: datetime
    writer_id: int
    sees_person: bool = True


@dataclass(frozen=True, slots=True)
class CrisisLogFacts:
    """A crisis that goes on: the last entry, and who writes the next one by when."""

    id: int
    last_at: datetime
    next_by: int
    next_at: datetime
    sees_person: bool = True


@dataclass(frozen=True, slots=True)
class EmergencyFacts:
    meetings: tuple[EmergencyMeetingFacts, ...] = ()
    drafts: tuple[EmergencyDraftFacts, ...] = ()
    log: CrisisLogFacts | None = None

    @property
    def moments(self) -> dict[int, datetime]:
        """By when agreed actions are due that have a moment, by their number."""
        return {number: at for meeting in self.meetings for number, at in meeting.tasks.items()}
