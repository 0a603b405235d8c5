"""`alongside load-lines-of-enquiry FILE`: an official text of the lines of enquiry of a C(E)TR."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.features.reviews.holding.loading import NotLines, load_sets, read_sets
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.accounts.models import Actor


class Command(BaseCommand):
    help = (
        "Loads an official text of one or more of the four sets of lines of enquiry from a JSON file. Reviews that "
        "began already keep the headings they began with."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sets = read_sets(options["file"].read_text(encoding="utf-8-sig"))
        except OSError as wrong:
            raise CommandError(f"The file can't be read: {options['file']}.") from wrong
        except UnicodeDecodeError as wrong:
            raise CommandError("This is not text. Save it as JSON in UTF-8 and load it again.") from wrong
        except NotLines as wrong:
            raise CommandError(str(wrong)) from wrong
        with context.as_engine():
            loaded = load_sets(sets, by=Actor.objects.get(kind=Actor.Kind.ENGINE), at=clock.now())
        self.stdout.write(f"{loaded} loaded, {len(sets) - loaded} as they stood already.")
