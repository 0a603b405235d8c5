"""Using the embedded server for as long as one needs it, beside others who may need it longer."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .locks import holding, open_owned
from .server import Server


@contextmanager
def running(data_dir: Path | str | None = None) -> Iterator[Server]:
    """The server, adopted or started; the last user out stops it unless `keep` was asked for."""
    server = Server(data_dir)
    server.places.make_data_dir()
    with holding(server.places.change_lock):
        user = open_owned(server.places.users_lock)
        try:
            fcntl.flock(user, fcntl.LOCK_SH)
            server.start_locked()
        except BaseException:
            os.close(user)
            raise
    try:
        yield server
    finally:
        _leave(server, user)


def keep(data_dir: Path | str | None = None) -> Server:
    """Start or adopt the server and leave it up until it is stopped by name."""
    server = Server(data_dir).start()
    os.close(open_owned(server.places.kept))
    return server


def is_used(server: Server) -> bool:
    """Whether another process uses the server now."""
    user = open_owned(server.places.users_lock)
    try:
        return not _is_alone(user)
    finally:
        os.close(user)


def _leave(server: Server, user: int) -> None:
    with holding(server.places.change_lock):
        alone = _is_alone(user)
        os.close(user)
        if alone and not server.places.kept.exists():
            server.stop_locked()


def _is_alone(user: int) -> bool:
    try:
        fcntl.flock(user, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
