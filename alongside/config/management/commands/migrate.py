"""Django's `migrate`, followed by what must hold after every migration (see `config/settling.py`)."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from alongside.config.settling import settle_everything


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        whole = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        if whole:
            settle_everything()
