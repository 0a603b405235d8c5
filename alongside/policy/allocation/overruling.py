"""What it costs to choose somebody else than the plan says: the best plan with that choice, beside the best without."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .matching import Keyworker, Need, fit_of
from .proposing import Plan, propose


@dataclass(frozen=True, slots=True)
class Cost:
    """What changes for others. waits: people who would wait now. moves: person -> the keyworker they go to instead.

    placed: people who would be placed then and were not before. fit: points of fit lost (or, below 0, gained).
    """

    waits: tuple[int, ...]
    placed: tuple[int, ...]
    moves: dict[int, int]
    fit: int
    proved: bool


def cost_of(
    need: Need,
    keyworker_id: int,
    plan: Plan,
    needs: Sequence[Need],
    keyworkers: Sequence[Keyworker],
    *,
    seconds: float = 5,
) -> Cost:
    """The cost of giving `need` to this keyworker, whatever the hard limit says, and of placing all others at best."""
    others = [other for other in needs if other.id != need.id]
    after = [replace(one, held=one.held + need.halves) if one.id == keyworker_id else one for one in keyworkers]
    instead = propose(others, after, seconds=seconds, kept=plan.places)
    taker = next(one for one in keyworkers if one.id == keyworker_id)
    fit = sum(chosen.score for chosen in instead.fits.values()) + fit_of(need, taker).score
    changed = {
        person: (plan.places.get(person), now)
        for person, now in instead.places.items()
        if now != plan.places.get(person)
    }
    return Cost(
        waits=tuple(person for person, (_, now) in changed.items() if now is None),
        placed=tuple(person for person, (before, _) in changed.items() if before is None),
        moves={person: now for person, (before, now) in changed.items() if before is not None and now is not None},
        fit=sum(chosen.score for chosen in plan.fits.values()) - fit,
        proved=plan.optimal and instead.optimal,
    )
