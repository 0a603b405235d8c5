"""`alongside verify-access`: random people try random doors, compared with a second reading of scope and ledger."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config.probing.running import probe
from alongside.foundation import clock


class Command(BaseCommand):
    help = (
        "Tries doors (page, list, search, count, export, document, link, family and keyworking pages, what others "
        "told, direct SQL) as random people, and compares what opens with a second reading of scope and ledger. In a "
        "demonstration it invents answers first; nothing of it stays. The last line is the summary; with a leak the "
        "command fails."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--probes", type=int, default=10_000, help="how many doors are tried (10,000 unless set)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same choices")
        parser.add_argument("--json", action="store_true", help="only the summary, as one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["probes"] < 1:
            raise CommandError("Give at least one probe.")
        found = probe(options["probes"], options["seed"], clock.now())
        for example in found.examples:
            self.stderr.write(example)
        if not options["json"]:
            for door, row in sorted(found.by_door.items()):
                self.stdout.write(f"{door}: {row['probes']:,} tried, {row['opened']:,} opened, {row['leaks']:,} leaks")
        self.stdout.write(json.dumps(found.summary()))
        if found.leaks or found.blocked_wrongly:
            sys.exit(1)
