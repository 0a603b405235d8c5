"""The pack as files: a PDF to read, and the same as data (JSON, and a CSV for each part), with the files themselves."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from alongside.features.people.models import Document
from alongside.foundation.access import context
from alongside.foundation.documents.letters import Letter, Section, as_pdf
from alongside.foundation.documents.storage import read_file
from alongside.overview.subject_access.pack import Part

TAKEN_OUT = "Something stands here that tells of somebody else. It was taken out."
PDF = "your-record.pdf"
#: The same moment in every file, so that the same content is the same pack.
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def make_pack(parts: Sequence[Part], out: set[tuple[str, int]], *, reference: str, sender: str, on: date) -> bytes:
    """A zip. `out` are the parts that were taken out; they stand there as taken out, never silently."""
    by_section: dict[str, list[Part]] = {}
    for part in parts:
        by_section.setdefault(part.section, []).append(part)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        _put(files, PDF, _pdf(by_section, out, reference=reference, sender=sender, on=on))
        _put(files, "your-record.json", _json(by_section, out).encode())
        for section, some in by_section.items():
            _put(files, f"data/{_file_name(section)}.csv", _csv(some, out).encode())
        for name, content in _documents(parts, out).items():
            _put(files, f"files/{name}", content)
    return packed.getvalue()


def read_pdf(pack: bytes) -> bytes:
    """The PDF out of a pack."""
    with zipfile.ZipFile(io.BytesIO(pack)) as files:
        return files.read(PDF)


def _put(files: zipfile.ZipFile, name: str, content: bytes) -> None:
    files.writestr(zipfile.ZipInfo(name, _FIRST_DAY), content, zipfile.ZIP_DEFLATED)


def _pdf(
    by_section: Mapping[str, list[Part]], out: set[tuple[str, int]], *, reference: str, sender: str, on: date
) -> bytes:
    sections = [
        Section(
            heading=section,
            points=tuple(
                TAKEN_OUT
                if part.key in out
                else " ".join(_sentence(f"{label}: {words}") for label, words in part.lines)
                for part in some
            ),
        )
        for section, some in by_section.items()
    ]
    return as_pdf(
        Letter(
            title="What we hold about you",
            on=on,
            sender=sender,
            reference=reference,
            paragraphs=(
                "This is everything that our record of you has in it, on the day above. Where something tells of "
                "somebody else and was taken out, the place says so.",
                "If something is wrong, tell us and we put it right. If you are not content with how we answered, you "
                "can ask the Information Commissioner to look at it.",
            ),
            sections=tuple(sections),
        )
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _json(by_section: Mapping[str, list[Part]], out: set[tuple[str, int]]) -> str:
    return json.dumps(
        {
            section: [TAKEN_OUT if part.key in out else dict(part.lines) for part in some]
            for section, some in by_section.items()
        },
        ensure_ascii=False,
        indent=2,
    )


def _csv(parts: Sequence[Part], out: set[tuple[str, int]]) -> str:
    columns = list(dict.fromkeys(label for part in parts for label, _ in part.lines))
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(columns)
    for part in parts:
        said = dict(part.lines)
        sheet.writerow([TAKEN_OUT] if part.key in out else [plain_cell(said.get(column, "")) for column in columns])
    return text.getvalue()


def plain_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _file_name(section: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", section.casefold()).strip("-")


def _documents(parts: Sequence[Part], out: set[tuple[str, int]]) -> dict[str, bytes]:
    """The files themselves, but those taken out; a file that is gone from the store is named in the PDF and missing."""
    table = Document._meta.db_table
    wanted = [part.row_id for part in parts if part.table == table and part.key not in out]
    with context.as_engine():
        rows = list(Document.objects.filter(pk__in=wanted).order_by("pk"))
    found = {}
    for row in rows:
        try:
            found[f"{row.pk}-{re.sub(r'[^A-Za-z0-9._-]', '_', row.file_name)}"] = read_file(row.storage_key)
        except FileNotFoundError:
            continue
    return found
