"""Where files are: outside the web root, named by what is in them, written whole or not at all."""

import hashlib
import os
import re
import secrets
from pathlib import Path

from alongside.foundation.secrets import data_directory

_KEY = re.compile(r"[0-9a-f]{64}")


def key_of(content: bytes) -> str:
    """The key under which this content is kept: its SHA-256."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Keeps the content and gives its key. The same content twice is one file."""
    key = key_of(content)
    place = _place(key)
    if place.exists():
        return key
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.with_name(f".{key}.{secrets.token_hex(4)}")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.rename(place)
    return key


def read_file(key: str) -> bytes:
    """What is kept under this key. Raises FileNotFoundError, also for content that is no longer what it was."""
    content = _place(key).read_bytes()
    if key_of(content) != key:
        raise FileNotFoundError(f"The file {key} is damaged.")
    return content


def forget(key: str) -> None:
    """Takes the file away. Nothing may name it any more; one that is not there is gone already."""
    _place(key).unlink(missing_ok=True)


def _place(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise FileNotFoundError("not a key")
    return data_directory() / "files" / key[:2] / key
