"""Organisations from code lists and from a file of the service's own."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import holidays
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from alongside.foundation.access import context
from alongside.foundation.access.me import find_me
from alongside.foundation.organisations.models import BankHoliday, Organisation, Succession
from alongside.foundation.recording.recording import recording

CODES = Path(__file__).parent / "codes"
FIRST_YEAR, LAST_YEAR = 2005, 2045
# For a successor of which nobody knows when it opened.
FIRST_DAY = date(FIRST_YEAR, 1, 1)
NEEDED = ("kind", "code", "name")
WANTED = frozenset(("region", "opened_on", "closed_on", "invented"))


class UnusableFile(Exception):
    """The file can't be loaded. The message says which line and what to do."""


@dataclass(frozen=True)
class Line:
    """One organisation to load. Dates may be empty; successors are codes of the same kind.

    `says`: what the file has a column for. Anything else stays as it is known.
    """

    kind: str
    code: str
    name: str
    region: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    successors: tuple[str, ...] = ()
    invented: bool = False
    says: frozenset[str] = WANTED


def seed_organisations() -> None:
    """ICBs with their history, regions and councils of the national code lists."""
    lines = [Line("region", row["ods"], row["name"]) for row in _rows("nhs_region.csv")]
    lines += [Line("council", row["ods"], row["name"]) for row in _rows("local_authority_ods_partial.csv")]
    lines += [_icb(row) for row in _rows("icb_with_history.csv")]
    load(lines)


def seed_bank_holidays() -> None:
    """Bank holidays of England, for days that nobody has corrected."""
    known = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    if not BankHoliday.objects.exists():
        BankHoliday.objects.bulk_create(BankHoliday(day=day, name=name) for day, name in known.items())


def _rows(name: str) -> Iterable[dict[str, str]]:
    with (CODES / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _icb(row: dict[str, str]) -> Line:
    return Line(
        "icb",
        row["ods"],
        _spoken(row["name"]),
        row["region_ods"],
        _day(row["open"]),
        _day(row["close"]),
        tuple(row["successors"].split()),
    )


def _spoken(name: str) -> str:
    """'NHS DORSET INTEGRATED CARE BOARD' as people write it."""
    small = {"And": "and", "Of": "of", "The": "the", "Nhs": "NHS"}
    words = [small.get(word, word) for word in name.title().split()]
    return " ".join(words).replace("-On-", "-on-").replace("Integrated Care Board", "ICB")


def read_file(path: Path) -> list[Line]:
    """Lines of a CSV file with headings kind, code, name and, if wanted, region, opened_on, closed_on, successors."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows, headings = list(reader), reader.fieldnames or []
    except OSError as problem:
        raise UnusableFile(f"{path} can't be opened: {(problem.strerror or str(problem)).lower()}.") from problem
    except (UnicodeDecodeError, csv.Error) as problem:
        raise UnusableFile(
            f"{path} is not a CSV file in UTF-8. In a spreadsheet program save it as 'CSV UTF-8', then load it again. "
            "Nothing was loaded."
        ) from problem
    if missing := [heading for heading in NEEDED if heading not in headings]:
        raise UnusableFile(
            f"The first line must name the columns; {', '.join(missing)} isn't there. "
            f"It needs {', '.join(NEEDED)} and may have region, opened_on, closed_on, successors, invented."
        )
    says = WANTED.intersection(headings)
    return [_checked(number, row, says) for number, row in enumerate(rows, 2)]


def _checked(number: int, row: dict[str, str], says: frozenset[str]) -> Line:
    kind, name = (row.get("kind") or "").strip(), (row.get("name") or "").strip()
    if kind not in Organisation.Kind.values:
        raise UnusableFile(
            f"Line {number}: '{kind}' is not a kind of organisation. Use one of {', '.join(Organisation.Kind.values)}."
        )
    if not name or not (row.get("code") or "").strip():
        raise UnusableFile(f"Line {number}: give each organisation a code and a name.")
    try:
        opened, closed = (
            _day((row.get("opened_on") or "").strip()),
            _day((row.get("closed_on") or "").strip()),
        )
    except ValueError as problem:
        raise UnusableFile(f"Line {number}: write dates as 2026-04-01.") from problem
    return Line(
        kind,
        row["code"].strip(),
        name,
        (row.get("region") or "").strip(),
        opened,
        closed,
        tuple((row.get("successors") or "").split()),
        (row.get("invented") or "").strip().lower() in ("1", "yes", "true"),
        says,
    )


def load_as_recorded(path: Path, *, at: datetime) -> int:
    """The lines of a file, in one recorded act; all or none. Raises UnusableFile."""
    lines = read_file(path)
    with context.as_engine():
        engine = find_me(at)
        assert engine is not None, "the engine's key is written by `migrate`"
        try:
            with transaction.atomic(), recording(by=engine, at=at) as note:
                changed = load(lines)
                note("organisations.loaded", words=f"{changed:,} organisations were loaded from a file.")
        except Organisation.DoesNotExist as problem:
            raise UnusableFile("A successor is named that is neither in the file nor known. Add its line.") from problem
        except (IntegrityError, DataError) as problem:
            raise UnusableFile(
                "Something in the file can't be: an organisation that closes before it opens, one that follows "
                f"itself, or a name or code that is too long. Nothing was loaded. ({str(problem).splitlines()[0]})"
            ) from problem
    return changed


def load(lines: Iterable[Line]) -> int:
    """Adds what is new and brings what is known up to date; returns how many were added or changed.

    Raises UnusableFile when a region is named that nobody knows.
    """
    lines = sorted(lines, key=lambda line: line.kind != "region")
    known = {(o.kind, o.code): o for o in Organisation.objects.filter(code__in=[line.code for line in lines])}
    regions = {o.code: o.pk for o in Organisation.objects.filter(kind="region")}
    changed = 0
    for line in lines:
        values = {"name": line.name} | {name: getattr(line, name) for name in line.says - {"region"}}
        if "region" in line.says:
            values["region_id"] = _region_of(line, regions)
        found = known.get((line.kind, line.code))
        if found is None:
            found = Organisation(kind=line.kind, code=line.code)
        elif all(getattr(found, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(found, name, value)
        found.save()
        known[(line.kind, line.code)] = found
        if line.kind == "region":
            regions[line.code] = found.pk
        changed += 1
    return changed + _join_successors(lines, known)


def _region_of(line: Line, regions: dict[str, int]) -> int | None:
    if line.region and line.region not in regions:
        raise UnusableFile(
            f"{line.kind} {line.code}: region '{line.region}' is neither in the file nor known. "
            "Write a region's code, such as Y56, or leave it empty."
        )
    return regions.get(line.region)


def _join_successors(lines: list[Line], known: dict[tuple[str, str], Organisation]) -> int:
    joined = 0
    for line in lines:
        for code in line.successors:
            successor = known.get((line.kind, code)) or Organisation.objects.get(kind=line.kind, code=code)
            on, before = successor.opened_on or FIRST_DAY, known[(line.kind, line.code)]
            # What was undone stays undone, however often the same list is loaded.
            stands = Succession.objects.filter(Q(undone_at=None) | Q(on_date=on), predecessor=before)
            if not stands.filter(successor=successor).exists():
                whole = len(line.successors) == 1
                Succession.objects.create(predecessor=before, successor=successor, on_date=on, whole=whole)
                joined += 1
    return joined
