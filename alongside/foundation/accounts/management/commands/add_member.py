"""`alongside add-member EMAIL NAME ROLE --icb CODE`: an account, so that a new installation can begin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from alongside.foundation import clock
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.operations import CannotAdd, add_member


class Command(BaseCommand):
    help = "Make an account with a role, or give an account that is known a new password; prints the password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--icb", required=True, metavar="CODE", help="code of the ICB (of the region for regional)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            made = add_member(
                email=options["email"],
                name=options["name"],
                role=options["role"],
                icb_code=options["icb"],
                at=clock.now(),
                today=clock.today(),
            )
        except ValidationError as wrong:
            raise CommandError(f"'{options['email']}' is not an email address.") from wrong
        except CannotAdd as why:
            raise CommandError(str(why)) from why
        self.stderr.write(
            f"{made.actor.name} can sign in as {options['email']} with the password below. It counts once: "
            "they choose their own, then set up a second factor. Hand it over in person or by phone."
        )
        self.stdout.write(made.password)
