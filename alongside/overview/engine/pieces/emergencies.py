"""Emergencies of one person, from what `emergencies.sql` gives of them."""

from datetime import datetime
from typing import Any

from alongside.policy.emergencies import (
    CrisisLogFacts,
    EmergencyDraftFacts,
    EmergencyFacts,
    EmergencyMeetingFacts,
)


def emergencies(values: list[Any]) -> EmergencyFacts:
    meetings, drafts, log = values
    return EmergencyFacts(
        meetings=tuple(_meeting(one) for one in meetings or ()),
        drafts=tuple(
            EmergencyDraftFacts(key, datetime.fromisoformat(begun), writer, sees)
            for key, begun, writer, sees in drafts or ()
        ),
        log=_log(log) if log else None,
    )


def _meeting(values: list[Any]) -> EmergencyMeetingFacts:
    key, held, written, decided, by_keyworker, by_register, watcher, sees, tasks, admits = values
    return EmergencyMeetingFacts(
        id=key,
        held_at=datetime.fromisoformat(held),
        written_at=datetime.fromisoformat(written),
        decided=decided,
        keyworker_read=by_keyworker,
        register_read=by_register,
        watcher_id=watcher,
        sees_person=sees,
        tasks={number: datetime.fromisoformat(at) for number, at in tasks or ()},
        admits=admits,
    )


def _log(values: list[Any]) -> CrisisLogFacts:
    key, last, next_by, next_at, sees = values
    return CrisisLogFacts(key, datetime.fromisoformat(last), next_by, datetime.fromisoformat(next_at), sees)
