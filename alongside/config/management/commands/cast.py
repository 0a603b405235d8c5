"""`alongside cast`: who of the demonstration can sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.foundation.organisations.models import Installation


class Command(BaseCommand):
    help = "Print who of the demonstration can sign in: name, key, role."
    # They would load every page, and `migrate` has just run them.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        installation = Installation.objects.first()
        if not (installation and installation.demonstration):
            raise CommandError("This database is not a demonstration, so it has no cast.")
        held = RoleHeld.objects.exclude(actor__cast_key=None).select_related("actor", "area").order_by("id")
        for role in held:
            self.stdout.write(
                f"{role.actor.cast_key:<8} {role.actor.name:<18} {Role(role.role).label:<28} {role.area.name}"
            )
