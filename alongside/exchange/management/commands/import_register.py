"""`alongside import-register FILE --icb CODE`: a spreadsheet becomes a live register.

The last line on standard output is the summary as JSON; everything about progress goes to standard error.
"""

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from alongside.exchange.planning import Planned, count
from alongside.exchange.running import (
    CannotImport,
    Steps,
    acting_as_job,
    check_sheet,
    find_icb,
    find_mapping,
    import_sheet,
)
from alongside.exchange.said import shown_name_of
from alongside.exchange.sheets import BadMapping, Mapping, Unreadable, read_sheet
from alongside.exchange.text import OUTCOMES, summary_sentences
from alongside.exchange.writing import Progress
from alongside.features.register.models import Listing
from alongside.foundation import clock
from alongside.foundation.access.protected import NotNow, Refused

# So many rows that need somebody are told one by one.
MOST_TOLD = 50
# So many of those who would be new, of a check.
MOST_NEW_TOLD = 20


class Command(BaseCommand):
    help = "Imports a register from a CSV or Excel file. Running it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--icb", required=True, metavar="CODE", help="code of the ICB whose register it is")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row; write nothing")
        parser.add_argument("--json", action="store_true", dest="only_json", help="print the summary only")
        parser.add_argument("--listing", choices=Listing.values, default=Listing.CHILD, help="which list (child)")
        parser.add_argument("--mapping", metavar="FILE", help="a mapping of the columns, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            planned = self._import(**options)
        except (Unreadable, NotNow, Refused) as problem:
            raise CommandError(problem.sentence) from None
        except (BadMapping, CannotImport) as problem:
            raise CommandError(str(problem)) from None
        counts = count(planned)
        if not options["only_json"]:
            self._tell(planned, counts, dry=options["dry_run"])
        self.stdout.write(json.dumps(counts))

    def _import(self, **options: Any) -> list[Planned]:
        at, today = clock.now(), clock.today()
        icb = find_icb(options["icb"], today)
        path = Path(options["file"])
        self.stderr.write(f"Reading {path.name}.")
        sheet = read_sheet(path, path.name)
        for sentence in sheet.notes:
            self.stderr.write(sentence)
        given = _read_mapping(options["mapping"]) if options["mapping"] else None
        # Of a check nothing stays, not even that it was made.
        with transaction.atomic() if options["dry_run"] else nullcontext():
            with acting_as_job(icb, at, today) as me:
                mapping = find_mapping(sheet, icb.pk, given)
                read, written = self._progress("Read"), self._progress("Written")
                if options["dry_run"]:
                    planned = check_sheet(me, icb.pk, options["listing"], sheet, mapping, today, read)
                else:
                    steps = Steps(reading=read, writing=written)
                    planned = import_sheet(
                        me, icb, options["listing"], path.name, sheet, mapping, at=at, today=today, steps=steps
                    )
            if options["dry_run"]:
                transaction.set_rollback(True)
        return planned

    def _progress(self, word: str) -> Progress:
        def tell(done: int, of: int) -> None:
            self.stderr.write(f"{word} {done:,} of {of:,}.")
            if word == "Written" and done == of:
                self.stderr.write("Working out what is due for everybody.")

        return tell

    def _tell(self, planned: list[Planned], counts: dict[str, int], *, dry: bool) -> None:
        if dry:
            self.stdout.write("A check only: nothing was written.")
        for sentence in summary_sentences(counts):
            self.stdout.write(sentence)
        new = [one for one in planned if one.outcome == "created"]
        if dry and new:
            self.stdout.write(f"{len(new):,} would come onto the register:")
            for one in new[:MOST_NEW_TOLD]:
                self.stdout.write(
                    f"Row {one.row.number}: {shown_name_of(one.row) or 'no name'}. {' '.join(one.sentences)}".strip()
                )
            if len(new) > MOST_NEW_TOLD:
                self.stdout.write(f"And {len(new) - MOST_NEW_TOLD:,} more like these.")
        waiting = [one for one in planned if one.outcome in ("review", "refused")]
        for one in waiting[:MOST_TOLD]:
            self.stdout.write(f"Row {one.row.number}: {OUTCOMES[one.outcome].lower()}. {' '.join(one.sentences)}")
        if len(waiting) > MOST_TOLD:
            self.stdout.write(f"And {len(waiting) - MOST_TOLD:,} more; the import page shows them all.")
        differing = sum(1 for one in planned if one.differences)
        if differing:
            self.stdout.write(f"For {differing:,} people the sheet says something else: decide on the import page.")


def _read_mapping(name: str) -> Mapping:
    try:
        return Mapping.from_json(json.loads(Path(name).read_text(encoding="utf-8")))
    except OSError:
        raise CannotImport(f"The mapping '{name}' could not be opened.") from None
    except ValueError as problem:
        if isinstance(problem, BadMapping):
            raise
        raise CannotImport(f"The mapping '{name}' is not JSON.") from None
