"""`alongside load-organisations FILE`: organisations from the service's own list."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation import clock
from alongside.foundation.organisations.loading import UnusableFile, load_as_recorded


class Command(BaseCommand):
    help = (
        "Add or update organisations from a CSV file with the headings kind, code, name and, if wanted, "
        "region, opened_on, closed_on, successors (codes with spaces between), invented."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = load_as_recorded(options["file"], at=clock.now())
        except UnusableFile as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"{changed} added or changed.")
