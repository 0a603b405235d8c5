"""Whether a file may come in. Decided by what is in it, never by its name; what is not known to be safe stays out."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from alongside.foundation.documents import office, pdf, pictures, scanning, sounds, texts
from alongside.foundation.documents.refused import MOST_BYTES, NotAccepted
from alongside.foundation.documents.storage import key_of

LONGEST_NAME = 120


class Uploaded(Protocol):
    """A file as a form gives it. `size` counts everything that was sent, also what was not kept."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def read(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: how it is known, what its name ends with, and what is made of its content."""

    media_type: str
    endings: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    check: Callable[[bytes], bytes]


#: In this order: the first that looks like it decides.
KINDS: tuple[Kind, ...] = (
    Kind("application/pdf", (".pdf",), pdf.looks_like, pdf.check),
    Kind("image/png", (".png",), pictures.is_png, pictures.check_png),
    Kind("image/jpeg", (".jpg", ".jpeg"), pictures.is_jpeg, pictures.check_jpeg),
    Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
        office.is_docx,
        office.check,
    ),
    Kind("application/vnd.oasis.opendocument.text", (".odt",), office.is_odt, office.check),
    Kind("audio/mp4", (".m4a", ".mp4"), sounds.is_m4a, sounds.check_m4a),
    Kind("audio/mpeg", (".mp3",), sounds.is_mp3, sounds.check_mp3),
    Kind("audio/ogg", (".ogg", ".oga", ".opus"), sounds.is_ogg, sounds.check_ogg),
    Kind("audio/webm", (".webm", ".weba"), sounds.is_webm, sounds.check_webm),
    Kind("text/plain", (".txt",), texts.looks_like, texts.check),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept. Pictures are drawn anew, so that nothing hidden in them comes along."""

    content: bytes
    media_type: str
    file_name: str

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return key_of(self.content)


def check_upload(uploaded: Uploaded) -> Checked:
    """The file as it may be kept. Raises NotAccepted with a sentence that says what to do."""
    if (uploaded.size or 0) > MOST_BYTES:
        raise NotAccepted("too_large")
    return check_content(uploaded.read(), uploaded.name or "")


def check_content(content: bytes, name: str) -> Checked:
    """The same for bytes that are at hand."""
    if len(content) > MOST_BYTES:
        raise NotAccepted("too_large")
    if not content.strip():
        raise NotAccepted("empty")
    kind = next((kind for kind in KINDS if kind.looks_like(content)), None)
    if kind is None:
        raise NotAccepted(_why_not(content))
    file_name = clean_name(name)
    if PurePath(file_name).suffix not in kind.endings:
        raise NotAccepted("wrong_name")
    safe = kind.check(content)
    scanning.scan(content)
    return Checked(safe, kind.media_type, file_name)


def clean_name(name: str) -> str:
    """The last part of a name, without anything that hides or breaks, its ending in small letters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '"<>|:*?').strip(" .")
    path = PurePath(shown or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix.lower()[:10]


def _why_not(content: bytes) -> str:
    if content[:8] == office.OLD_OFFICE:
        return "locked" if office.ENCRYPTED in content else "old_word"
    if sounds.is_heic(content):
        return "phone_picture"
    if sounds.is_video(content):
        return "video"
    if texts.carries_program(content):
        return "carries_program"
    if any(content.startswith(kind) for kind in (b"%PDF", b"PK", b"\x89PNG", b"\xff\xd8")):
        return "damaged"
    return "other_type"
