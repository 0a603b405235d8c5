"""The virus scanner, where there is one: ClamAV's daemon at its socket. Where it is named it must answer."""

import socket
import struct
from pathlib import Path

from django.conf import settings

from alongside.foundation.documents.refused import NotAccepted

AT_ONCE = 64 * 1024
PATIENCE_SECONDS = 30


def scan(content: bytes) -> None:
    """Raises NotAccepted when something is found, or when a scanner is named and does not answer.

    Without a scanner only the kinds of file that `checks` knows to be safe are taken; that is all.
    """
    path = _socket()
    if not path:
        return
    try:
        answer = _ask(path, content)
    except OSError as problem:
        raise NotAccepted("not_scanned") from problem
    if answer.endswith("FOUND"):
        raise NotAccepted("virus")
    if not answer.endswith("OK"):
        raise NotAccepted("not_scanned")


def _socket() -> str:
    named: str = settings.CLAMD
    usual = "/var/run/clamav/clamd.ctl"
    return named or (usual if Path(usual).exists() else "")


def _ask(path: str, content: bytes) -> str:
    """One file over the daemon's INSTREAM command: lengths before pieces, a zero length at the end."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(PATIENCE_SECONDS)
        line.connect(path)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), AT_ONCE):
            piece = content[at : at + AT_ONCE]
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        said = b""
        while piece := line.recv(4096):
            said += piece
    return said.rstrip(b"\0\n").decode(errors="replace")
