"""`alongside bench`: pages and duties measured on an area as large as the country, in a database of its own.

With `--allocation` joint plans of invented people instead: 60 for 15 keyworkers, and 500 for 100.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

LEAST = 100


class Command(BaseCommand):
    help = "Measure pages beside the floor, and duties from nothing. The last line is JSON; fails on any wrong answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=100_000)
        parser.add_argument("--icbs", type=int, default=36)
        parser.add_argument("--requests", type=int, default=200, help="how many of each page, at least 100")

        parser.add_argument("--allocation", action="store_true", help="measure joint plans only; a few minutes")
        parser.add_argument("--seeds", type=int, default=1, help="how many of each kind of joint plan")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from simulator.bench.allocating import measure_allocation
            from simulator.bench.running import run
        except ImportError as missing:
            raise CommandError("The simulator isn't installed here, so there is nothing to measure.") from missing
        if options["allocation"]:
            if options["seeds"] < 1:
                raise CommandError("Give at least 1 seed.")
            self.stdout.write(json.dumps(measure_allocation(seeds=options["seeds"])))
            return
        if options["people"] < 1 or options["icbs"] < 1 or options["requests"] < LEAST:
            raise CommandError(f"Give people, ICBs, and at least {LEAST} requests of each page.")
        told = run(options["people"], options["icbs"], options["requests"])
        self.stdout.write(json.dumps(told))
        if told["errors"]:
            sys.exit(1)
