"""The operating system account that runs the database server.

PostgreSQL refuses to run as root. Root therefore drops to an account that is already there; none is made,
and no folder above ours changes its mode.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import LauncherError

# 'postgres' where a distribution's package made it, else the account that every system has.
SERVICE_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """Who the server runs as; `dropped` when that isn't who we are."""

    uid: int
    gid: int
    name: str
    dropped: bool

    def as_process(self) -> dict[str, Any]:
        """Arguments for subprocess that start a program as this account with a bare environment."""
        bare = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}
        arguments: dict[str, Any] = {"env": bare, "cwd": "/", "umask": 0o077, "stdin": subprocess.DEVNULL}
        if self.dropped:
            arguments |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return arguments

    def can_enter(self, folder: Path) -> bool:
        return self._test('cd "$1"', folder)

    def can_read(self, file: Path) -> bool:
        return self._test('test -r "$1"', file)

    def _test(self, script: str, path: Path) -> bool:
        if not self.dropped:
            return True
        asked = subprocess.run(
            ["/bin/sh", "-c", script, "sh", str(path)], capture_output=True, check=False, **self.as_process()
        )
        return asked.returncode == 0


def server_account(cluster: Path | None) -> Account:
    """The account for this cluster: its owner when it exists, else ours, else one to drop to."""
    me = os.geteuid()
    if cluster is not None:
        return _owner_of(cluster, me)
    if me != 0:
        return _named(me)
    for name in SERVICE_ACCOUNTS:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_uid, found.pw_gid, name, dropped=True)
    raise LauncherError(
        "PostgreSQL doesn't run as root and this system has neither an account 'postgres' nor 'nobody'. "
        "Run Alongside as an ordinary user."
    )


def _owner_of(cluster: Path, me: int) -> Account:
    owner = cluster.stat()
    if owner.st_uid == me and me != 0:
        return _named(me)
    if me == 0 and owner.st_uid != 0:
        try:
            name = pwd.getpwuid(owner.st_uid).pw_name
        except KeyError:
            name = str(owner.st_uid)
        return Account(owner.st_uid, owner.st_gid, name, dropped=True)
    raise LauncherError(
        f"The database folder {cluster} belongs to another account, so this one can't run it. "
        "Run this as the account that made it, or set ALONGSIDE_DATA to another folder."
    )


def _named(uid: int) -> Account:
    try:
        found = pwd.getpwuid(uid)
    except KeyError as problem:
        raise LauncherError(
            f"This account has the number {uid} and no name, and PostgreSQL needs a name. "
            "Add the account to /etc/passwd, or set DATABASE_URL to a server elsewhere."
        ) from problem
    return Account(uid, found.pw_gid, found.pw_name, dropped=False)
