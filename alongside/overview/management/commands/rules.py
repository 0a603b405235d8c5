"""Prints the rules: what each says, where it comes from, and whether the product computes it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation.organisations.models import Organisation
from alongside.overview.engine.rulesets import current_ruleset
from alongside.policy.rules.printing import printed


class Command(BaseCommand):
    help = "Prints the table of time limits. --json: one object a row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--icb", default="", metavar="CODE", help="with this ICB's own values")

    def handle(self, *args: Any, as_json: bool = False, icb: str = "", **options: Any) -> None:
        if icb and not Organisation.objects.filter(kind="icb", code=icb).exists():
            raise CommandError(f"There is no ICB with the code {icb}.")
        rows = printed(current_ruleset(icb))
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            live = "live" if row["live"] else "not live"
            words = f"{row['title']}: {row['length']}".replace("\n", " ")
            self.stdout.write(f"{row['row']:>3}  {words} ({row['label']}, {live}; {row['source_label']})")
