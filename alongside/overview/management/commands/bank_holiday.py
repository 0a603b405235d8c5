"""Corrects the days that are not working days."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow
from alongside.foundation.accounts.models import Actor
from alongside.foundation.recording.recording import recording
from alongside.overview.operations_rules import add_bank_holiday, remove_bank_holiday


class Command(BaseCommand):
    help = "Adds a bank holiday, or takes one away with --remove. Everybody is counted again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("day", metavar="DATE", help="for example 2027-05-03")
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("--remove", action="store_true")

    def handle(self, *args: Any, day: str, name: str, remove: bool, **options: Any) -> None:
        try:
            on = date.fromisoformat(day)
        except ValueError:
            raise CommandError(f"'{day}' is not a date. Write it like 2027-05-03.") from None
        if not remove and not name.strip():
            raise CommandError("Say what the bank holiday is called.")
        with context.as_engine():
            engine = Actor.objects.get(kind=Actor.Kind.ENGINE)
            with recording(by=engine, at=clock.now()) as note:
                try:
                    changed = (
                        remove_bank_holiday(note, day=on)
                        if remove
                        else add_bank_holiday(note, day=on, name=name.strip())
                    )
                except NotNow as problem:
                    raise CommandError(problem.sentence) from None
        self.stdout.write(changed)
