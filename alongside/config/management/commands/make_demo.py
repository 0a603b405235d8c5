"""`alongside make-demo`: the demonstration area, with its cast and invented people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.foundation import clock
from alongside.foundation.organisations.models import Installation


class Command(BaseCommand):
    help = "Make the demonstration area; does nothing when it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=300, help="how many young people in all (300 unless set)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from simulator.demonstration import make_demonstration
        except ImportError as missing:
            raise CommandError("The simulator isn't installed here, so there is no demonstration to make.") from missing
        installation = Installation.objects.first()
        if installation and not installation.demonstration:
            raise CommandError("This database is for real people: no demonstration can be made in it.")
        made = make_demonstration(options["people"], now=clock.now())
        self.stderr.write("The demonstration area is ready." if made else "The demonstration area was there already.")
