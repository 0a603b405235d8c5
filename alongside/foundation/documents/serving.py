"""Handing out a file: as what it is, in a box of its own, never run."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from alongside.foundation.documents.storage import read_file

#: Shown or played in a page; everything else is handed over to be saved.
SHOWN = {"image/png", "image/jpeg", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/webm"}
NAMED = SHOWN | {"application/pdf"}
BOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'"
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")


def serve(
    *, key: str, media_type: str, file_name: str, inline: bool = False, request: HttpRequest | None = None
) -> HttpResponse:
    """The file kept under this key. Raises FileNotFoundError. Who may open it is decided by whoever calls.

    With a request, a player may ask for a part of a recording.
    """
    return handed(read_file(key), media_type=media_type, file_name=file_name, inline=inline, request=request)


def handed(
    content: bytes, *, media_type: str, file_name: str, inline: bool = False, request: HttpRequest | None = None
) -> HttpResponse:
    """These bytes as a file."""
    response = HttpResponse(content, content_type=media_type if media_type in NAMED else "application/octet-stream")
    if media_type == "text/plain":
        response["Content-Type"] = "text/plain; charset=utf-8"
    how = "inline" if inline and media_type in SHOWN else "attachment"
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in file_name)
    response["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = BOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    if request is not None and media_type.startswith("audio/"):
        _part_of(response, content, request.headers.get("Range", ""))
    return response


def _part_of(response: HttpResponse, content: bytes, asked: str) -> None:
    """The part a player asks for: without this some of them play nothing."""
    response["Accept-Ranges"] = "bytes"
    found = _RANGE.fullmatch(asked)
    first = int(found[1]) if found else 0
    if not found or first >= len(content):
        return
    last = min(int(found[2]) if found[2] else len(content) - 1, len(content) - 1)
    if last < first:
        return
    response.status_code = 206
    response.content = content[first : last + 1]
    response["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
