"""`alongside simulate`: invented areas over years, into a demonstration database."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.foundation import clock


class Command(BaseCommand):
    help = "Fill invented areas with invented people whose journeys follow the rules. Demonstration databases only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, required=True, help="how many people")
        parser.add_argument("--years", type=float, default=2.0, help="how far back the journeys go (2 unless set)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same area")
        parser.add_argument(
            "--icbs", type=int, default=1, help="how many ICBs; as many as there are open ones takes those"
        )
        parser.add_argument("--check", type=int, default=0, help="replay so many of them through operations, compare")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from simulator.check import check
            from simulator.identity import NumbersUsedUp
            from simulator.meetings import meetings_of
            from simulator.simulating import simulate
            from simulator.world import make_world
            from simulator.writing.door import NotADemonstration, check_demonstration, connect
        except ImportError as missing:
            raise CommandError("The simulator isn't installed here, so nothing can be simulated.") from missing
        people, years, icbs = options["people"], options["years"], options["icbs"]
        if people < 1 or icbs < 1 or not 0 < years <= 30:
            raise CommandError("Give at least one person and one ICB, and up to 30 years.")
        now = clock.now()
        try:
            with connect() as owner:
                check_demonstration(owner)
            since = now.date() - timedelta(days=int(years * 366) + 400)
            areas = make_world(icbs, people, since=since, at=now)
            done = simulate(areas, people, seed=options["seed"], years=years, now=now, sample=options["check"])
        except (NotADemonstration, NumbersUsedUp) as refused:
            raise CommandError(str(refused)) from refused
        found = check(done.sample, now)
        # After what was replayed, because what a meeting decides about somebody is not in their simulated life.
        for area in areas:
            meetings_of(area.id, now).hold()
        for difference in found[:20]:
            self.stderr.write(str(difference))
        if done.sample:
            self.stdout.write(f"{len(done.sample)} replayed through operations, {len(found)} rows differ")
        self.stdout.write(f"{done.people} people in {len(areas)} ICBs, {done.rows} rows")
        if found:
            raise CommandError("The bulk door does not write what operations write.")
