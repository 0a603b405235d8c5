"""What every fact carries besides what it says."""

from datetime import datetime
from typing import Any

from alongside.features.people.models import Person
from alongside.foundation.recording.recording import Notes


def stamp(note: Notes, person: Person, topic: int, happened_at: datetime | None = None) -> dict[str, Any]:
    return {
        "person": person,
        "topic": topic,
        "recorded_icb_id": person.icb_id,
        "recorded_by_id": note.by.id,
        "recorded_at": note.at,
        "happened_at": happened_at or note.at,
    }
