"""What kind of file this is, judged by its bytes and never by its name, and whether it is safe to unpack."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from alongside.exchange.sheets.reading.sheet import (
    MOST_CELLS,
    MOST_PARTS,
    MOST_UNPACKED,
    SAVE_AGAIN,
    Unreadable,
)

XLSX, ODS, XLS, TEXT = "xlsx", "ods", "xls", "text"

_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WRONG_KINDS = (
    (b"%PDF", "This is a PDF. Ask for the spreadsheet that it was made from and send that."),
    (b"\x89PNG", "This is a picture. Send the spreadsheet itself, not a picture of it."),
    (b"\xff\xd8\xff", "This is a picture. Send the spreadsheet itself, not a picture of it."),
    (b"GIF8", "This is a picture. Send the spreadsheet itself, not a picture of it."),
    (b"{\\rtf", "This is a text document. Copy the table into a spreadsheet and send that."),
    (b"7z\xbc\xaf", "This is a packed file. Unpack it and send the spreadsheet inside."),
    (b"Rar!", "This is a packed file. Unpack it and send the spreadsheet inside."),
    (b"\x1f\x8b", "This is a packed file. Unpack it and send the spreadsheet inside."),
)
_WEB_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|table|workbook|\?mso)", re.I | re.S
)
_PASSWORD = "This workbook has a password. Open it, take the password off, save it and send it again."
_DAMAGED = f"This workbook is damaged or incomplete. {SAVE_AGAIN}"


@dataclass(frozen=True, slots=True)
class Container:
    """What a file is: 'xlsx', 'ods', 'xls' or 'text'; and how many formulas have no stored result."""

    kind: str
    empty_formulas: int = 0


def inspect(data: bytes) -> Container:
    """What kind of file this is. One that can't be a register, or isn't safe, raises Unreadable."""
    if not data.strip(b"\x00\t\r\n "):
        raise Unreadable("This file is empty. Check that it was saved, and send it again.")
    for start, sentence in _WRONG_KINDS:
        if data.startswith(start):
            raise Unreadable(sentence)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _kind_of_zip(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(_PASSWORD)
        return Container(XLS)
    if _WEB_PAGE.match(data[:2000].removeprefix(b"\xef\xbb\xbf")):
        raise Unreadable(f"This is a web page that carries the name of a spreadsheet. {SAVE_AGAIN}")
    return Container(TEXT)


def _kind_of_zip(data: bytes) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            empty_formulas = check_archive(archive, data)
            if "xl/workbook.xml" in names or any(n.startswith("xl/worksheets/") and n.endswith(".xml") for n in names):
                return Container(XLSX, empty_formulas)
            if "content.xml" in names:
                _check_open_document(archive, names)
                return Container(ODS)
    except Unreadable:
        raise
    except Exception as error:  # zipfile raises many kinds on damaged files
        raise Unreadable(_DAMAGED) from error
    raise Unreadable(_what_else(names))


def _check_open_document(archive: zipfile.ZipFile, names: set[str]) -> None:
    kind = archive.read("mimetype")[:200] if "mimetype" in names else b"spreadsheet"
    if b"spreadsheet" not in kind:
        raise Unreadable("This is a document, not a spreadsheet. Copy the table into a spreadsheet and send that.")
    if b"encryption-data" in (archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""):
        raise Unreadable(_PASSWORD)


def _what_else(names: set[str]) -> str:
    if any(name.startswith("xl/") and name.endswith(".bin") for name in names):
        return f"This is a binary workbook (.xlsb). {SAVE_AGAIN}"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "This is a document, not a spreadsheet. Copy the table into a spreadsheet and send that."
    if any(name.endswith(".iwa") for name in names):
        return "This is an Apple Numbers file. Choose 'Export to', then 'Excel', and send that file."
    return "This is a packed file (zip). Unpack it and send the spreadsheet inside."


def check_archive(archive: zipfile.ZipFile, data: bytes) -> int:
    """Unpack every part once, counting, so that a small file that would fill the memory is turned away.

    The sizes that the archive claims are not believed. Also counts how far the cells reach, because one cell in
    the last corner makes the reader reserve room for all the empty ones. Returns how many formulas hold no result.
    """
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Unreadable(f"This workbook has too many parts inside. {SAVE_AGAIN}")
    left, empty_formulas = MOST_UNPACKED, 0
    for part in parts:
        if part.flag_bits & 1:
            raise Unreadable(_PASSWORD)
        reach = _Reach() if part.filename.endswith(".xml") else None
        for chunk in _unpacked(part, data):
            left -= len(chunk)
            if left < 0:
                raise Unreadable(
                    f"This workbook unpacks to more than {MOST_UNPACKED // (1024 * 1024)} MB. "
                    "Copy the register alone into a new workbook and send that."
                )
            if reach:
                reach.look(chunk)
        empty_formulas += reach.empty_formulas if reach else 0
    return empty_formulas


def _unpacked(part: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
    start = part.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise Unreadable(_DAMAGED)
    name, extra = struct.unpack("<HH", data[start + 26 : start + 30])
    packed = memoryview(data)[start + 30 + name + extra :][: part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        for offset in range(0, len(packed), _CHUNK):
            yield bytes(packed[offset : offset + _CHUNK])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable(_DAMAGED)
    yield from _inflated(packed)


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    for offset in range(0, len(packed), _CHUNK):
        chunk = inflate.decompress(packed[offset : offset + _CHUNK], _CHUNK)
        yield chunk
        while inflate.unconsumed_tail:
            chunk = inflate.decompress(inflate.unconsumed_tail, _CHUNK)
            yield chunk


# A cell of an Excel sheet that isn't closed at once, so that holds something; and rows and repeats of the others.
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Za-z]{1,9})(\d{1,12})[\"'][^<>]*?(></(?:\w+:)?c>|/?>)")
_CELL_BEGUN = re.compile(rb"<(?:\w+:)?c\s[^<>]*>\Z")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br=[\"'](\d{1,12})[\"'][^<>]*?(/?)>")
_REPEATED = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^<>]*?)(/?)>|</table:(table-row|table)>")
_EMPTY_FORMULA = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f[^<>]*?/>)\s*(?:<v\s*/>|<v></v>)?\s*</(?:\w+:)?c>")
_TIMES = re.compile(rb"number-(?:columns|rows)-repeated=[\"'](\d{1,12})[\"']")


class _Reach:
    """How far the cells of one part reach, seen as its text goes by in pieces."""

    def __init__(self) -> None:
        self.rest = b""
        self.rows = self.columns = self.empty_formulas = 0
        self.open_rows = self.open_columns = self.row_times = self.held_columns = 0

    def look(self, chunk: bytes) -> None:
        """Look at the next piece; raise Unreadable when the rectangle of cells is too large."""
        text = self.rest + chunk
        end = text.rfind(b">") + 1
        # Some programs write an empty cell as `<c></c>`: whether one is empty is seen with what follows it.
        begun = _CELL_BEGUN.search(text, max(text.rfind(b"<", 0, end), 0), end)
        end = begun.start() if begun else end
        self.rest = text[end:][-4096:]
        text = text[:end]
        if b"table:table-" in text:
            self._look_at_open_document(text)
        self.empty_formulas += len(_EMPTY_FORMULA.findall(text))
        for letters, row, ends in _CELL.findall(text):
            if ends == b">":
                self.rows = max(self.rows, int(row))
                self.columns = max(self.columns, _column_number(letters))
        for row, closed in _ROW.findall(text):
            if not closed and int(row) > 2_000_000:
                self.rows = int(row)
        if max(self.rows, 1) * max(self.columns, 1) > MOST_CELLS or self.rows > 2_000_000:
            raise Unreadable(
                f"A cell far from the rest (row {self.rows:,}) makes this sheet too large to read. "
                "Copy the register alone into a new workbook and send that."
            )

    def _look_at_open_document(self, text: bytes) -> None:
        for found in _REPEATED.finditer(text):
            times = int(hit[1]) if (hit := _TIMES.search(found[2] or b"")) else 1
            if found[4] == b"table":
                self.open_rows = 0
            elif found[1] == b"table-row" and not found[3]:
                self.row_times, self.open_columns, self.held_columns = times, 0, 0
            elif found[1] == b"table-row":
                self.open_rows += times
            elif found[1]:
                self.open_columns += times
                if not found[3] or b"value-type" in (found[2] or b""):
                    self.held_columns = self.open_columns
            elif found[4] == b"table-row":
                self.open_rows += self.row_times
                if self.held_columns:
                    self.rows = max(self.rows, self.open_rows)
                    self.columns = max(self.columns, self.held_columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
