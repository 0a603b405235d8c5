"""Joint plans of invented people, measured: how soon a first one is there, how soon it is proved, and what gap is left.

No database: people and keyworkers are drawn from a seed, as varied as in an area. `room`: what the team may still take,
as a share of what everybody who waits would need; below 1 it is scarce.
"""

from dataclasses import asdict, dataclass
from random import Random
from time import perf_counter
from typing import Any

from alongside.policy.allocation import SKILLS, Keyworker, Limits, Need, Plan, propose
from simulator.bench.saying import say

#: People who wait, keyworkers, and how long is looked for proof.
SIZES = ((60, 15, 60.0), (500, 100, 60.0))
ROOMS = (0.7, 1.0, 1.5)
COUNCILS = tuple(f"Council {number}" for number in range(6))
LIKES = ("trains", "lego", "music", "cats", "football")
LANGUAGES = ("Polish", "Urdu", "Romanian")
HALVES = {"red": 3, "blue": 3, "amber": 2}


@dataclass(frozen=True)
class Found:
    """One plan, measured in seconds. first_*: of the plan that is shown while a better one is looked for."""

    room: float
    placed: int
    first_seconds: float
    first_gap: float
    seconds: float
    optimal: bool
    gap: float


def measure_allocation(*, seeds: int = 1) -> dict[str, list[dict[str, Any]]]:
    """By size ('60x15'), one for each room and seed."""
    told: dict[str, list[dict[str, Any]]] = {}
    for people, keyworkers, seconds in SIZES:
        for room in ROOMS:
            for seed in range(seeds):
                found = measure_plan(*invent(people, keyworkers, room, seed), room=room, seconds=seconds)
                name = f"{people}x{keyworkers}"
                told.setdefault(name, []).append(asdict(found))
                say(f"{name:<8} {asdict(found)}")
    return told


def measure_plan(needs: list[Need], team: list[Keyworker], *, room: float, seconds: float) -> Found:
    """One plan; where the first one is proved at once, it is the last one too."""
    shown: list[tuple[float, Plan]] = []
    began = perf_counter()
    plan = propose(needs, team, seconds=seconds, first=lambda first: shown.append((perf_counter() - began, first)))
    when, first = shown[0] if shown else (plan.seconds, plan)
    return Found(
        room=room,
        placed=plan.placed,
        first_seconds=round(when, 2),
        first_gap=round(first.gap, 4),
        seconds=round(plan.seconds, 2),
        optimal=plan.optimal,
        gap=round(plan.gap, 4),
    )


def invent(people: int, keyworkers: int, room: float, seed: int) -> tuple[list[Need], list[Keyworker]]:
    """The same for the same seed."""
    random = Random(f"{people} {keyworkers} {room} {seed}")
    needs = [_need(number, keyworkers, random) for number in range(1, people + 1)]
    each = sum(need.halves for need in needs) * room / keyworkers
    return needs, [_keyworker(number, each, random) for number in range(1, keyworkers + 1)]


def _need(number: int, keyworkers: int, random: Random) -> Need:
    colour = random.choices(["red", "blue", "amber"], [2, 1, 5])[0]
    anybody = random.sample(range(1, keyworkers + 1), 2)
    return Need(
        number,
        colour,
        HALVES[colour],
        waited=random.randint(0, 200),
        needs=frozenset(random.sample(sorted(SKILLS), random.choice([0, 1, 1, 2]))),
        interests=frozenset(random.sample(LIKES, random.choice([0, 1, 2]))),
        language=random.choice(["English"] * 8 + [*LANGUAGES]),
        council=random.choice(COUNCILS),
        district=f"N{random.randint(1, 12)}",
        wanted=frozenset(anybody[:1] if random.random() < 0.1 else ()),
        unwanted=frozenset(anybody[1:] if random.random() < 0.05 else ()),
    )


def _keyworker(number: int, room: float, random: Random) -> Keyworker:
    most = random.choices([20, 12], [7, 3])[0]
    free = max(0, min(most, round(room * random.uniform(0.6, 1.4))))
    return Keyworker(
        number,
        f"Keyworker {number}",
        most - free,
        Limits(most * 4 // 5, most),
        skills=frozenset(random.sample(sorted(SKILLS), 2)),
        interests=frozenset(random.sample(LIKES, 2)),
        languages=frozenset(random.sample(LANGUAGES, random.choice([0, 0, 1]))),
        councils=frozenset(random.sample(COUNCILS, random.choice([1, 2]))),
        district=f"N{random.randint(1, 12)}",
        missing=("Legal frameworks",) if random.random() < 0.05 else (),
    )
