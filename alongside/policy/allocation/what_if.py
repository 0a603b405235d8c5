"""What if demand, staff or leave changed: the waiting list some weeks from now, as a range over many seeded runs.

Nothing here says what will be. Who comes and whose keyworking ends is drawn at the rates of the area's own last year;
the same seed draws the same weeks, so that two questions differ by what was asked and not by luck.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from .worth import AMBER, LONGEST, OTHERS, RED

RUNS = 200
_WORTH = {"red": RED, "blue": RED, "amber": AMBER}


@dataclass(frozen=True, slots=True)
class Ahead:
    """Where an area stands, and how fast it moves.

    waiting: (colour, days waited) of each who waits. held: of each keyworker, the halves of a point of each person
    they hold. most: their hard limits, in halves. halves: what each colour counts. arrivals: new people a week by
    colour. ends: the chance that one person's keyworking ends in a week. full: the hard limit of one who works full
    time.
    """

    waiting: tuple[tuple[str, int], ...]
    held: tuple[tuple[int, ...], ...]
    most: tuple[int, ...]
    halves: Mapping[str, int]
    arrivals: Mapping[str, float]
    ends: float
    full: int


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked. demand: percent of today's. staff: full-time keyworkers more (below 0: fewer), in tenths.

    leave: weeks away of each keyworker within the weeks asked about.
    """

    weeks: int
    demand: int = 100
    staff: int = 0
    leave: int = 0


@dataclass(frozen=True, slots=True)
class Range:
    """Nine of ten runs were at or above `low`, half of them at or below `middle`, nine of ten at or below `high`."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """At the end: how many wait, the longest wait in days, and the halves of a point that had no room."""

    waiting: Range
    longest: Range
    short: Range


def look_ahead(ahead: Ahead, change: Change, *, seed: int, runs: int = RUNS) -> Outlook:
    """The range over so many runs. The same question with the same seed has the same answer."""
    found = [_run(ahead, change, Random(f"{seed} {number}")) for number in range(runs)]
    waiting, longest, short = (_range([one[place] for one in found]) for place in range(3))
    return Outlook(waiting, longest, short)


def _range(numbers: Sequence[int]) -> Range:
    ordered = sorted(numbers)
    low, middle, high = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.1, 0.5, 0.9))
    return Range(low, middle, high)


def _run(ahead: Ahead, change: Change, random: Random) -> tuple[int, int, int]:
    """One draw of the weeks: (how many wait, longest wait in days, halves of a point without room)."""
    # Streams of their own, so that who comes does not depend on who is held.
    draws, comes = Random(random.random()), Random(random.random())
    waiting = list(ahead.waiting)
    held = [list(theirs) for theirs in ahead.held]
    most = _limits(ahead, change)
    held += [[] for _ in range(len(most) - len(held))]
    away = [set(draws.sample(range(change.weeks), min(change.leave, change.weeks))) for _ in most]
    for week in range(change.weeks):
        waiting = [(colour, days + 7) for colour, days in waiting]
        for colour in sorted(ahead.arrivals):
            waiting += [(colour, 0)] * _poisson(ahead.arrivals[colour] * change.demand / 100, comes)
        held = [[halves for halves in theirs if random.random() >= ahead.ends] for theirs in held]
        here = [place for place in range(len(most)) if week not in away[place]]
        waiting = _place(waiting, held, most, here, ahead.halves)
    longest = max((days for _, days in waiting), default=0)
    return len(waiting), longest, sum(ahead.halves[colour] for colour, _ in waiting)


def _limits(ahead: Ahead, change: Change) -> list[int]:
    """Limits with more staff at the end of the list; fewer staff take it from every limit in the same share."""
    limits = list(ahead.most)
    more = ahead.full * change.staff // 10
    while more > 0:
        limits.append(min(more, ahead.full))
        more -= ahead.full
    if change.staff < 0 and (total := sum(limits)):
        share = max(0.0, 1 + ahead.full * change.staff / 10 / total)
        limits = [int(limit * share) for limit in limits]
    return limits


def _place(
    waiting: list[tuple[str, int]], held: list[list[int]], most: list[int], here: list[int], halves: Mapping[str, int]
) -> list[tuple[str, int]]:
    """By risk and wait, each to whoever has the most room. Those for whom nobody has room."""
    room = {place: most[place] - sum(held[place]) for place in here}
    left = []
    for colour, days in sorted(waiting, key=lambda one: -(_WORTH.get(one[0], OTHERS) + min(LONGEST, one[1]))):
        best = max(room, key=lambda place: (room[place], -place), default=None)
        if best is None or room[best] < halves[colour]:
            left.append((colour, days))
            continue
        held[best].append(halves[colour])
        room[best] -= halves[colour]
    return left


def _poisson(mean: float, random: Random) -> int:
    """A draw of how many come in a week (Knuth's way; means here are small)."""
    limit, product, many = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        many += 1
    return many
