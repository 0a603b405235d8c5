"""Filling areas with invented people: lives, rows through the door, then duties and list rows from nothing."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.db import connection, transaction

from alongside.foundation.access import context
from alongside.overview.engine.storing import refresh
from simulator.history import Life
from simulator.identity import nhs_numbers, reference
from simulator.lives import simulate_life
from simulator.making import Acts, Apart, Chunk, Here, Maker, ahead
from simulator.world import Area
from simulator.writing.door import connect, opened

CHUNK = 2_000
BATCH = 500
WITHOUT_NHS_NUMBER = 0.03


@dataclass
class Simulated:
    """What was made, and how long it took: in all, and working out what is due beside it, in seconds."""

    people: int = 0
    rows: int = 0
    seconds: float = 0.0
    duties: float = 0.0
    first_person_id: int = 0
    sample: dict[int, Life] = field(default_factory=dict)


def lives_from(
    seed: str,
    areas: list[Area],
    people: int,
    *,
    now: datetime,
    years: float,
    taken: set[str],
    references: set[str],
    first: int = 0,
) -> Iterator[Life]:
    """So many lives, shared out evenly among the areas; the same arguments give the same lives."""
    random, numbers = Random(f"identities of {seed}"), nhs_numbers(taken)
    for number in range(first, first + people):
        known_as = reference(random)
        while known_as in references:
            known_as = reference(random)
        references.add(known_as)
        nhs_number = next(numbers) if random.random() >= WITHOUT_NHS_NUMBER else None
        yield simulate_life(
            number,
            seed=seed,
            areas=areas,
            area=areas[number % len(areas)],
            nhs_number=nhs_number,
            reference=known_as,
            now=now,
            years=years,
        )


def simulate(
    areas: list[Area], people: int, *, seed: int, years: float, now: datetime, sample: int = 0, loud: bool = True
) -> Simulated:
    """Writes so many people into these areas, with what is due for each. Raises NotADemonstration.

    `sample`: how many lives to keep with the ids of their people, to be replayed; and a few more for what is rare.
    """
    with connect() as owner:
        found = owner.execute("select reference, nhs_number, id from people_person").fetchall()
    taken = {number for _, number, _ in found if number}
    references = {name for name, _, _ in found}
    name = f"{seed}:{len(found)}"
    lives = lives_from(name, areas, people, now=now, years=years, taken=taken, references=references)
    chosen = set(Random(f"sample of {name}").sample(range(people), min(sample, people)))
    sizes = [min(CHUNK, people - first) for first in range(0, people, CHUNK)]
    done, began = Simulated(), time.perf_counter()
    with ahead(Maker(lives, Acts(name), chosen), apart=len(sizes) > 1) as chunks, ThreadPoolExecutor(1) as beside:
        with opened() as door:
            chunks.ask(0, sizes[0], door.numbers())
        due: Future[float] | None = None
        for index, size in enumerate(sizes):
            chunk = _take(chunks, index, sizes)
            if index.bit_count() == 1:
                # After 1, 2, 4, 8 chunks: planned by what stood at the start, the ledger of a chunk took minutes.
                _settle_statistics()
            if due:
                done.duties += due.result()
            first = chunk.starts["person"]
            due = beside.submit(_work_out, range(first, first + size), now)
            _count(done, chunk, size)
            done.seconds = time.perf_counter() - began
            if loud:
                _say(done, people)
        done.duties += due.result() if due else 0.0
    _settle_statistics()
    done.seconds = time.perf_counter() - began
    return done


def _take(chunks: Here | Apart, index: int, sizes: list[int]) -> Chunk:
    """Takes a chunk, has the next one begun, and writes this one."""
    chunk = chunks.answer()
    if index + 1 < len(sizes):
        chunks.ask(index + 1, sizes[index + 1], chunk.ends)
    with opened() as door:
        if (numbers := door.numbers()) != chunk.starts:
            chunk = _again(chunks, index, sizes, numbers)
        door.put(chunk.lines, chunk.ends)
    return chunk


def _work_out(person_ids: range, at: datetime) -> float:
    """What is due for a chunk, while the next one is written: over a connection of its own. How long it took."""
    began = time.perf_counter()
    try:
        refresh_all(person_ids, at)
    finally:
        connection.close()
    return time.perf_counter() - began


def _count(done: Simulated, chunk: Chunk, size: int) -> None:
    done.first_person_id = done.first_person_id or chunk.starts["person"]
    done.people += size
    done.rows += chunk.rows
    done.sample |= chunk.sample


def _again(chunks: Here | Apart, index: int, sizes: list[int], numbers: dict[str, int]) -> Chunk:
    """Somebody wrote meanwhile: this chunk and the next, made from wrong ids, are made from the right ones."""
    more = index + 1 < len(sizes)
    if more:
        chunks.answer()
    chunks.ask(index, sizes[index], numbers)
    chunk = chunks.answer()
    if more:
        chunks.ask(index + 1, sizes[index + 1], chunk.ends)
    return chunk


def refresh_all(person_ids: range | list[int], at: datetime) -> int:
    """Duties and list rows of these people at a moment, as the engine, a batch at a time. How many were found."""
    ids, found = list(person_ids), 0
    with context.as_engine():
        for start in range(0, len(ids), BATCH):
            with transaction.atomic():
                found += refresh(ids[start : start + BATCH], at)
    return found


def _settle_statistics() -> None:
    """So that the planner knows how much there is now."""
    with connect() as owner:
        owner.autocommit = True
        owner.execute("analyze")


def _say(done: Simulated, people: int) -> None:
    told = f"{done.people:,} of {people:,} people, {done.rows:,} rows, {done.seconds:.0f} s"
    print(f"{told} (working out what is due beside it: {done.duties:.0f} s)", file=sys.stderr, flush=True)
