"""`alongside signin --as NAME`: a signed-in cookie of a member of the cast, for scripts. Demonstrations only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation import clock
from alongside.foundation.access.me import open_key
from alongside.foundation.accounts.operations import DEMONSTRATION
from alongside.foundation.accounts.queries import find_cast_member, is_demonstration, list_cast


class Command(BaseCommand):
    help = "Sign in as a member of the cast and print the cookie on the last line. Demonstrations only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as", dest="who", required=True, help="a name, first name or key that `cast` lists")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_demonstration():
            raise CommandError("This database holds a real service; nobody is signed in by a command.")
        member = find_cast_member(options["who"], on=clock.today())
        if member is None:
            known = ", ".join(str(one.cast_key) for one in list_cast(on=clock.today()))
            raise CommandError(f"There is no '{options['who']}' in the cast. There are: {known}.")
        key = open_key(member.pk, kind="session", factor=DEMONSTRATION, at=clock.now())
        self.stderr.write(f"Signed in as {member.name}, {member.post}.")
        self.stdout.write(f"{settings.KEY_COOKIE}={key}")
