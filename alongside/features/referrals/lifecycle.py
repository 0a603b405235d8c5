"""The life of a referral as one table: which step is possible in which state, and where it leads."""

from alongside.features.referrals.models import ReferralState, ReferralStep
from alongside.foundation.access.protected import NotNow

_S, _K = ReferralState, ReferralStep.Kind
OPEN = (_S.RECEIVED, _S.LOOKING, _S.WAITING)
DECIDED = (_S.ACCEPTED, _S.DECLINED)
#: Stays as it is: a step that changes no state.
SAME = ""

#: Step, states in which it is possible, state that follows.
MOVES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (_K.ACKNOWLEDGED, (_S.RECEIVED,), _S.LOOKING),
    (_K.ASKED, OPEN, _S.WAITING),
    (_K.ANSWERED, (_S.WAITING,), _S.LOOKING),
    (_K.CONSULTED, OPEN, SAME),
    (_K.ACCEPTED, OPEN, _S.ACCEPTED),
    (_K.DECLINED, OPEN, _S.DECLINED),
    (_K.WITHDRAWN, OPEN, _S.WITHDRAWN),
    (_K.CALLED, DECIDED, SAME),
    (_K.TOLD, DECIDED, SAME),
    # More is told at any time while it is open to whoever asked; a decision that nobody was told of changes nothing.
    (_K.FULL_FORM, (*OPEN, *DECIDED), SAME),
    (_K.LOOKED_AGAIN, (_S.DECLINED,), SAME),
    (_K.REOPENED, (_S.DECLINED,), _S.LOOKING),
    (_K.NOTE, (*OPEN, *DECIDED, _S.WITHDRAWN), SAME),
)

_TABLE = {(step, state): after or state for step, states, after in MOVES for state in states}


def next_state(state: str, step: str) -> str:
    """Where a step leads. Raises NotNow when it is not possible in this state."""
    found = _TABLE.get((step, state))
    if found is None:
        label, now = ReferralStep.Kind(step).label, ReferralState(state).label
        raise NotNow("not_in_this_state", f"'{label}' isn't possible now: this referral stands at '{now}'.")
    return found


def possible_steps(state: str) -> tuple[str, ...]:
    """The steps that are possible in a state, in the order of the table."""
    return tuple(step for step, states, _ in MOVES if state in states)


def check_version(now: int, seen: int | None) -> None:
    """Two people at once: the second is told, and sees what the first did."""
    if seen is not None and seen != now:
        raise NotNow(
            "changed_since",
            "Somebody changed this referral while you were writing. Look at what they did; what you wrote is below.",
        )
