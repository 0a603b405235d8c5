"""Data folders for real servers, and everything they leave elsewhere taken away again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.foundation.launcher import Server, processes
from alongside.foundation.launcher.places import Places, short_name


def remove(data_dir: Path) -> None:
    places = Places(data_dir)
    cluster = places.find_cluster()
    if cluster is not None:
        for pid in processes.list_processes(short_name(cluster)):
            processes.kill(pid, signal.SIGKILL)
            processes.reap(pid)
        processes.wait_until_gone(short_name(cluster), 10)
        shutil.rmtree(Path("/tmp") / short_name(cluster), ignore_errors=True)
        if places.pointer.exists():
            shutil.rmtree(cluster.parent)
    shutil.rmtree(data_dir, ignore_errors=True)


@pytest.fixture(autouse=True)
def no_database_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "ALONGSIDE_DB", "ALONGSIDE_DB_ROLE", "ALONGSIDE_DB_POOL", "ALONGSIDE_DATA"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose path other accounts may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="launcher-test-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    for found in (folder / "data", *folder.glob("*/data")):
        remove(found)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data_dir(open_folder: Path) -> Path:
    return open_folder / "data"


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    """A stopped server's data folder, to be copied: making one takes most of a second."""
    folder = Path(tempfile.mkdtemp(prefix="launcher-made-", dir="/tmp"))
    folder.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        server = Server(folder / "data").start()
        server.stop()
    yield folder / "data"
    remove(folder / "data")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_server(made_once: Path) -> Iterator[Server]:
    """One server for all tests that leave it as they found it."""
    folder = Path(tempfile.mkdtemp(prefix="launcher-shared-", dir="/tmp"))
    folder.chmod(0o711)
    copy_data(made_once, folder / "data")
    yield Server(folder / "data").start()
    remove(folder / "data")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(made_once: Path, data_dir: Path) -> Iterator[Server]:
    """A running server of the test's own."""
    copy_data(made_once, data_dir)
    yield Server(data_dir).start()


def copy_data(source: Path, target: Path) -> None:
    """Copy with owners, which shutil leaves out."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
