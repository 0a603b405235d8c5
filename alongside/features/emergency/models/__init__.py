"""What is stored of an emergency: the meeting, the log of a crisis, and the numbers that families ring."""

from alongside.features.emergency.models.lines import CrisisLine
from alongside.features.emergency.models.log import CrisisLog, LogEntry
from alongside.features.emergency.models.meeting import (
    EmergencyDraft,
    EmergencyMeeting,
    EmergencyTask,
    MeetingDissent,
    MeetingSide,
    SafetyPlan,
)

__all__ = [
    "CrisisLine",
    "CrisisLog",
    "EmergencyDraft",
    "EmergencyMeeting",
    "EmergencyTask",
    "LogEntry",
    "MeetingDissent",
    "MeetingSide",
    "SafetyPlan",
]
