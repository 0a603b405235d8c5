"""Plain text: words and nothing that a browser would run."""

import re

from alongside.foundation.documents.refused import NotAccepted

_MARKUP = re.compile(
    r"<\s*(!doctype|html|svg|script|iframe|object|embed|\?xml|\?php|body|head|img)\b|^#!|^\{\\rtf", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def as_text(content: bytes) -> str | None:
    """The words; None for what is not text."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None


def carries_program(content: bytes) -> bool:
    """Whether it is a page, a drawing or a script that a browser or a computer would run."""
    return bool(_MARKUP.search(content.decode("latin-1")))


def looks_like(content: bytes) -> bool:
    if content.startswith((b"%PDF", b"PK", b"\x89PNG", b"\xff\xd8", b"\xff\xfb", b"OggS", b"ID3")):
        return False
    return as_text(content) is not None and not carries_program(content)


def check(content: bytes) -> bytes:
    """The text in UTF-8."""
    text = as_text(content)
    if text is None:
        raise NotAccepted("other_type")
    return text.encode()
