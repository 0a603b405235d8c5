"""A demonstration area with few people, and the product's own web server on it, in processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alongside.foundation import launcher
from tests.plugin import ROOT, as_owner, drop_database, template

PEOPLE = 45
BUILT = ROOT / "alongside/foundation/nhsuk/static/alongside.css"
THREADS = 4
STOPS_WITHIN_SECONDS = 20


class NotReady(Exception):
    """Something that the journeys need is missing; the words say what to do."""


@dataclass(frozen=True)
class World:
    """`address` has no slash at its end; `log` is what the server said; `environment` is for the product's commands."""

    address: str
    log: Path
    environment: dict[str, str]

    def runs(self, *command: str) -> str:
        """A command of the product on this world's database; what it printed."""
        asked = [sys.executable, "-m", "alongside.cli", *command]
        return subprocess.run(asked, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@contextmanager
def made_area(folder: Path) -> Iterator[str]:
    """A database filled by the demonstration command, from which each part's world is copied; its name."""
    if not BUILT.exists():
        raise NotReady("The styles and scripts are not built. Run `make install`, or `npm run build`.")
    name = f"journeys_{os.getpid()}"
    empty = template()
    with as_owner() as owner:
        owner.execute(f'create database "{name}" template "{empty}"')
    try:
        command = [sys.executable, "-m", "alongside.cli", "make-demo", "--people", str(PEOPLE)]
        with (folder / "made.log").open("w+") as words:
            made = subprocess.run(command, env=environment_of(name), cwd=ROOT, stdout=words, stderr=words, check=False)
            if made.returncode:
                words.seek(0)
                raise NotReady(f"The demonstration could not be made:\n{words.read()}")
        yield name
    finally:
        drop_database(name)


@contextmanager
def open_world(area: str, folder: Path) -> Iterator[World]:
    """A copy of that area, as it was made, served as the app role: nobody finds what others' journeys left there."""
    name = f"{area}_world"
    with as_owner() as owner:
        owner.execute(f'create database "{name}" template "{area}"')
    try:
        environment = environment_of(name)
        log = folder / "server.log"
        with log.open("w") as words, _served(environment, words) as address:
            yield World(address, log, environment)
    finally:
        drop_database(name)


def environment_of(database: str) -> dict[str, str]:
    """For a process that serves this database: like the product's own, with a pool of connections."""
    return os.environ | {
        "ALONGSIDE_DB": json.dumps(launcher.database_address() | {"name": database}),
        "ALONGSIDE_DB_ROLE": "app",
        "ALONGSIDE_DB_POOL": str(THREADS + 1),
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def _served(environment: dict[str, str], words: object) -> Iterator[str]:
    """The web server on a free port. It gets the socket already listening, so nobody has to wait for it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "alongside.config.wsgi:application", "--log-level", "warning"]
        command += ["--worker-class", "gthread", "--threads", str(THREADS), "--no-control-socket"]
        command += ["--graceful-timeout", "2"]
        command += ["--bind", f"fd://{listening.fileno()}"]
        server = subprocess.Popen(
            command, env=environment, cwd=ROOT, pass_fds=[listening.fileno()], stdout=words, stderr=words
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(STOPS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
