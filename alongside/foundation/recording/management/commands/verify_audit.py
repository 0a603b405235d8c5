"""`alongside verify-audit`: whether the audit is as it was written. Exit status 1 when it is not."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from alongside.foundation.recording.verify import verify_audit


class Command(BaseCommand):
    help = "Recompute the audit's digests and seals and compare them with the file outside; 1 when tampered with."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_audit()
        for words, rows in verdict.rows.items():
            self.stdout.write(f"{words}: {rows} rows")
        self.stdout.write(f"seals: {verdict.seals}")
        for line in verdict.disposed:
            self.stdout.write(f"disposed: {line}")
        for line in verdict.tampered:
            self.stdout.write(f"tampered: {line}")
        self.stdout.write(verdict.state)
        if verdict.state == "tampered":
            sys.exit(1)
