"""The one table of side effects: what happens in the same transaction as what, and in which order.

Each step runs under the engine's identity, in the name of whoever acts (`notes.by`).
"""

from collections.abc import Callable

from alongside.features.keyworking.moves import end_with_the_area
from alongside.features.register.moves import move_entries, propose_after_news, rate_after_hospital
from alongside.foundation.recording.recording import Notes, wire
from alongside.overview.engine.storing import refresh

_AT_A_TIME = 500
Step = Callable[[Notes], None]


def recount_duties(notes: Notes) -> None:
    """Whatever changed about a person, what is due for them is worked out again before anybody can read it."""
    if notes.recount:
        everybody = sorted(notes.recount)
        for first in range(0, len(everybody), _AT_A_TIME):
            refresh(everybody[first : first + _AT_A_TIME])


SAME_TRANSACTION: tuple[Step, ...] = (
    end_with_the_area,
    move_entries,
    rate_after_hospital,
    propose_after_news,
    recount_duties,
)


def connect() -> None:
    for step in SAME_TRANSACTION:
        wire(step)
