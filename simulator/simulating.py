"""Filling areas with invented people: lives, rows through the door, then duties and list rows from nothing."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from uuid import UUID

from django.db import transaction

from alongside.foundation.access import context
from alongside.overview.engine.storing import refresh
from simulator.history import Life
from simulator.identity import nhs_numbers, reference
from simulator.lives import simulate_life
from simulator.world import Area
from simulator.writing.door import connect, opened
from simulator.writing.rows import written
from simulator.writing.written import Numbers, Row

CHUNK = 5_000
BATCH = 500
WITHOUT_NHS_NUMBER = 0.03


@dataclass
class Simulated:
    """What was made, and how long each part took in seconds."""

    people: int = 0
    rows: int = 0
    living_and_writing: float = 0.0
    duties: float = 0.0
    first_person_id: int = 0
    sample: dict[int, Life] = field(default_factory=dict)
    kinds_sampled: set[str] = field(default_factory=set)


class Acts:
    """Identities of recorded acts, the same for the same seed."""

    def __init__(self, seed: str) -> None:
        self.random = Random(f"acts of {seed}")

    def __call__(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)


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


def rows_of(lives: Iterator[Life], numbers: Numbers, acts: Acts) -> Iterator[dict[str, list[Row]]]:
    for life in lives:
        yield written(life, numbers, acts)


def simulate(
    areas: list[Area], people: int, *, seed: int, years: float, now: datetime, sample: int = 0, loud: bool = True
) -> Simulated:
    """Writes so many people into these areas, with what is due for each. Raises NotADemonstration.

    `sample`: how many lives to keep with the ids of their people, to be replayed; and a few more for what is rare.
    """
    done = Simulated()
    with connect() as owner:
        found = owner.execute("select reference, nhs_number, id from people_person").fetchall()
    taken = {number for _, number, _ in found if number}
    references = {name for name, _, _ in found}
    name = f"{seed}:{len(found)}"
    lives, acts = (
        lives_from(name, areas, people, now=now, years=years, taken=taken, references=references),
        Acts(name),
    )
    chosen = set(Random(f"sample of {name}").sample(range(people), min(sample, people)))
    while done.people < people:
        _one_chunk(done, lives, min(CHUNK, people - done.people), acts, chosen)
        if loud:
            _say(done, people)
    _settle_statistics()
    return done


def _one_chunk(done: Simulated, lives: Iterator[Life], size: int, acts: Acts, chosen: set[int]) -> None:
    began = time.perf_counter()
    with opened() as door:
        numbers = door.numbers()
        first = numbers.next_ids["person"]
        some = _keeping(done, lives, first, size, chosen)
        done.rows += door.put(rows_of(some, numbers, acts), numbers)
    done.first_person_id = done.first_person_id or first
    written = time.perf_counter()
    refresh_all(range(first, first + size))
    done.people += size
    done.living_and_writing += written - began
    done.duties += time.perf_counter() - written


def _keeping(done: Simulated, lives: Iterator[Life], first: int, size: int, chosen: set[int]) -> Iterator[Life]:
    for turn in range(size):
        life = next(lives)
        if chosen and (life.number in chosen or _has_news(life, done.kinds_sampled)):
            done.sample[first + turn] = life
        yield life


def _has_news(life: Life, seen: set[str]) -> bool:
    """Whether something happens in this life that happened in none of the sample: rare things are replayed too."""
    kinds = {getattr(step, "kind", "") or type(step).__name__ for moment in life.moments for step in moment.steps}
    new = not kinds <= seen
    seen |= kinds
    return new


def refresh_all(person_ids: range | list[int]) -> int:
    """Duties and list rows of these people, as the engine, a batch at a time. How many people were found."""
    ids, found = list(person_ids), 0
    with context.as_engine():
        for start in range(0, len(ids), BATCH):
            with transaction.atomic():
                found += refresh(ids[start : start + BATCH])
    return found


def _settle_statistics() -> None:
    """So that the planner knows how much there is now."""
    with connect() as owner:
        owner.autocommit = True
        owner.execute("analyze")


def _say(done: Simulated, people: int) -> None:
    seconds = done.living_and_writing + done.duties
    print(
        f"{done.people:,} of {people:,} people, {done.rows:,} rows, {seconds:.0f} s "
        f"({done.living_and_writing:.0f} s lives, {done.duties:.0f} s duties)",
        file=sys.stderr,
        flush=True,
    )
