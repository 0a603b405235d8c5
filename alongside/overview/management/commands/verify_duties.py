"""Works out what is due from nothing and compares it with what is stored."""

import sys
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.clock import LONDON
from alongside.overview.verify import find_differing, find_differing_matters

SHOWN = 20


class Command(BaseCommand):
    help = "Compares stored duties with those worked out from nothing. The last line is how many differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-at", metavar="DATE", help="compare what is open and late at the end of this day")

    def handle(self, *args: Any, as_at: str | None = None, **options: Any) -> None:
        at = _end_of(as_at) if as_at else None
        differ = 0
        for compared, found in find_differing(at):
            differ += len(found)
            for person_id in found[:SHOWN]:
                self.stderr.write(f"person {person_id}: stored duties are not what the facts say")
            if compared % 10_000 == 0:
                self.stderr.write(f"{compared:,} people compared")
        for kind, number in find_differing_matters(at):
            differ += 1
            self.stderr.write(f"{kind} {number}: stored duties are not what the facts say")
        self.stdout.write(str(differ))
        if differ:
            sys.exit(1)


def _end_of(text: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"'{text}' is not a date. Write it like 2026-11-20.") from None
    return datetime.combine(day, time.max, LONDON)
