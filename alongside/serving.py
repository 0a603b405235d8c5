"""The web server and the job worker, side by side on one machine."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alongside.foundation.launcher import LauncherError, Server
from alongside.foundation.launcher.locks import open_owned
from alongside.foundation.launcher.places import Places
from alongside.foundation.launcher.processes import PROC, kill
from alongside.foundation.launcher.supervisor import Child, Supervisor, say

WEB_PROCESSES, THREADS = 2, 4
LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
# gunicorn's own statuses for 'a worker could not boot' and 'the application could not be loaded'.
GUNICORN_HOPELESS = frozenset({3, 4})
FIRST_ANSWER_SECONDS = 60.0


def wanted_port() -> int:
    """PORT, 8000 unless set."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise LauncherError(f"PORT is '{text}'; it must be a number from 1 to 65535.")
    return int(text)


@contextmanager
def claimed(data_dir: Path, port: int) -> Iterator[None]:
    """Hold the port for one `run`: end what a killed one left behind, and refuse a port that others use."""
    Places(data_dir).make_data_dir()
    lock = open_owned(data_dir / f"run-{port}.lock")
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LauncherError(f"Alongside already runs here on port {port}: http://localhost:{port}") from None
        _end_leftovers(_mark(data_dir, port))
        _refuse_taken(port)
        yield
    finally:
        os.close(lock)


def serve(server: Server | None, environment: dict[str, str], data_dir: Path, port: int) -> int:
    """Run both until a signal comes; the exit status."""
    base = os.environ | environment | {"ALONGSIDE_DB_ROLE": "app", "PYTHONUNBUFFERED": "1"}
    base["ALONGSIDE_RUN"] = _mark(data_dir, port)
    pooled = base | {"ALONGSIDE_DB_POOL": str(THREADS + 1)}
    web = Child("the web server", _gunicorn(port), pooled, GUNICORN_HOPELESS)
    worker_command = [sys.executable, "-m", "alongside.cli", "worker"]
    children = [web, Child("the job worker", worker_command, base, frozenset({127}))]
    supervisor = Supervisor(children, look_after=_database_keeper(server))
    return supervisor.run(once_started=lambda: _announce(supervisor, environment, port))


def _gunicorn(port: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "alongside.config.wsgi:application"]
    command += ["--config", "python:alongside.config.web"]
    command += ["--worker-class", "gthread", "--workers", str(WEB_PROCESSES), "--threads", str(THREADS)]
    command += [
        "--graceful-timeout",
        "10",
        "--timeout",
        "60",
        "--log-level",
        "warning",
        "--no-control-socket",
    ]
    for family, host in _addresses():
        command += ["--bind", f"[{host}]:{port}" if family == socket.AF_INET6 else f"{host}:{port}"]
    if os.access("/dev/shm", os.W_OK):
        command += ["--worker-tmp-dir", "/dev/shm"]
    return command


def _database_keeper(server: Server | None) -> Callable[[], None]:
    """Start an embedded database again that died under us."""

    def keep() -> None:
        if server is not None and server.pid is None:
            say("the database ended; starting it again.")
            server.start()

    return keep


def _announce(supervisor: Supervisor, environment: dict[str, str], port: int) -> None:
    """Wait for the first answer, then say where it is and who can sign in."""
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while time.monotonic() < deadline and supervisor.is_alive() and not supervisor.is_stopping:
        if _answers(port):
            print(f"Alongside is at http://localhost:{port}", flush=True)
            command = [sys.executable, "-m", "alongside.cli", "cast"]
            subprocess.run(command, env=os.environ | environment, stdin=subprocess.DEVNULL, check=False)
            return
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _addresses() -> list[tuple[int, str]]:
    """The loopback addresses of this machine; `localhost` may mean either."""
    return [(family, host) for family, host in LOOPBACK if _bind(family, host, 0) != errno.EADDRNOTAVAIL]


def _refuse_taken(port: int) -> None:
    for family, host in _addresses():
        problem = _bind(family, host, port)
        if problem == errno.EADDRINUSE:
            raise LauncherError(
                f"Port {port} is in use by another program. "
                f"Choose another, for example: PORT={port % 65535 + 1} make run"
            )
        if problem == errno.EACCES:
            raise LauncherError(f"This account may not use port {port}. Choose one from 1024: PORT=8000 make run")


def _bind(family: int, host: str, port: int) -> int | None:
    """Why this address can't be listened on, as an errno; None when it can."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
            tried.listen(1)
    except OSError as problem:
        # A kernel without IPv6 has no such family at all.
        return errno.EADDRNOTAVAIL if problem.errno == errno.EAFNOSUPPORT else problem.errno
    return None


def _mark(data_dir: Path, port: int) -> str:
    return f"{os.path.realpath(data_dir)}:{port}"


def _end_leftovers(mark: str) -> None:
    """End the children of a `run` that was killed; we hold its lock, so whoever carries its mark is one."""
    wanted = os.fsencode(f"ALONGSIDE_RUN={mark}")
    for _ in range(100):
        left = [pid for pid in own_processes() if wanted in _environment_of(pid)]
        if not left:
            return
        for pid in left:
            kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def own_processes() -> list[int]:
    return [int(name) for name in os.listdir(PROC) if name.isdigit() and int(name) != os.getpid()]


def _environment_of(pid: int) -> list[bytes]:
    try:
        return (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return []
