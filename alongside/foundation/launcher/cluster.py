"""Making a cluster, its settings, roles and databases."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from .account import Account
from .errors import LauncherError
from .programs import Programs

ADMIN, OWNER, APP = "alongside_admin", "alongside_owner", "alongside_app"
DATABASE, BENCH_DATABASE = "alongside", "alongside_bench"
EXTENSIONS = ("btree_gist", "btree_gin", "pg_trgm", "unaccent", "citext", "fuzzystrmatch")
MEGABYTE = 1024 * 1024

HBA = """\
# Local accounts named in pg_ident.conf, through the private socket. Nobody else, and nothing over a network.
local all all peer map=alongside
"""


def make_cluster(cluster: Path, programs: Programs, account: Account) -> None:
    """Make a cluster beside its final place and move it there whole, so that half a one is never used."""
    for unfinished in cluster.parent.glob(f"{cluster.name}.new-*"):
        shutil.rmtree(unfinished, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=f"{cluster.name}.new-", dir=cluster.parent))
    os.chown(new, account.uid, account.gid)
    _initdb(new, programs, account)
    _write(new / "pg_hba.conf", HBA)
    _write(new / "pg_ident.conf", _ident_map(account))
    new.rename(cluster)


def _initdb(new: Path, programs: Programs, account: Account) -> None:
    command = [programs.path("initdb"), "-D", str(new), "-U", ADMIN, "-A", "peer", "-E", "UTF8"]
    command += ["--data-checksums", "--no-instructions"]
    problem = ""
    for locale in _locales(programs.major):
        made = subprocess.run(command + locale, capture_output=True, text=True, check=False, **account.as_process())
        if made.returncode == 0:
            return
        problem = (made.stderr or made.stdout).strip()
        for left in new.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
    shutil.rmtree(new, ignore_errors=True)
    raise LauncherError(f"PostgreSQL could not make a new database in {new.parent}: {problem}")


def _locales(major: int) -> list[list[str]]:
    """Sort by code point, the same in every version; Unicode letters where the system has them.

    The system's own locale matters beside the built-in one: trigrams drop the letters that it doesn't know.
    """
    system = [["--locale=C.UTF-8"], ["--no-locale"]]
    builtin = [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", *each] for each in system]
    return [*builtin, *system] if major >= 17 else system


def _ident_map(account: Account) -> str:
    """Root, who can read the files anyway, and the account that made the cluster, unless we dropped to it."""
    names = {pwd.getpwuid(0).pw_name} | (set() if account.dropped else {account.name})
    return "".join(f'alongside "{name}" {role}\n' for name in sorted(names) for role in (ADMIN, OWNER, APP))


def _write(path: Path, text: str) -> None:
    """Rewrite a file that initdb made, keeping its owner."""
    file = os.open(path, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW)
    with os.fdopen(file, "w") as opened:
        opened.write(text)


def version_of(cluster: Path) -> int:
    return int((cluster / "PG_VERSION").read_text().strip())


def refuse_other_version(cluster: Path, programs: Programs) -> None:
    made_by = version_of(cluster)
    if made_by != programs.major:
        raise LauncherError(
            f"The database in {cluster} was made by PostgreSQL {made_by}, and the programs in "
            f"{programs.folder} are version {programs.major}. Set ALONGSIDE_PG_BIN to a folder with version "
            f"{made_by}, or set ALONGSIDE_DATA to an empty folder to begin again."
        )


def settings(socket_dir: Path, cluster_name: str) -> dict[str, str]:
    """What the server runs with. Commits are durable: fsync and synchronous_commit keep their defaults."""
    memory = _memory_in_megabytes()
    return {
        "cluster_name": cluster_name,
        "listen_addresses": "",
        "unix_socket_directories": str(socket_dir),
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Statements and details of errors hold people's data, which has no place in a log.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "shared_buffers": f"{min(max(memory // 16, 64), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 128)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64), 256)}MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "dynamic_shared_memory_type": "posix" if _shared_memory_is_roomy() else "mmap",
    }


def _memory_in_megabytes() -> int:
    """What this machine has, or what its container may use of it."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    try:
        return min(machine, int(Path("/sys/fs/cgroup/memory.max").read_text()) // MEGABYTE)
    except (OSError, ValueError):  # no such file, or it says 'max'
        return machine


def _shared_memory_is_roomy() -> bool:
    """Containers often have 64 MB there, which parallel queries outgrow."""
    try:
        found = os.statvfs("/dev/shm")
    except OSError:
        return False
    return found.f_frsize * found.f_blocks >= 512 * MEGABYTE


def ensure_roles(connection: Any) -> None:
    """The owner, who migrates, and the role that the service uses. Neither is a superuser."""
    _ensure_role(connection, OWNER, "LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB CREATEROLE")
    _ensure_role(connection, APP, "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")


def _ensure_role(connection: Any, name: str, rights: str) -> None:
    if connection.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone() is None:
        connection.execute(f"create role {name} {rights}")


def has_database(connection: Any, name: str) -> bool:
    return connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None
