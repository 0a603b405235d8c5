"""Files made for tests: whole ones of each kind, and what may not come in."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from functools import cache

from PIL import Image

from alongside.foundation.documents.letters import Letter, as_pdf

WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
JPEG_GPS = 0x8825


def picture(form: str = "PNG", size: tuple[int, int] = (30, 20), **extra: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, form, **extra)  # type: ignore[arg-type]
    return written.getvalue()


def picture_with_place() -> bytes:
    """A photograph that says where it was taken, turned on its side."""
    notes = Image.Exif()
    notes[0x010F] = "SECRET-PHONE"
    notes[0x0112] = 6
    notes.get_ifd(JPEG_GPS)[2] = (51.0, 30.0, 0.0)
    return picture("JPEG", exif=notes)


def huge_picture() -> bytes:
    """A few bytes that say they are a picture of 40,000 by 40,000."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def packed(parts: Mapping[str, bytes], first: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as folder:
        if first:
            folder.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, content in parts.items():
            folder.writestr(name, content)
    return written.getvalue()


def word(**more: bytes) -> bytes:
    return packed(WORD | more)


def open_document() -> bytes:
    return packed({"content.xml": b"<x/>"}, first="application/vnd.oasis.opendocument.text")


@cache
def zip_bomb() -> bytes:
    return packed(WORD | {"word/media/a.xml": bytes(260 * 1024 * 1024)})


def locked_word() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@cache
def letter() -> bytes:
    return as_pdf(Letter(title="About Monday", on=date(2026, 11, 20), sender="Alongside", paragraphs=("Hello.",)))


def pdf_with(words: bytes) -> bytes:
    """A small PDF of one page whose catalogue says something more."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R " + words + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    ]
    written, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(written)


def pdf_with_packed(words: bytes) -> bytes:
    """The same, hidden in a packed list of objects."""
    inside = zlib.compress(b"5 0 " + words)
    head = b"6 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(inside)
    return pdf_with(b"").replace(b"xref", head + inside + b"\nendstream endobj\nxref", 1)


def m4a(handler: bytes = b"soun") -> bytes:
    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + name + content

    told = box(b"hdlr", bytes(8) + handler + bytes(13))
    return box(b"ftyp", b"M4A \0\0\0\0M4A ") + box(b"moov", box(b"trak", told)) + box(b"mdat", b"sound")


def mp3(frames: int = 5) -> bytes:
    return b"ID3\x04\0\0\0\0\0\0" + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def ogg(kind: bytes = b"OpusHead") -> bytes:
    def page(content: bytes) -> bytes:
        return b"OggS" + bytes(22) + b"\x01" + bytes([len(content)]) + content

    return page(kind + bytes(11)) + page(b"sound")


def webm(codec: bytes = b"A_OPUS") -> bytes:
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(40) + codec + bytes(100)
