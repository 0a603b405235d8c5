"""Areas without a database, for tests of lives and rows."""

from datetime import UTC, datetime

from simulator.history import Life, Member
from simulator.simulating import lives_from
from simulator.world import Area

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def area(number: int = 1) -> Area:
    """An ICB with staff and places of its own."""
    base = number * 1000
    return Area(
        id=number,
        code=f"T{number:02d}",
        name=f"Test ICB {number}",
        teams={"register": base + 1, "keyworking": base + 2, "review": base + 3, "commissioning": base + 4},
        staff={
            role: [Member(base + 10 * place + n, f"{role.title()} {n} of {number}") for n in range(3)]
            for place, role in enumerate(("coordinator", "manager", "commissioner", "keyworker"), 1)
        },
        councils=[(base + 100, "Ashwick Council")],
        schools=[(base + 200, "Ashwick School"), (base + 201, "Barlowe College")],
        practices=[(base + 300, "Ashwick Surgery")],
        units=["Skylark House"],
    )


def lives(people: int, *, seed: str = "1", years: float = 1.5, areas: int = 2) -> list[Life]:
    there = [area(number) for number in range(1, areas + 1)]
    return list(lives_from(seed, there, people, now=NOW, years=years, taken=set(), references=set()))
