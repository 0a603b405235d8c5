"""What a plan is worth, and plans made in one pass that the solver starts from."""

from collections.abc import Mapping, Sequence

import numpy as np

from .ways import Room

Gains = Mapping[tuple[int, int], int]


def worth(
    chosen: Sequence[int | None], gains: Gains, sizes: Sequence[int], rooms: Sequence[Room], crowding: int
) -> int:
    """What a plan is worth: all gains, less what crowding costs."""
    load = [0] * len(rooms)
    total = 0
    for i, j in enumerate(chosen):
        if j is not None:
            total += gains[i, j]
            load[j] += sizes[i]
    return total - crowding * sum(max(0, held - room.easy) for held, room in zip(load, rooms, strict=True))


def place_in_order(gains: Gains, sizes: Sequence[int], rooms: Sequence[Room]) -> list[int | None]:
    """A plan in one pass: whoever is worth most first, each to where the room left over is smallest."""
    options: dict[int, list[int]] = {}
    for i, j in gains:
        options.setdefault(i, []).append(j)
    free = [room.most for room in rooms]
    chosen: list[int | None] = [None] * len(sizes)
    for i in sorted(options, key=lambda i: (-max(gains[i, j] for j in options[i]), -sizes[i], i)):
        best = min(((free[j], j) for j in options[i] if free[j] >= sizes[i]), default=None)
        if best is not None:
            chosen[i] = best[1]
            free[best[1]] -= sizes[i]
    return chosen


def place_by_share(gains: Gains, shares: np.ndarray, sizes: Sequence[int], rooms: Sequence[Room]) -> list[int | None]:
    """A plan out of a relaxed one: whoever stands wholly with one keyworker there goes to them, the largest first."""
    free = [room.most for room in rooms]
    chosen: list[int | None] = [None] * len(sizes)
    order = sorted(
        ((round(float(share), 3), sizes[i], gains[i, j], -i, -j) for (i, j), share in zip(gains, shares, strict=True)),
        reverse=True,
    )
    for _, size, _, i, j in order:
        if chosen[-i] is None and free[-j] >= size:
            chosen[-i] = -j
            free[-j] -= size
    return chosen
