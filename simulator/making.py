"""Lives, and their rows as lines of COPY: made a chunk ahead of the database, in a process of its own.

Rows carry ids, so a chunk is made on the guess that nobody else writes meanwhile; where somebody did, the same lives
are written out once more from other ids.
"""

import gc
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from uuid import UUID

from simulator.history import Life
from simulator.writing.rows import written
from simulator.writing.table import TABLES
from simulator.writing.written import Numbers, Row


@dataclass
class Chunk:
    """Some lives as they are written: the next id of each table before and after, lines by kind, how many rows.

    `sample`: those to be replayed, by the ids of their people.
    """

    starts: dict[str, int]
    ends: dict[str, int]
    lines: dict[str, str]
    rows: int
    sample: dict[int, Life]


class Acts:
    """Identities of recorded acts, the same for the same seed; each after the one before, which an index likes."""

    def __init__(self, seed: str) -> None:
        self.random = Random(f"acts of {seed}")
        self.next = self.random.getrandbits(47)

    def __call__(self) -> UUID:
        self.next += 1
        return UUID(int=self.next << 80 | self.random.getrandbits(80), version=4)


def rows_of(lives: Iterator[Life], numbers: Numbers, acts: Acts) -> Iterator[dict[str, list[Row]]]:
    for life in lives:
        yield written(life, numbers, acts)


class Maker:
    """Makes chunks in order; the last two are kept, so that they can be written out again."""

    def __init__(self, lives: Iterator[Life], acts: Acts, chosen: set[int]) -> None:
        self.lives, self.acts, self.chosen = lives, acts, chosen
        self.kept: dict[int, list[Life]] = {}
        self.wanted: set[int] = set(chosen)
        self.kinds: set[str] = set()

    def make(self, index: int, size: int, starts: dict[str, int]) -> Chunk:
        """The chunk of this number, with ids from `starts` on."""
        if index not in self.kept:
            self.kept = {number: lives for number, lives in self.kept.items() if number == index - 1}
            self.kept[index] = list(islice(self.lives, size))
            if self.chosen:
                self.wanted |= {life.number for life in self.kept[index] if self._has_news(life)}
        lives, numbers = self.kept[index], Numbers(dict(starts))
        lines: dict[str, list[str]] = {kind: [] for kind in TABLES}
        for rows in rows_of(iter(lives), numbers, self.acts):
            for kind, found in rows.items():
                lines[kind] += map(TABLES[kind].line, found)
        first = starts["person"]
        sample = {first + turn: life for turn, life in enumerate(lives) if life.number in self.wanted}
        text = {kind: "".join(some) for kind, some in lines.items()}
        return Chunk(starts, numbers.next_ids, text, sum(map(len, lines.values())), sample)

    def _has_news(self, life: Life) -> bool:
        """Whether something happens in this life that happened in none of the sample: rare things are replayed too."""
        kinds = {getattr(step, "kind", "") or type(step).__name__ for moment in life.moments for step in moment.steps}
        new = life.number in self.chosen or not kinds <= self.kinds
        if new:
            self.kinds |= kinds
        return new


class Here:
    """Chunks made when they are taken, in this process."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.asked: deque[tuple[int, int, dict[str, int]]] = deque()

    def ask(self, index: int, size: int, starts: dict[str, int]) -> None:
        self.asked.append((index, size, starts))

    def answer(self) -> Chunk:
        """The chunk asked for first."""
        return self.maker.make(*self.asked.popleft())


class Apart:
    """Chunks made in another process as soon as they are asked for, in that order."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    def ask(self, index: int, size: int, starts: dict[str, int]) -> None:
        self.pipe.send((index, size, starts))

    def answer(self) -> Chunk:
        """The chunk asked for first. Raises what went wrong there."""
        found: Chunk | Exception = self.pipe.recv()
        if isinstance(found, Exception):
            raise found
        return found


@contextmanager
def ahead(maker: Maker, *, apart: bool) -> Iterator[Here | Apart]:
    """`apart`: in a process of its own, which pays from two chunks on."""
    if not apart:
        yield Here(maker)
        return
    forked = get_context("fork")
    ours, theirs = forked.Pipe()
    process = forked.Process(target=_work, args=(maker, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Apart(ours)
    finally:
        process.kill()
        process.join()


def _work(maker: Maker, pipe: Connection) -> None:
    """Never ends by itself. It has the other process's connections to the database too, and leaves them alone."""
    gc.freeze()
    while True:
        asked = pipe.recv()
        try:
            pipe.send(maker.make(*asked))
        except Exception as problem:
            pipe.send(problem)
