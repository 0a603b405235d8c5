"""Telling a living server from a dead one: its PID file and the system's process table.

A process that was killed keeps its number until its parent has asked after it, and a number may have gone to
another program. So a number alone proves nothing: the process must also carry the cluster's own name.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class PidFile:
    """The lines of postmaster.pid that we use."""

    pid: int
    socket_dir: Path | None


def read_pid_file(cluster: Path) -> PidFile | None:
    """What postmaster.pid says, or None when there is none or it is being written."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        pid = abs(int(lines[0]))
    except (FileNotFoundError, ValueError, IndexError):
        return None
    named = lines[4].strip() if len(lines) > 4 else ""
    return PidFile(pid, Path(named) if named else None)


def reap(pid: int) -> None:
    """Let go of a dead child of ours; harmless for any other process."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def is_postmaster(pid: int, cluster_name: str) -> bool:
    """Whether this process is the living main process of the cluster."""
    reap(pid)
    words = _words(pid)
    return bool(words) and os.path.basename(words[0]) == "postgres" and f"cluster_name={cluster_name}" in words


def list_processes(cluster_name: str) -> list[int]:
    """Every living process of the cluster, its main process included."""
    return [pid for pid in _pids() if is_postmaster(pid, cluster_name) or _is_child(pid, cluster_name)]


def wait_until_gone(cluster_name: str, seconds: float) -> list[int]:
    """Wait for the cluster's processes to end; those that haven't."""
    deadline = time.monotonic() + seconds
    while (left := list_processes(cluster_name)) and time.monotonic() < deadline:
        # Looking at all processes is dear; looking at these is cheap.
        while any(_is_alive(pid) for pid in left) and time.monotonic() < deadline:
            time.sleep(0.02)
    return left


def kill(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _is_alive(pid: int) -> bool:
    reap(pid)
    return bool(_words(pid))


def _is_child(pid: int, cluster_name: str) -> bool:
    words = _words(pid)
    return bool(words) and words[0].startswith(f"postgres: {cluster_name}: ")


def _words(pid: int) -> list[str]:
    """The command line; empty for a zombie, which is what tells it from the living."""
    try:
        text = (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return []
    return [os.fsdecode(word) for word in text.split(b"\0") if word]


def _pids() -> Iterator[int]:
    return (int(name) for name in os.listdir(PROC) if name.isdigit())
