"""Keeping a few programs alive together, and stopping them together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from . import processes

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart, doubled each time
STEADY_SECONDS = 60.0  # who lived this long starts afresh with the first pause
MOST_QUICK_DEATHS = 6
STOP_SECONDS = 20.0
TICK_SECONDS = 0.2
PR_SET_PDEATHSIG = 1


def say(sentence: str) -> None:
    """Tell the person at the terminal; standard output is for results."""
    print(f"alongside: {sentence}", file=sys.stderr, flush=True)


@dataclass
class Child:
    """A program to keep alive. `hopeless` are exit statuses that a restart would only repeat."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    hopeless: frozenset[int] = frozenset()
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started: float = 0.0
    quick_deaths: int = 0
    proven: bool = False
    start_again: float = 0.0

    def start(self) -> None:
        # A session of its own keeps Ctrl-C for the supervisor, which stops everything in order.
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self.started = time.monotonic()

    def is_beyond_hope(self) -> bool:
        """Whether it never ran properly. What did run may wait out a database that is away for a while."""
        return not self.proven and self.quick_deaths >= MOST_QUICK_DEATHS

    def pause(self, lived: float) -> float:
        """Seconds to wait before the next start, after it lived so long."""
        steady = lived >= STEADY_SECONDS
        self.proven = self.proven or steady
        self.quick_deaths = 0 if steady else self.quick_deaths + 1
        return float(min(FIRST_PAUSE * 2 ** max(self.quick_deaths - 1, 0), LONGEST_PAUSE))


class Supervisor:
    """Runs children until a signal comes or one of them can't be kept alive."""

    def __init__(self, children: list[Child], look_after: Callable[[], None] = lambda: None) -> None:
        self.children = children
        self._look_after = look_after
        self._stopping = False

    def run(self, once_started: Callable[[], None] = lambda: None) -> int:
        """Start all, keep them alive, stop all. 0 after a signal, 1 when one can't be kept alive."""
        before = {number: signal.signal(number, self._stop) for number in _STOP_SIGNALS}
        try:
            for child in self.children:
                child.start()
            once_started()
            return self._keep_alive()
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    @property
    def is_stopping(self) -> bool:
        return self._stopping

    def is_alive(self) -> bool:
        return all(child.process is not None and child.process.poll() is None for child in self.children)

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping = True

    def _keep_alive(self) -> int:
        while not self._stopping:
            for child in self.children:
                if not self._still_worth_it(child):
                    return 1
            self._look_after()
            time.sleep(TICK_SECONDS)
        return 0

    def _still_worth_it(self, child: Child) -> bool:
        if child.process is None:
            if time.monotonic() >= child.start_again:
                child.start()
            return True
        status = child.process.poll()
        if status is None:
            return True
        if status in child.hopeless:
            say(f"{child.name} can't run (status {status}); its own words are above. Stopping.")
            return False
        pause = child.pause(time.monotonic() - child.started)
        if child.is_beyond_hope():
            say(f"{child.name} ended {child.quick_deaths} times in a row (status {status}). Stopping.")
            return False
        say(f"{child.name} ended (status {status}); starting it again in {pause:g} s.")
        child.process, child.start_again = None, time.monotonic() + pause
        return True

    def _stop_all(self) -> None:
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            processes.kill(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in alive:
            try:
                process.wait(timeout=max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _end_with_parent() -> None:
    """A supervisor that is killed can't stop its children, so the system tells them (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
