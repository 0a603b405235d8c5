"""Starting, adopting and stopping the embedded PostgreSQL server."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from . import cluster as clusters
from . import processes
from .account import Account, server_account
from .errors import LauncherError
from .locks import holding, open_owned
from .places import PORT, SOCKET_NAME, Places, default_data_dir, make_socket_dir, short_name
from .programs import find_programs, programs_for

# Recovery after a crash replays the log; a busy disk may need minutes, and giving up would only repeat it.
START_SECONDS = 300.0
STOP_SECONDS = 60.0
LOG_LIMIT_BYTES = 10 * 1024 * 1024
# The servers outlive the objects that started them, so their processes are kept here.
_started: list[subprocess.Popen[bytes]] = []
REFUSED = ("authentication failed", "no pg_hba.conf entry", "does not exist", "not permitted")


class Server:
    """One embedded server for one data folder. Any number of these may stand for the same server."""

    def __init__(self, data_dir: Path | str | None = None) -> None:
        self.places = Places(Path(data_dir) if data_dir is not None else default_data_dir())
        self._process: subprocess.Popen[bytes] | None = None
        self._socket_dir: Path | None = None

    # -- what it is

    @property
    def cluster(self) -> Path:
        found = self.places.find_cluster()
        if found is None:
            raise LauncherError(f"There is no database in {self.places.data_dir} yet. Run `make setup`.")
        return found

    @property
    def pid(self) -> int | None:
        """The main process's number while it lives."""
        found = self.places.find_cluster()
        noted = processes.read_pid_file(found) if found else None
        if found is None or noted is None:
            return None
        return noted.pid if processes.is_postmaster(noted.pid, short_name(found)) else None

    @property
    def socket_dir(self) -> Path:
        if self._socket_dir is None:
            raise LauncherError("The database isn't running. Start it with `alongside db start`.")
        return self._socket_dir

    def is_running(self) -> bool:
        """Whether it lives and answers."""
        return self.pid is not None and self._find_socket() and self._problem() is None

    def dsn(self, dbname: str = clusters.DATABASE, user: str = clusters.APP) -> dict[str, Any]:
        """Connection parameters for psycopg: `psycopg.connect(**server.dsn())`."""
        return {"host": str(self.socket_dir), "port": PORT, "dbname": dbname, "user": user}

    def address(self, dbname: str = clusters.DATABASE) -> dict[str, Any]:
        """What ALONGSIDE_DB carries to child processes."""
        place: dict[str, Any] = {"host": str(self.socket_dir), "port": PORT, "name": dbname}
        return place | {"owner": clusters.OWNER, "app": clusters.APP}

    # -- what it does

    def start(self) -> Server:
        """Make the cluster if absent, start the server or adopt the running one, and wait for its answer."""
        self.places.make_data_dir()
        with holding(self.places.change_lock):
            return self.start_locked()

    def start_locked(self) -> Server:
        """`start` for a caller that holds the change lock."""
        programs = find_programs()
        found = self.places.find_cluster()
        account = server_account(found)
        if found is None:
            found = self.places.place_new_cluster(account)
            clusters.make_cluster(found, programs_for(account, programs), account)
        clusters.refuse_other_version(found, programs)
        if not self._adopt(found):
            self._clear_leftovers(found)
            self._spawn(found, programs_for(account, programs).path("postgres"), account)
        self._prepare()
        return self

    def stop(self) -> None:
        """Stop the server, whoever started it, and wait until it has gone. Nothing to do when it is down."""
        with holding(self.places.change_lock):
            self.stop_locked()

    def stop_locked(self) -> None:
        """`stop` for a caller that holds the change lock."""
        self.places.kept.unlink(missing_ok=True)
        name = short_name(self.cluster)
        self._find_socket()
        # Fast: roll back and leave. Immediate, if that hangs, loses nothing: the next start replays the log.
        for number in (signal.SIGINT, signal.SIGQUIT):
            pid = self.pid
            if pid is None:
                return
            processes.kill(pid, number)
            if not processes.wait_until_gone(name, STOP_SECONDS):
                self._forget()
                return
        raise LauncherError(f"The database's process {self.pid} doesn't end. See {self.places.log}.")

    def ensure_database(self, name: str) -> bool:
        """Make a database with its extensions, owned by the owner role. True when it was absent."""
        with self._admin() as connection:
            if clusters.has_database(connection, name):
                return False
            made = sql.SQL("create database {} owner {}")
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(clusters.OWNER)))
        with self._admin(name) as connection:
            for extension in clusters.EXTENSIONS:
                connection.execute(f"create extension if not exists {extension}")
        return True

    # -- how

    def _adopt(self, cluster: Path) -> bool:
        """Join a server that already runs; False when there is none, or when it was on its way out."""
        deadline = time.monotonic() + START_SECONDS
        while self.pid is not None and time.monotonic() < deadline:
            if self._find_socket() and self._answers():
                return True
            time.sleep(0.02)
        if self.pid is not None:
            raise LauncherError(f"The database runs as process {self.pid} and doesn't answer. See {self.places.log}.")
        return False

    def _clear_leftovers(self, cluster: Path) -> None:
        """After a kill: wait for orphans, which end by themselves; drop a PID file that names the dead."""
        name = short_name(cluster)
        for pid in processes.wait_until_gone(name, 10):
            processes.kill(pid, signal.SIGKILL)
        if processes.wait_until_gone(name, 10):
            raise LauncherError(f"Processes of an earlier database still hold {cluster}. Stop them and try again.")
        (cluster / "postmaster.pid").unlink(missing_ok=True)

    def _spawn(self, cluster: Path, postgres: str, account: Account) -> None:
        socket_dir = make_socket_dir(cluster, account, self._socket_dir)
        # No process of this cluster lives and the folder is its own, so these name the dead as well.
        for left in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (socket_dir / left).unlink(missing_ok=True)
        command = [postgres, "-D", str(cluster)]
        for key, value in clusters.settings(socket_dir, short_name(cluster)).items():
            command += ["-c", f"{key}={value}"]
        with self._open_log() as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True, **account.as_process()
            )
        _started.append(self._process)
        self._socket_dir = socket_dir
        self._wait_for_answer(self._process)

    def _wait_for_answer(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise LauncherError(f"The database didn't start. {self.places.log} ends:\n{self._log_end()}")
            if self._answers():
                return
            time.sleep(0.02)
        raise LauncherError(f"The database doesn't answer after {START_SECONDS:.0f} s. See {self.places.log}.")

    def _open_log(self) -> Any:
        log = self.places.log
        if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        return open(open_owned(log, os.O_WRONLY | os.O_APPEND), "ab")

    def _log_end(self) -> str:
        return "\n".join(self.places.log.read_text(errors="replace").splitlines()[-8:])

    def _find_socket(self) -> bool:
        noted = processes.read_pid_file(self.cluster)
        if noted is not None and noted.socket_dir is not None:
            self._socket_dir = noted.socket_dir
            return True
        return False

    def _answers(self) -> bool:
        problem = self._problem()
        if problem and any(words in problem for words in REFUSED):
            raise LauncherError(f"The running database doesn't let this account in: {problem}")
        return problem is None

    def _problem(self) -> str | None:
        """Why a connection fails now. Only connecting shows that a server isn't on its way out."""
        try:
            self._admin().close()
        except psycopg.OperationalError as problem:
            return str(problem).strip()
        return None

    def _admin(self, dbname: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(**self.dsn(dbname, clusters.ADMIN), autocommit=True, connect_timeout=10)

    def _prepare(self) -> None:
        with self._admin() as connection:
            clusters.ensure_roles(connection)
        self.ensure_database(clusters.DATABASE)

    def _forget(self) -> None:
        for process in list(_started):
            if process.poll() is not None:
                _started.remove(process)
        if self._socket_dir is not None:
            # A mere leftover when it can't be removed: the next start uses it again.
            with contextlib.suppress(OSError):
                self._socket_dir.rmdir()
        self._socket_dir = self._process = None
