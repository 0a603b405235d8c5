"""Which records may go, and why. Disposing itself takes two people and is done on the page Retention."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.foundation import clock
from alongside.foundation.organisations.models import Organisation
from alongside.overview.retention.imports import list_imports
from alongside.overview.retention.queries import list_records


class Command(BaseCommand):
    help = "Lists which records of an ICB may go, by which rule. Changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", required=True, help="the only way there is")
        parser.add_argument("--icb", default="", help="the code of one ICB; every ICB unless given")
        parser.add_argument("--as-at", metavar="DATE", default="", help="as it will be on this day")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one object in the last line")

    def handle(self, *args: Any, icb: str, as_at: str, as_json: bool, **options: Any) -> None:
        try:
            today = date.fromisoformat(as_at) if as_at else clock.today()
        except ValueError as problem:
            raise CommandError("Give the day as 2039-05-02.") from problem
        areas = Organisation.objects.filter(kind="icb", **({"code": icb} if icb else {})).order_by("code")
        if icb and not areas:
            raise CommandError(f"There is no ICB with the code {icb}.")
        looked, may_go = 0, []
        for area in areas:
            records = [*list_records(area.pk, area.code), *list_imports(area.pk, area.code)]
            looked += len(records)
            may_go += [(area.code, record) for record in records if record.may_go(today)]
        if as_json:
            listed = [
                {
                    "icb": code,
                    "reference": record.reference,
                    "kept_until": record.kept.value.isoformat(),
                    "because": record.kept.because,
                    "source": record.kept.source,
                }
                for code, record in may_go
            ]
            self.stdout.write(json.dumps({"looked_at": looked, "may_go": len(listed), "records": listed}))
            return
        for code, record in may_go:
            self.stdout.write(f"{code} {record.reference}: {record.kept.because} Source: {record.kept.source}")
        self.stdout.write(f"{len(may_go)} of {looked} records off the register may go.")
