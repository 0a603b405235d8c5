"""Where the embedded database keeps its files, locks and socket."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

import alongside

from .account import Account
from .errors import LauncherError

PORT = 5432
# sun_path holds 108 bytes with its closing zero, and PostgreSQL appends this name.
LONGEST_SOCKET_PATH = 107
SOCKET_NAME = f".s.PGSQL.{PORT}"
# Only an administrator can write here, so no other account can take the name first.
SYSTEM_PLACE = Path("/var/lib")


def default_data_dir() -> Path:
    """The folder for everything that is not code: ALONGSIDE_DATA, else `.data` in the checkout."""
    named = os.environ.get("ALONGSIDE_DATA", "")
    if named:
        path = Path(named)
        if not path.is_absolute():
            raise LauncherError(
                f"ALONGSIDE_DATA is '{named}', which is not a full path. Give one that begins with '/'."
            )
        return path
    checkout = Path(alongside.__file__).resolve().parent.parent
    home = checkout if (checkout / "pyproject.toml").exists() else Path.cwd()
    return home / ".data"


def short_name(path: Path) -> str:
    """A short name that belongs to one path, for sockets and process titles."""
    return "alongside-" + hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:12]


@dataclass(frozen=True)
class Places:
    """The files of one embedded database."""

    data_dir: Path

    @property
    def pointer(self) -> Path:
        """Names the cluster's folder when the server's account can't reach the data folder."""
        return self.data_dir / "database-place"

    @property
    def log(self) -> Path:
        return self.data_dir / "database.log"

    @property
    def change_lock(self) -> Path:
        """Held by whoever starts or stops the server."""
        return self.data_dir / "database-change.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server; the last one out stops it."""
        return self.data_dir / "database-users.lock"

    @property
    def kept(self) -> Path:
        """There while the server was asked to stay up after its users have gone."""
        return self.data_dir / "database-kept"

    def make_data_dir(self) -> None:
        """Make the data folder if absent: private, but passable for an account we drop to."""
        if self.data_dir.is_dir():
            return
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self.data_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)
        except OSError as problem:
            raise LauncherError(
                f"The data folder {self.data_dir} can't be made ({problem.strerror}). "
                "Set ALONGSIDE_DATA to a folder that this account may write."
            ) from problem

    def find_cluster(self) -> Path | None:
        """The existing cluster's folder, or None when there is none yet."""
        here = self.data_dir / "pg"
        try:
            if (here / "PG_VERSION").exists():
                return here
            if not self.pointer.exists():
                return None
            there = Path(self.pointer.read_text().strip())
            self._refuse_copy(there)
            if (there / "PG_VERSION").exists():
                return there
        except PermissionError as problem:
            raise LauncherError(
                f"The database of {self.data_dir} belongs to another account. Run this as the account "
                "that made it, or set ALONGSIDE_DATA to another folder."
            ) from problem
        return None

    def _refuse_copy(self, cluster: Path) -> None:
        """A copied data folder must not share, and spoil, the original's database."""
        note = cluster.parent / "belongs-to"
        if not note.exists():
            return
        original = Path(note.read_text().strip())
        if original.exists() and not os.path.samefile(original, self.data_dir):
            raise LauncherError(
                f"{self.data_dir} is a copy of {original}, whose database lies in {cluster}. "
                f"Remove {self.pointer} to begin with an empty database here."
            )
        if not original.exists():
            note.write_text(str(self.data_dir.resolve()))

    def place_new_cluster(self, account: Account) -> Path:
        """Decide where a new cluster goes: the data folder when the account can reach it."""
        if account.can_enter(self.data_dir):
            return self.data_dir / "pg"
        place = SYSTEM_PLACE / short_name(self.data_dir)
        try:
            place.mkdir(exist_ok=True)
            place.chmod(0o711)
            (place / "belongs-to").write_text(str(self.data_dir.resolve()))
        except OSError as problem:
            raise LauncherError(
                f"The account '{account.name}' that would run the database can't reach {self.data_dir}, "
                f"and {place} can't be made ({problem.strerror}). "
                "Set ALONGSIDE_DATA to a folder that it can reach."
            ) from problem
        self.pointer.write_text(f"{place / 'pg'}\n")
        return place / "pg"


def make_socket_dir(cluster: Path, account: Account, earlier: Path | None = None) -> Path:
    """A private folder with a short path for the socket, whatever the depth of the data folder.

    `earlier` is the one of a server that died; those who hold its address find the next one there.
    """
    if earlier is not None and earlier.exists() and _is_private(earlier, account):
        return earlier
    # Not TMPDIR, which may be deep and differs between sessions. Its owner and mode are checked.
    wanted = Path("/tmp") / short_name(cluster)
    try:
        wanted.mkdir(mode=0o700)
        os.chown(wanted, account.uid, account.gid)
    except FileExistsError:
        if not _is_private(wanted, account):
            wanted = Path(tempfile.mkdtemp(prefix="alongside-", dir="/tmp"))
            os.chown(wanted, account.uid, account.gid)
    except OSError as problem:
        raise LauncherError(f"The socket's folder {wanted} can't be made ({problem.strerror}).") from problem
    if len(os.fsencode(wanted / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
        raise LauncherError(f"The socket's path {wanted / SOCKET_NAME} is longer than the system allows.")
    return wanted


def _is_private(folder: Path, account: Account) -> bool:
    found = folder.lstat()
    mine = found.st_uid == account.uid and stat.S_ISDIR(found.st_mode)
    return mine and stat.S_IMODE(found.st_mode) == 0o700
