"""The whole bench, and what it prints."""

import json
from typing import Any

from alongside.foundation import clock
from simulator.bench.asking import keep_connections
from simulator.bench.database import fill, tidy, use_bench_database
from simulator.bench.measuring import install_floor, measure, measure_engine, most_needed
from simulator.bench.pages import find_samples, pages_of
from simulator.bench.saying import say


def run(people: int, icbs: int, times: int) -> dict[str, Any]:
    """What is printed as the last line. Made when missing, then measured."""
    use_bench_database()
    made = fill(people, icbs, now=clock.now())
    if made:
        say(f"simulated {made.people:,} people, {made.rows:,} rows in {made.seconds:.0f} s")
    tidy()
    engine = measure_engine()
    say(f"duties from nothing: {engine:,.0f} people a second")
    tidy()
    install_floor()
    keep_connections()
    samples = find_samples(clock.now(), most_needed(times))
    pages, errors = {}, 0
    for page in pages_of(samples):
        found = measure(page, times)
        errors += found.errors
        pages[page.name] = found.told()
        say(f"{page.name:<15} {json.dumps(pages[page.name])} {found.wrong}")
    return {"people": people, "errors": errors, "duties_per_second": round(engine), "pages": pages}
