"""Sheets for the tests, and how they are brought in."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from alongside.exchange.planning import Planned, count
from alongside.exchange.running import check_sheet, find_mapping, import_sheet
from alongside.exchange.sheets import read_sheet
from tests.cast import Area, acting_as

SAMPLE = Path(__file__).parent / "data" / "register-northmoor.xlsx"
TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 14, 10, 0, tzinfo=UTC)
SAMPLE_COUNTS = {"rows": 187, "created": 178, "matched": 1, "review": 5, "refused": 2, "blank": 1}
HEADINGS = ("Name", "DOB", "NHS Number", "RAG", "RAG date", "Consent", "GP practice", "Keyworker", "Favourite thing")
KIT = (
    "Kit Ashdown",
    "04/03/2012",
    "9990000018",
    "Amber",
    "01/10/2026",
    "Yes - PR",
    "Vale Practice",
    "T. Varga",
    "Trains",
)


def sheet_of(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> bytes:
    """A CSV file with these rows."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([headings, *rows])
    return stream.getvalue().encode()


def changed(row: Sequence[str], headings: Sequence[str] = HEADINGS, **changes: str) -> tuple[str, ...]:
    """A row with other texts under some headings; `RAG_date` stands for 'RAG date'."""
    wanted = {name.replace("_", " "): text for name, text in changes.items()}
    return tuple(wanted.get(heading, text) for heading, text in zip(headings, row, strict=True))


def bring_in(area: Area, content: bytes, *, at: datetime = AT, listing: str = "child") -> list[Planned]:
    """The register coordinator of this area imports a file."""
    sheet = read_sheet(content, "register.csv")
    with acting_as(area.actors["coordinator"], at) as me:
        mapping = find_mapping(sheet, area.icb.pk)
        return import_sheet(me, area.icb, listing, "register.csv", sheet, mapping, at=at, today=at.date())


def check(area: Area, content: bytes, *, at: datetime = AT) -> list[Planned]:
    """The register coordinator of this area looks what would become of a file."""
    sheet = read_sheet(content, "register.csv")
    with acting_as(area.actors["coordinator"], at) as me:
        return check_sheet(me, area.icb.pk, "child", sheet, find_mapping(sheet, area.icb.pk), at.date())


def counts(planned: list[Planned]) -> dict[str, int]:
    """The summary without the outcomes that no row has."""
    return {name: number for name, number in count(planned).items() if number}
