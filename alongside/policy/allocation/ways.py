"""What one keyworker may take, and every way to fill that room."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from operator import mul


@dataclass(frozen=True, slots=True)
class Room:
    """What one keyworker may take, in halves of a point: at the very most, and before it is crowded."""

    most: int
    easy: int


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill a room: how many of each size, and by how many halves it is crowded then."""

    counts: tuple[int, ...]
    crowded: int


@lru_cache(maxsize=1024)
def ways_to_fill(room: Room, kinds: tuple[int, ...], many: tuple[int, ...]) -> tuple[Way, ...]:
    """Every way that no other holds in it without being more crowded. Their outline is exactly what fits."""
    found = []
    for counts in product(*(range(min(room.most // size, most) + 1) for size, most in zip(kinds, many, strict=True))):
        load = sum(map(mul, counts, kinds))
        if load > room.most:
            continue
        # One more of the smallest that would still fit without crowding makes this way superfluous.
        spare = room.easy - load if load <= room.easy else 0
        if all(size > spare or count == most for size, count, most in zip(kinds, counts, many, strict=True)):
            found.append(Way(counts, max(0, load - room.easy)))
    return tuple(found)
