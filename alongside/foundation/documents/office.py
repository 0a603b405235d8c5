"""Word and OpenDocument files: packed folders, looked through before anything else opens them."""

import io
import re
import zipfile
import zlib

from alongside.foundation.documents.refused import NotAccepted

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_PARTS = 3000
MOST_UNPACKED = 200 * 1024 * 1024
#: Text packs to a tenth, an empty table to a hundredth. A part that packs better than this hides something.
MOST_RATIO = 200
#: Below this a part can't hurt however well it packs.
SMALL = 1024 * 1024
AT_ONCE = 256 * 1024
ODT = b"application/vnd.oasis.opendocument.text"
_PROGRAM = re.compile(
    r"vbaProject|vbaData|activeX/|^Basic/|^Scripts/|\.(exe|dll|js|vbs|ps1|bat|cmd|scr|jar|hta|lnk)$", re.I
)
_FILES = re.compile(r"embeddings/|oleObject|^ObjectReplacements/|\.(zip|7z|rar|gz|docm|xlsm)$", re.I)
_REMOTE = re.compile(
    rb"Type=\"[^\"]*(attachedTemplate|oleObject|frame|subDocument)\"[^>]*TargetMode=\"External\""
    rb"|TargetMode=\"External\"[^>]*Type=\"[^\"]*(attachedTemplate|oleObject|frame|subDocument)\"",
    re.I,
)
_LOCKED_PART = 0x1


def is_docx(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and {"[Content_Types].xml", "word/document.xml"} <= _names(content)


def is_odt(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and content[30:46] == b"mimetype" + ODT[:8]


def _names(content: bytes) -> set[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return {part.filename for part in packed.infolist()[: MOST_PARTS + 1]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return set()


def check(content: bytes) -> bytes:
    """The same bytes. Unpacks every part as far as it may and keeps none. Raises NotAccepted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise NotAccepted("unpacks_too_large")
            total = 0
            for part in parts:
                total += _look_through(packed, part, MOST_UNPACKED - total)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as problem:
        raise NotAccepted("damaged") from problem
    return content


def _look_through(packed: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """How large this part is unpacked. What the file says of its own size is not believed."""
    if part.flag_bits & _LOCKED_PART:
        raise NotAccepted("locked")
    if _PROGRAM.search(part.filename):
        raise NotAccepted("carries_program")
    if _FILES.search(part.filename):
        raise NotAccepted("carries_files")
    size, rels = 0, part.filename.endswith(".rels")
    kept = b""
    with packed.open(part) as opened:
        while chunk := opened.read(AT_ONCE):
            size += len(chunk)
            if size > most or (size > SMALL and size > MOST_RATIO * max(part.compress_size, 1)):
                raise NotAccepted("unpacks_too_large")
            kept = kept + chunk if rels else b""
    if rels and _REMOTE.search(kept):
        raise NotAccepted("carries_program")
    if part.filename == "META-INF/manifest.xml" and b"encryption-data" in packed.read(part):
        raise NotAccepted("locked")
    return size
