"""The best joint plan for a whole waiting list, with its proof or an honest gap. A pure function of what it is given.

Two questions, one after the other. Who is placed, when not everybody can be: by risk and wait alone. Then who goes to
whom: by fit, and so that nobody is crowded without need. So a good fit never takes the place of a longer wait.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from .matching import STEP, Fit, Keyworker, Need, fit_of
from .ways import Room
from .worth import in_order, worth_of

if TYPE_CHECKING:
    from .model import Found

#: Each half of a point above the number at which somebody is warned costs as much fit as this.
CROWDING = 6 * STEP
#: So many seconds it is tried to place those whom the count of rooms chose, before everything is left open again: a
#: first plan must not wait for it. And so long at most whom they go to in that plan.
SHORT, QUICK = 2.0, 2.0
Pairs = dict[tuple[int, int], Fit]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who goes to whom. places: person -> keyworker, None for whoever still waits. fits: of those who are placed.

    worth: what was won by risk and wait; fit: points of fit, less crowding. bounds: what no plan can exceed in each.
    optimal: proved that none is better. gap: how much better one might be at the very most, as a share.
    """

    places: Mapping[int, int | None]
    fits: Mapping[int, Fit]
    worth: int
    fit: int
    bounds: tuple[float, float]
    optimal: bool
    gap: float
    seconds: float

    @property
    def placed(self) -> int:
        return len(self.fits)


def propose(
    needs: Sequence[Need],
    keyworkers: Sequence[Keyworker],
    *,
    seconds: float = 60,
    kept: Mapping[int, int | None] | None = None,
    first: Callable[[Plan], None] | None = None,
) -> Plan:
    """The best plan. Nobody goes beyond a hard limit, or to somebody who is stopped for them.

    seconds: how long to look for proof; the plan found by then comes back with its gap. kept: a plan to stay close
    to where little speaks against it. first: is told, once or twice, a plan that was found quickly, with what no plan
    can exceed, while a better one is looked for.
    """
    # The solver takes longer to load than all else together, and only whoever plans needs it.
    from .model import solve

    began = perf_counter()
    needs = in_order(needs)
    keyworkers = sorted(keyworkers, key=lambda one: one.id)
    pairs = _pairs(needs, keyworkers)
    rooms = [Room(one.room, one.easy_room) for one in keyworkers]
    sizes, worths = [need.halves for need in needs], [worth_of(need) for need in needs]

    kept_in = kept or {}

    def left(share: float) -> float:
        return max(0.2, (seconds - (perf_counter() - began)) * share)

    def made(who: "Found", whom: "Found") -> Plan:
        optimal = who.optimal and whom.optimal
        return Plan(
            places={
                need.id: None if j is None else keyworkers[j].id for need, j in zip(needs, whom.chosen, strict=True)
            },
            fits={needs[i].id: pairs[i, j] for i, j in enumerate(whom.chosen) if j is not None},
            worth=who.value,
            fit=whom.value,
            bounds=(who.bound, whom.bound),
            optimal=optimal,
            gap=0.0 if optimal else max(_gap(who), _gap(whom)),
            seconds=perf_counter() - began,
        )

    def fits_of(who: "Found") -> dict[tuple[int, int], int]:
        return {
            (i, j): fit.score + STEP * (kept_in.get(needs[i].id) == fit.keyworker)
            for (i, j), fit in pairs.items()
            if who.chosen[i] is not None
        }

    def tell_who(who: "Found") -> None:
        """Who is placed is not settled yet: of those placed so far, a quick plan of whom they go to."""
        if first:
            fits, start = fits_of(who), who.chosen
            whom = solve(
                fits, sizes, rooms, CROWDING, start=start, seconds=QUICK, everybody=True, step=STEP, quick=True
            )
            first(made(who, whom))

    def tell_whom(whom: "Found") -> None:
        if first:
            first(made(who, whom))

    who = _who(pairs, sizes, worths, rooms, left(0.5), tell_who)
    fits = fits_of(who)
    whom = solve(
        fits, sizes, rooms, CROWDING, start=who.chosen, seconds=left(1), everybody=True, step=STEP, first=tell_whom
    )
    return made(who, whom)


def _pairs(needs: Sequence[Need], keyworkers: Sequence[Keyworker]) -> Pairs:
    """The pairs that may be, by place in both lists."""
    found = {}
    for j, one in enumerate(keyworkers):
        for i, need in enumerate(needs):
            if need.halves <= one.room and (fit := fit_of(need, one)).may:
                found[i, j] = fit
    return found


def _who(
    pairs: Pairs,
    sizes: list[int],
    worths: list[int],
    rooms: list[Room],
    seconds: float,
    first: Callable[["Found"], None],
) -> "Found":
    """Who is placed, somewhere. What fits if anybody could go anywhere is counted first: it is often all there is."""
    from .choosing import choose
    from .model import Found, solve
    from .starting import place_in_order, worth

    if not pairs:
        return Found([None] * len(sizes), 0, 0.0, True)
    able = sorted({i for i, _ in pairs})
    taking = sorted({j for _, j in pairs})
    gains = {(i, j): worths[i] for i, j in pairs}
    wanted = choose([sizes[i] for i in able], [worths[i] for i in able], [rooms[j].most for j in taking])
    if wanted is None:
        start = place_in_order(gains, sizes, rooms)
        first(Found(start, worth(start, gains, sizes, rooms, 0), float(sum(worths[i] for i in able)), False))
        return solve(gains, sizes, rooms, 0, start=start, seconds=seconds)
    those = {able[place]: taking[room] for place, room in zip(wanted.who, wanted.rooms, strict=True)}
    bound = sum(worths[i] for i in those)
    chosen = [those.get(i) for i in range(len(sizes))]
    if any((i, j) not in pairs for i, j in those.items()):
        only = {pair: 1 for pair in pairs if pair[0] in those}
        start, short = place_in_order(only, sizes, rooms), min(SHORT, seconds / 2)
        chosen = solve(only, sizes, rooms, 0, start=start, seconds=short).chosen
    if all(chosen[i] is not None for i in those):
        return Found(chosen, bound, float(bound), True)
    start = place_in_order(gains, sizes, rooms)
    first(Found(start, worth(start, gains, sizes, rooms, 0), float(bound), False))
    found = solve(gains, sizes, rooms, 0, start=start, seconds=seconds / 2)
    return Found(found.chosen, found.value, min(found.bound, float(bound)), found.optimal)


def _gap(found: "Found") -> float:
    return 0.0 if found.optimal else max(0.0, found.bound - found.value) / max(1, abs(found.value))
