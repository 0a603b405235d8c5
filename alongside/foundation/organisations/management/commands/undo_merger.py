"""`alongside undo-merger Q12 Q34`: a merger of two organisations is taken back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation import clock
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.organisations.undoing import NoMerger, undo_merger


class Command(BaseCommand):
    help = "Undo a merger: the second organisation reads no more of what the first recorded. No row is moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("predecessor", help="code of the one that was taken over")
        parser.add_argument("successor", help="code of the one that took over")
        parser.add_argument("--kind", choices=Organisation.Kind.values, default=Organisation.Kind.ICB)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            undone = undo_merger(options["predecessor"], options["successor"], kind=options["kind"], at=clock.now())
        except NoMerger as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"Undone: {undone.successor.name} no longer reads what {undone.predecessor.name} recorded.")
