"""The life of an action as one table: which step is possible in which state, where it leads, and whose step it is."""

from alongside.features.actions.models import Action, ActionStep
from alongside.foundation.access.protected import NotNow

_S, _K = Action.State, ActionStep.Kind
OPEN = (_S.PROPOSED, _S.ACCEPTED, _S.REFUSED, _S.BLOCKED, _S.SAID_DONE, _S.DISPUTED)
OVER = (_S.DONE, _S.NOT_DONE, _S.SUPERSEDED)
#: Stays as it is: a step that changes no state.
SAME = ""
OWNER, TEAM, FAMILY = "owner", "team", "family"
_TO_DO = (_S.PROPOSED, _S.ACCEPTED, _S.BLOCKED)

#: Step, states in which it is possible, state that follows, and who takes it.
MOVES: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    (_K.ACCEPTED, (_S.PROPOSED,), _S.ACCEPTED, (OWNER, TEAM)),
    (_K.SAID_DONE, _TO_DO, _S.SAID_DONE, (OWNER, TEAM)),
    (_K.CONFIRMED, (_S.SAID_DONE, _S.DISPUTED), _S.DONE, (TEAM, FAMILY)),
    (_K.NOT_YET, (_S.SAID_DONE,), _S.ACCEPTED, (TEAM, FAMILY)),
    (_K.STARTED, (*OPEN, _S.DONE), SAME, (TEAM, FAMILY)),
    (_K.NOT_STARTED, (*OPEN, _S.DONE), SAME, (TEAM, FAMILY)),
    (_K.BLOCKED, _TO_DO, _S.BLOCKED, (OWNER, TEAM)),
    (_K.UNBLOCKED, (_S.BLOCKED,), _S.ACCEPTED, (OWNER, TEAM)),
    (_K.REFUSED, _TO_DO, _S.REFUSED, (OWNER, TEAM)),
    (_K.SOMEBODY, _TO_DO, _S.REFUSED, (OWNER, TEAM)),
    (_K.HANDED, (_S.PROPOSED, _S.ACCEPTED, _S.REFUSED, _S.BLOCKED, _S.DISPUTED), _S.PROPOSED, (TEAM,)),
    (_K.CHASED, (_S.PROPOSED, _S.ACCEPTED, _S.BLOCKED, _S.SAID_DONE), SAME, (TEAM,)),
    (_K.ASKED, _TO_DO, SAME, (TEAM,)),
    (_K.MOVED, OPEN, SAME, (TEAM,)),
    (_K.DISPUTED, (_S.SAID_DONE, _S.DONE), _S.DISPUTED, (TEAM, FAMILY)),
    (_K.WENT_ON, (_S.DISPUTED, _S.DONE, _S.NOT_DONE), _S.ACCEPTED, (TEAM,)),
    (_K.GIVEN_UP, OPEN, _S.NOT_DONE, (TEAM,)),
    (_K.REPLACED, OPEN, _S.SUPERSEDED, (TEAM,)),
)

_TABLE = {(step, state): after or state for step, states, after, _ in MOVES for state in states}
_WHO = {step: who for step, _, _, who in MOVES}


def next_state(state: str, step: str) -> str:
    """Where a step leads. Raises NotNow when it is not possible in this state."""
    found = _TABLE.get((step, state))
    if found is None:
        now = Action.State(state).label
        raise NotNow("not_in_this_state", f"This isn't possible now: the action stands at '{now}'.")
    return found


def possible_steps(state: str, *whose: str) -> tuple[str, ...]:
    """The steps that one of these may take in a state, in the order of the table."""
    return tuple(step for step, states, _, who in MOVES if state in states and set(who) & set(whose))


def may_take(step: str, whose: str) -> bool:
    return whose in _WHO[step]


def check_version(now: int, seen: int | None) -> None:
    """Two people at once: the second is told, and sees what the first did."""
    if seen is not None and seen != now:
        raise changed_since()


def changed_since() -> NotNow:
    """Somebody else took a step, or put its words right, since it was read."""
    return NotNow(
        "changed_since",
        "Somebody changed this action while you were writing. Look at what they did; what you wrote is below.",
    )
