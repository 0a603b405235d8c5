"""Counts again now what the worker would count soon."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.foundation import clock
from alongside.overview.recounting import ask_recount, count_all


class Command(BaseCommand):
    help = "Works out again what is due, for everybody whom a changed rule touches. --all: for everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", dest="everybody", help="everybody, from nothing")

    def handle(self, *args: Any, everybody: bool = False, **options: Any) -> None:
        if everybody:
            ask_recount(because="Asked for by command", at=clock.now())
        counted = 0
        for counted in count_all(clock.now, wait=True):
            self.stderr.write(f"{counted:,} people counted again")
        self.stdout.write(str(counted))
