"""Programs are kept alive together and stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from alongside.foundation.launcher import supervisor as module
from alongside.foundation.launcher.supervisor import Child, Supervisor

FOREVER = "import time; time.sleep(60)"


def child(code: str, **more: object) -> Child:
    return Child("the program", [sys.executable, "-c", code], os.environ, **more)  # type: ignore[arg-type]


def when(condition: Callable[[], bool], act: Callable[[], object]) -> threading.Thread:
    def wait() -> None:
        deadline = time.monotonic() + 20
        while not condition() and time.monotonic() < deadline:
            time.sleep(0.02)
        act()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_and_is_a_success(number: signal.Signals) -> None:
    children = [child(FOREVER), child(FOREVER)]
    waiter = when(lambda: all(each.process for each in children), lambda: os.kill(os.getpid(), number))

    assert Supervisor(children).run() == 0

    waiter.join()
    assert all(each.process and each.process.returncode == -signal.SIGTERM for each in children)


def test_a_program_that_dies_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    diary = tmp_path / "diary"
    dies_once = (
        f"import pathlib, time; p = pathlib.Path({str(diary)!r})\nn = p.exists(); p.touch(); n and time.sleep(60)"
    )
    survivor = child(dies_once)
    waiter = when(
        lambda: survivor.quick_deaths == 1 and survivor.process is not None,
        lambda: os.kill(os.getpid(), signal.SIGTERM),
    )

    assert Supervisor([survivor]).run() == 0
    waiter.join()


def test_a_program_that_keeps_dying_stops_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "MOST_QUICK_DEATHS", 3)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.01)
    other = child(FOREVER)

    assert Supervisor([child("raise SystemExit(9)"), other]).run() == 1

    assert other.process is not None
    assert other.process.returncode is not None
    assert "in a row (status 9). Stopping." in capsys.readouterr().err


def test_a_status_that_a_restart_would_repeat_stops_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    hopeless = child("raise SystemExit(3)", hopeless=frozenset({3}))

    assert Supervisor([hopeless]).run() == 1

    assert hopeless.quick_deaths == 0
    assert "can't run (status 3)" in capsys.readouterr().err


def test_pauses_double_up_to_a_limit_and_a_steady_life_starts_afresh() -> None:
    program = child(FOREVER)
    assert [program.pause(1) for _ in range(8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert program.pause(module.STEADY_SECONDS) == 0.5


def test_what_ran_steadily_once_is_never_given_up() -> None:
    program = child(FOREVER)
    program.pause(module.STEADY_SECONDS)
    for _ in range(module.MOST_QUICK_DEATHS):
        assert not program.is_beyond_hope()
        program.pause(1)
    assert not program.is_beyond_hope()

    never_ran = child(FOREVER)
    for _ in range(module.MOST_QUICK_DEATHS):
        assert not never_ran.is_beyond_hope()
        never_ran.pause(1)
    assert never_ran.is_beyond_hope()


def test_children_end_when_their_supervisor_is_killed() -> None:
    script = (
        "import os, sys\n"
        "from alongside.foundation.launcher.supervisor import Child, Supervisor\n"
        f"c = Child('it', [sys.executable, '-c', {FOREVER!r}], os.environ)\n"
        "Supervisor([c]).run(once_started=lambda: print(c.process.pid, flush=True))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    orphan = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()

    deadline = time.monotonic() + 10
    while Path(f"/proc/{orphan}/cmdline").exists() and time.monotonic() < deadline:
        if not Path(f"/proc/{orphan}/cmdline").read_bytes():
            return
        time.sleep(0.02)
    assert not Path(f"/proc/{orphan}").exists()
