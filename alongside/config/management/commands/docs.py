"""Writes `docs/reference/` from the code, so that it can't say anything else."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from alongside.config.reference import PAGES

FOLDER = Path(settings.ROOT) / "docs" / "reference"


class Command(BaseCommand):
    help = "Writes docs/reference/ from the code. --check: says which pages are stale, and fails if any is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        wanted = {FOLDER / name: write() for name, write in PAGES.items()}
        stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
        left_over = [path for path in FOLDER.glob("*.md") if path not in wanted]
        if check:
            for path in stale + left_over:
                self.stderr.write(f"{path.relative_to(settings.ROOT)} is stale. Run: alongside docs")
            if stale or left_over:
                sys.exit(1)
            return
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path in stale:
            path.write_text(wanted[path], "utf-8")
        for path in left_over:
            path.unlink()
        self.stdout.write(f"{len(stale)} of {len(wanted)} pages written.")
