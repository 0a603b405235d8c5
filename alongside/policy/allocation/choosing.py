"""Who is placed, when not everybody can be: the people of each size whose risk and wait weigh most, exactly.

Everybody of one size takes the same room, so only how many of each size are placed is open; of each size it is those
who come first on the list. Which numbers fit into all rooms together is counted room by room, without leaving any out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

#: Beyond so many sizes this isn't counted room by room; the solver then decides who is placed as well.
MOST_SIZES = 3


@dataclass(frozen=True, slots=True)
class Chosen:
    """who: places in the list of those to be placed. rooms: for each of them the place of a keyworker with room."""

    who: tuple[int, ...]
    rooms: tuple[int, ...]


def choose(sizes: Sequence[int], worths: Sequence[int], rooms: Sequence[int]) -> Chosen | None:
    """Who is placed if everybody may go to every keyworker, and one way to place them; None for too many sizes.

    sizes, worths: of each person, in the order of the list. rooms: of each keyworker, in halves of a point.
    """
    kinds = sorted(set(sizes), reverse=True)
    if len(kinds) > MOST_SIZES:
        return None
    listed = [[i for i, size in enumerate(sizes) if size == kind] for kind in kinds]
    while len(kinds) < MOST_SIZES:
        kinds, listed = [*kinds, kinds[-1]], [*listed, []]
    after = _room_by_room(kinds, [len(those) for those in listed], rooms)
    gains = [np.concatenate([[0], np.cumsum([worths[i] for i in those])]) for those in listed]
    third = np.minimum(after[-1], len(listed[2]))
    totals = np.where(third >= 0, gains[0][:, None] + gains[1][None, :] + gains[2][np.maximum(third, 0)], -1)
    first, second = (int(place) for place in np.unravel_index(np.argmax(totals), totals.shape))
    numbers = [first, second, int(third[first, second])]
    left = [those[:number] for those, number in zip(listed, numbers, strict=True)]
    placed = {i: room for room, counts in _way_back(kinds, numbers, rooms, after) for i in _take(left, counts)}
    return Chosen(tuple(sorted(placed)), tuple(placed[i] for i in sorted(placed)))


def _room_by_room(kinds: Sequence[int], many: Sequence[int], rooms: Sequence[int]) -> list[np.ndarray]:
    """After each room, [a, b] -> the most of the third size that fit beside a of the first and b of the second.

    -1 for what is impossible.
    """
    large, middle, small = kinds
    best = np.full((many[0] + 1, many[1] + 1), -1)
    best[0, 0] = 0
    found = [best]
    for room in rooms:
        best = best + room // small * (best >= 0)
        for x, y in _corners(room, large, middle, many):
            before = found[-1][: best.shape[0] - x, : best.shape[1] - y]
            more = np.where(before >= 0, before + (room - large * x - middle * y) // small, -1)
            np.maximum(best[x:, y:], more, out=best[x:, y:])
        found.append(best)
    return found


def _corners(room: int, large: int, middle: int, many: Sequence[int]) -> Iterator[tuple[int, int]]:
    """How many of the first two sizes one room may take."""
    for x in range(min(room // large, many[0]) + 1):
        for y in range(min((room - large * x) // middle, many[1]) + 1):
            yield x, y


def _way_back(
    kinds: Sequence[int], numbers: list[int], rooms: Sequence[int], after: list[np.ndarray]
) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """(room, how many of each size it takes), from the last room to the first, so that all numbers are met."""
    large, middle, small = kinds
    a, b, c = numbers
    for place in range(len(rooms) - 1, -1, -1):
        before = after[place]
        for x, y in _corners(rooms[place], large, middle, (a, b)):
            most = int(before[a - x, b - y])
            spare = (rooms[place] - large * x - middle * y) // small
            if most >= 0 and most + spare >= c:
                here = min(c, spare)
                a, b, c = a - x, b - y, c - here
                yield place, (x, y, here)
                break


def _take(left: list[list[int]], counts: tuple[int, int, int]) -> list[int]:
    """So many of each size, off the list of those who still have to be placed."""
    taken = [i for those, count in zip(left, counts, strict=True) for i in those[:count]]
    for those, count in zip(left, counts, strict=True):
        del those[:count]
    return taken
