"""What is possible while a meeting is planned, open, over or called off."""

from alongside.features.register.meetings.models import AgendaItem, Meeting, MeetingDecision
from alongside.foundation.access.protected import NotNow

_S = Meeting.State

#: Step, states in which it is possible, state that follows ('' stays).
MOVES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("change", (_S.PLANNED,), ""),
    ("ask", (_S.PLANNED, _S.OPEN), ""),
    ("send_agenda", (_S.PLANNED,), ""),
    ("add", (_S.PLANNED, _S.OPEN), ""),
    ("leave", (_S.PLANNED, _S.OPEN), ""),
    ("open", (_S.PLANNED,), _S.OPEN),
    ("came", (_S.OPEN,), ""),
    ("decide", (_S.OPEN,), ""),
    ("close", (_S.OPEN,), _S.CLOSED),
    ("call_off", (_S.PLANNED,), _S.CALLED_OFF),
    ("send_minutes", (_S.CLOSED,), ""),
    ("correct", (_S.CLOSED,), ""),
)
_POSSIBLE = {step: states for step, states, _ in MOVES}
_SAID = {
    _S.PLANNED: "This meeting has not begun. Open it first.",
    _S.OPEN: "This meeting is going on. Close it first.",
    _S.CLOSED: "This meeting is over. What is missing is written below its minutes as a correction.",
    _S.CALLED_OFF: "This meeting was called off. Plan another one.",
}


def is_possible(meeting: Meeting, step: str) -> bool:
    return meeting.state in _POSSIBLE[step]


def check_possible(meeting: Meeting, step: str) -> None:
    """Raises NotNow with what to do instead."""
    if not is_possible(meeting, step):
        raise NotNow(f"meeting_{meeting.state}", _SAID[_S(meeting.state)])


def check_nobody_decided(standing: MeetingDecision | None, seen: int) -> None:
    """Two people type at once: the second is told, and sees what the first decided. seen: the decision they read."""
    if (standing.pk if standing else 0) != seen:
        raise NotNow(
            "changed_since",
            "Somebody saved a decision about this person while you were typing. It stands above; what you typed is "
            "below. Save again only if you mean to change it.",
        )


def check_waits(item: AgendaItem) -> None:
    if item.state != AgendaItem.State.WAITING:
        raise NotNow("not_waiting", f"They are not waiting any more: {item.get_state_display().lower()}.")
