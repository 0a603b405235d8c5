"""The joint plan as numbers: who is placed, how many of each size a keyworker takes, the ways to fill a room."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import le
from time import perf_counter
from typing import Any

import highspy
import numpy as np

from .starting import Gains, place_by_share, worth
from .ways import Room, ways_to_fill

#: Every plan's worth is a whole number of steps: once the bound is nearer than this, nothing better is left.
ALMOST = 0.99
#: So many steps below the ceiling a pair may cost and is looked at first.
NEAR = 1
#: Distances below this are the solver's rounding.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Found:
    """For each person the place of a keyworker, or None; its worth, and what no plan can exceed."""

    chosen: list[int | None]
    value: int
    bound: float
    optimal: bool


def solve(
    gains: Gains,
    sizes: Sequence[int],
    rooms: Sequence[Room],
    crowding: int,
    *,
    start: list[int | None],
    seconds: float,
    everybody: bool = False,
    step: int = 1,
    first: Callable[[Found], None] | None = None,
    quick: bool = False,
) -> Found:
    """The best plan found in this time, never worse than `start`.

    everybody: all who have a pair must be placed. step: every gain, and crowding, is a multiple of it. first: is
    told the quick plan with its bound, unless that is the best already. quick: that
    plan is enough.
    """
    value = worth(start, gains, sizes, rooms, crowding)
    simple = float(_simple_bound(gains, len(sizes)))
    if not gains or value > simple - step:
        return Found(start, value, float(value), True)
    began = perf_counter()
    least = int(everybody)
    form = _Form(gains, sizes, rooms, crowding, least)
    ceiling, dear, shares = form.relaxed(seconds)
    for plan in (place_by_share(gains, shares, sizes, rooms), form.same_numbers(start, seconds)):
        if not everybody or all(plan[i] is not None for i, _ in gains):
            better = worth(plan, gains, sizes, rooms, crowding)
            if better > value:
                start, value = plan, better
    bound: float = min(simple, ceiling)
    if first and value <= bound - step + ROUNDING:
        first(Found(list(start), value, bound, False))
    if quick:
        optimal = value > bound - step + ROUNDING
        return Found(start, value, float(value) if optimal else bound, optimal)
    within: float = NEAR * step
    while value <= bound - step + ROUNDING and (left := seconds - (perf_counter() - began)) > 0:
        # A plan with any pair left out is worth less than this: what it costs was worked out beside the ceiling.
        beyond = ceiling - within
        near = {pair: gains[pair] for i, pair in enumerate(gains) if dear[i] <= within or start[pair[0]] == pair[1]}
        form = _Form(near, sizes, rooms, crowding, least)
        solver = form.solver(left, step)
        form.begin_with(solver, start)
        solver.run()
        whole = len(near) == len(gains)
        bound = min(bound, _bound_of(solver) if whole else max(_bound_of(solver), beyond))
        chosen = form.whole_plan(solver)
        if chosen is not None and (better := worth(chosen, gains, sizes, rooms, crowding)) > value:
            start, value = chosen, better
        if value > beyond - step + ROUNDING or whole:
            break
        within = ceiling - value + step
    optimal = value > bound - step + ROUNDING
    return Found(start, value, float(value) if optimal else bound, optimal)


def _simple_bound(gains: Gains, people: int) -> int:
    """Everybody with whoever fits best, as if there were room for all."""
    best = [0] * people
    for (i, _), gain in gains.items():
        best[i] = max(best[i], gain)
    return sum(best)


def _bound_of(solver: highspy.Highs) -> float:
    bound = solver.getInfo().mip_dual_bound
    return bound if np.isfinite(bound) else float("inf")


class _Form:
    """Columns: one for each pair; for each keyworker one for each size; and one for each way to fill their room."""

    def __init__(self, gains: Gains, sizes: Sequence[int], rooms: Sequence[Room], crowding: int, least: int) -> None:
        self.gains, self.sizes, self.rooms, self.crowding, self.least = gains, sizes, rooms, crowding, least
        self.pairs = list(gains)
        self.kinds = tuple(sorted(set(sizes)))
        self.kind_of = {size: k for k, size in enumerate(self.kinds)}
        many = Counter(sizes)
        self.many = tuple(many[size] for size in self.kinds)
        self.counts_from = len(self.pairs)
        self.totals_from = self.counts_from + len(rooms) * len(self.kinds)
        self.ways_from = self.totals_from + len(self.kinds)
        self.ways = [ways_to_fill(room, self.kinds, self.many) for room in rooms]
        self.first_way = list(accumulate((len(ways) for ways in self.ways), initial=self.ways_from))
        self.columns = self.first_way[-1]

    def count(self, keyworker: int, kind: int) -> int:
        """The column of how many of a size a keyworker takes."""
        return self.counts_from + keyworker * len(self.kinds) + kind

    def solver(self, seconds: float, step: int) -> highspy.Highs:
        solver = highspy.Highs()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("time_limit", float(seconds)),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", step * ALMOST),
        ):
            solver.setOptionValue(name, value)
        solver.passModel(self._lp())
        return solver

    def relaxed(self, seconds: float) -> tuple[float, np.ndarray, np.ndarray]:
        """What no plan can exceed; for each pair by how much less any plan with it is worth; and its share."""
        solver = self.solver(seconds, 1)
        lp = solver.getLp()
        lp.integrality_ = []
        solver.passModel(lp)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return float("inf"), np.zeros(len(self.pairs)), np.zeros(len(self.pairs))
        found = solver.getSolution()
        dear = -np.array(found.col_dual)[: self.counts_from]
        shares = np.array(found.col_value)[: self.counts_from]
        return solver.getInfo().objective_function_value, np.maximum(dear, 0), shares

    def _lp(self) -> Any:
        lp = highspy.HighsLp()
        starts, places, values, lower, upper = self._rows()
        lp.num_col_, lp.num_row_ = self.columns, len(lower)
        lp.col_cost_ = np.concatenate(
            [
                np.array([self.gains[pair] for pair in self.pairs], float),
                np.zeros(self.ways_from - self.counts_from),
                *(np.array([-self.crowding * way.crowded for way in ways], float) for ways in self.ways),
            ]
        )
        lp.col_lower_ = np.zeros(self.columns)
        lp.col_upper_ = self._most()
        lp.row_lower_, lp.row_upper_ = np.array(lower, float), np.array(upper, float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, np.int32)
        lp.a_matrix_.index_ = np.array(places, np.int32)
        lp.a_matrix_.value_ = np.array(values, float)
        lp.sense_ = highspy.ObjSense.kMaximize
        whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [
            whole if self.counts_from <= column < self.ways_from else real for column in range(self.columns)
        ]
        return lp

    def _most(self) -> np.ndarray:
        most = np.ones(self.columns)
        for j, room in enumerate(self.rooms):
            for k, size in enumerate(self.kinds):
                most[self.count(j, k)] = room.most // size
        most[self.totals_from : self.ways_from] = self.many
        return most

    def _rows(self) -> tuple[list[int], list[int], list[float], list[float], list[float]]:
        starts, places, values, lower, upper = [0], [], [], [], []
        for terms, least, most in self._constraints():
            places += [column for column, _ in terms]
            values += [factor for _, factor in terms]
            starts.append(len(places))
            lower.append(least)
            upper.append(most)
        return starts, places, values, lower, upper

    def _constraints(self) -> Iterator[tuple[list[tuple[int, float]], float, float]]:
        """(terms, least, most): one keyworker each; the counts are of the pairs; the counts fill the room some way."""
        mine: dict[int, list[int]] = {}
        theirs: dict[int, list[int]] = {}
        for column, (i, j) in enumerate(self.pairs):
            mine.setdefault(i, []).append(column)
            theirs.setdefault(self.count(j, self.kind_of[self.sizes[i]]), []).append(column)
        for columns in mine.values():
            yield [(column, 1) for column in columns], self.least, 1
        for k, _ in enumerate(self.kinds):
            taken = ((self.count(j, k), 1) for j, _ in enumerate(self.rooms))
            yield [*taken, (self.totals_from + k, -1)], 0, 0
        for j, ways in enumerate(self.ways):
            first = self.first_way[j]
            yield [(first + number, 1) for number in range(len(ways))], 1, 1
            for k, _ in enumerate(self.kinds):
                count = self.count(j, k)
                yield [*((column, 1) for column in theirs.get(count, ())), (count, -1)], 0, 0
                filled = [(first + number, -float(way.counts[k])) for number, way in enumerate(ways) if way.counts[k]]
                yield [(count, 1), *filled], -np.inf, 0

    def begin_with(self, solver: highspy.Highs, chosen: Sequence[int | None]) -> None:
        """Hands the solver a plan to start from."""
        values = np.zeros(self.columns)
        place = {pair: column for column, pair in enumerate(self.pairs)}
        taken = [[0] * len(self.kinds) for _ in self.rooms]
        for i, j in enumerate(chosen):
            if j is not None:
                values[place[i, j]] = 1
                values[self.count(j, self.kind_of[self.sizes[i]])] += 1
                values[self.totals_from + self.kind_of[self.sizes[i]]] += 1
                taken[j][self.kind_of[self.sizes[i]]] += 1
        for j, ways in enumerate(self.ways):
            fitting = ((way.crowded, number) for number, way in enumerate(ways) if all(map(le, taken[j], way.counts)))
            values[self.first_way[j] + min(fitting)[1]] = 1
        solution = highspy.HighsSolution()
        solution.col_value = list(values)
        solver.setSolution(solution)

    def whole_plan(self, solver: highspy.Highs) -> list[int | None] | None:
        """The plan found, pairs whole; None when none was found.

        A best answer may split people between equally good keyworkers. With the counts fixed, every corner of what
        is left is whole, and the simplex method ends in a corner.
        """
        values = np.array(solver.getSolution().col_value)
        if values.size != self.columns or solver.getInfo().primal_solution_status != 2:
            return None
        pairs = values[: self.counts_from]
        if np.abs(pairs - np.round(pairs)).max(initial=0) > ROUNDING:
            pairs = self._corner(solver, np.round(values[self.counts_from : self.totals_from]))
        return self._chosen(pairs) if pairs.size else None

    def _chosen(self, pairs: np.ndarray) -> list[int | None]:
        chosen: list[int | None] = [None] * len(self.sizes)
        for column in np.flatnonzero(pairs > 0.5):
            i, j = self.pairs[column]
            chosen[i] = j
        return chosen

    def same_numbers(self, chosen: Sequence[int | None], seconds: float) -> list[int | None]:
        """The best plan in which each keyworker takes as many of each size as in this one."""
        counts = np.zeros(self.totals_from - self.counts_from)
        for i, j in enumerate(chosen):
            if j is not None:
                counts[self.count(j, self.kind_of[self.sizes[i]]) - self.counts_from] += 1
        solver = self.solver(seconds, 1)
        pairs = self._corner(solver, counts)
        return self._chosen(pairs) if pairs.size else list(chosen)

    def _corner(self, solver: highspy.Highs, counts: np.ndarray) -> np.ndarray:
        where = np.arange(self.counts_from, self.totals_from, dtype=np.int32)
        solver.changeColsBounds(len(where), where, counts, counts)
        columns = np.arange(self.columns, dtype=np.int32)
        real = np.zeros(self.columns, dtype=np.uint8)
        solver.changeColsIntegrality(self.columns, columns, real)
        solver.setOptionValue("solver", "simplex")
        solver.setOptionValue("time_limit", float("inf"))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return np.zeros(0)
        return np.array(solver.getSolution().col_value)[: self.counts_from]
