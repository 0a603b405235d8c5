"""File locks. The system lets go of them when a process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import LauncherError


def open_owned(path: Path, flags: int = os.O_RDWR) -> int:
    """Open a private file of the data folder, made with the folder's owner so that root doesn't shut it out."""
    try:
        file = os.open(path, flags | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        raise LauncherError(
            f"The data folder {path.parent} can't be written by this account ({problem.strerror}). "
            "Run this as the account that made it, or set ALONGSIDE_DATA to another folder."
        ) from problem
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(file, owner.st_uid, owner.st_gid)
    return file


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold the lock alone, waiting for whoever has it."""
    file = open_owned(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
