"""The life of an escalation as one table: which step is possible when, where it leads, and whose it is."""

from alongside.features.escalation.models import Escalation, EscalationStep
from alongside.foundation.access.protected import NotNow

_S, _K = Escalation.State, EscalationStep.Kind
OPEN = (_S.OPEN, _S.RETURNED, _S.PAUSED)
#: Stays as it is.
SAME = ""
OFFICER, TEAM = "officer", "team"

#: Step, states in which it is possible, state that follows, and who takes it.
MOVES: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    (_K.DECIDED, OPEN, _S.DECIDED, (OFFICER, TEAM)),
    (_K.RETURNED, (_S.OPEN,), _S.RETURNED, (OFFICER, TEAM)),
    (_K.ANSWERED, (_S.RETURNED,), _S.OPEN, (TEAM,)),
    (_K.ACKNOWLEDGED, (_S.OPEN,), SAME, (OFFICER,)),
    (_K.TOLD, OPEN, SAME, (TEAM,)),
    (_K.LINKED, OPEN, SAME, (TEAM,)),
    (_K.PASSED_UP, OPEN, _S.OPEN, (OFFICER, TEAM)),
    (_K.PAUSED, (_S.OPEN,), _S.PAUSED, (OFFICER, TEAM)),
    (_K.RESUMED, (_S.PAUSED,), _S.OPEN, (OFFICER, TEAM)),
    (_K.WITHDRAWN, OPEN, _S.WITHDRAWN, (TEAM,)),
)
_TABLE = {(step, state): after or state for step, states, after, _ in MOVES for state in states}
_WHO = {step: who for step, _, _, who in MOVES}


def next_state(state: str, step: str) -> str:
    """Where a step leads. Raises NotNow when it is not possible in this state."""
    found = _TABLE.get((step, state))
    if found is None:
        now = Escalation.State(state).label
        raise NotNow("not_in_this_state", f"This isn't possible now: the escalation stands at '{now}'.")
    return found


def possible_steps(state: str, *whose: str) -> tuple[str, ...]:
    """The steps that one of these may take in a state, in the order of the table."""
    return tuple(step for step, states, _, who in MOVES if state in states and set(who) & set(whose))


def may_take(step: str, whose: str) -> bool:
    return whose in _WHO.get(step, ())


def check_version(now: int, seen: int | None) -> None:
    """Two people at once: the second is told, and sees what the first did."""
    if seen is not None and seen != now:
        raise NotNow(
            "changed_since",
            "Somebody took a step here while you were writing. Look at what they did; what you wrote is below.",
        )
