"""PDF files: whole, without a password, without programs or other files in them.

The library is loaded where it is used: it takes long, and most processes never open a file.
"""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from threading import Lock

from alongside.foundation.documents.refused import NotAccepted

#: The library behind it does one thing at a time.
_ONE_AT_A_TIME = Lock()
MOST_UNPACKED = 200 * 1024 * 1024
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_PROGRAM = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])")
_FILES = re.compile(rb"/(EmbeddedFiles?|Filespec)(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
#: Dots for each point of the page: 1.5 is 108 dots an inch, which reads well on a screen.
SCALE = 1.5


def looks_like(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def check(content: bytes) -> bytes:
    """The same bytes. Raises NotAccepted."""
    if b"%%EOF" not in content[-2048:]:
        raise NotAccepted("damaged")
    for part in _parts(content):
        names = _plain(part)
        if _LOCKED.search(names):
            raise NotAccepted("locked")
        if _PROGRAM.search(names):
            raise NotAccepted("carries_program")
        if _FILES.search(names):
            raise NotAccepted("carries_files")
    if count_pages(content) == 0:
        raise NotAccepted("damaged")
    return content


def _plain(part: bytes) -> bytes:
    """Names as they are meant: a letter of them may be written as a number."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _parts(content: bytes) -> Iterator[bytes]:
    """The file without what is packed, then each packed list of objects: a program may stand in either."""
    streams = list(_STREAM.finditer(content))
    yield _without_streams(content, streams)
    unpacked = 0
    for start in streams:
        if b"ObjStm" not in _plain(content[max(0, start.start() - 400) : start.start()]):
            continue
        part = _unpacked(content[start.end() :])
        unpacked += len(part)
        if unpacked > MOST_UNPACKED:
            raise NotAccepted("unpacks_too_large")
        yield part


def _without_streams(content: bytes, streams: Sequence[re.Match[bytes]]) -> bytes:
    """Packed pictures and text may hold any bytes; what stands outside them is what the file does."""
    kept, at = [], 0
    for start in streams:
        if start.start() < at:
            continue
        kept.append(content[at : start.end()])
        end = content.find(b"endstream", start.end())
        at = end if end >= 0 else start.end()
    return b"".join([*kept, content[at:]])


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return packed[:MOST_UNPACKED]


def count_pages(content: bytes) -> int:
    """How many pages. Raises NotAccepted for what can't be opened."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(content) as found:
                pages = len(found)
                if pages:
                    found[0].close()
                return pages
        except pypdfium2.PdfiumError as problem:
            raise NotAccepted("locked" if "password" in str(problem).lower() else "damaged") from problem


def page_as_png(content: bytes, number: int) -> bytes:
    """The page, counted from 1, as a picture: nothing in it can do anything. Raises IndexError."""
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as found:
        if not 1 <= number <= len(found):
            raise IndexError(number)
        page = found[number - 1]
        longest = max(page.get_size())
        picture = page.render(scale=min(SCALE, 2400 / longest)).to_pil()
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def joined(parts: Sequence[bytes]) -> bytes:
    """One file of all pages, in order."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
        for part in parts:
            with pypdfium2.PdfDocument(part) as pages:
                whole.import_pages(pages)
        written = io.BytesIO()
        whole.save(written)
        whole.close()
        return written.getvalue()
