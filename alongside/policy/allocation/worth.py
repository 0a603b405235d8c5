"""What it is worth that somebody is placed: risk first, then the wait. Never a name.

The numbers are ours. They are chosen so that red or blue outweighs any two who are amber and have waited for a year:
nobody who is red waits so that others who are not may be placed in their room.
"""

from collections.abc import Sequence

from .matching import Need

LONGEST = 365
AMBER = 400
OTHERS = 50
RED = 3_000
_OF = {"red": RED, "blue": RED, "amber": AMBER}

if 3 * (AMBER + LONGEST) >= RED:
    raise ValueError("Risk no longer comes before the wait.")


def worth_of(need: Need) -> int:
    """What placing somebody is worth, whoever takes them: by risk, and 1 for each day waited up to a year."""
    return _OF.get(need.colour, OTHERS) + max(0, min(LONGEST, need.waited))


def in_order(needs: Sequence[Need]) -> list[Need]:
    """The waiting list in its order: by risk and wait, and where both are equal by who was recorded first."""
    return sorted(needs, key=lambda need: (-worth_of(need), need.id))
