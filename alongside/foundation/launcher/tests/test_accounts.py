"""Root drops to an account that is there; ordinary users run it as themselves; others stay out."""

from __future__ import annotations

import os
import pwd
import traceback
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from alongside.foundation.launcher import APP, LauncherError, Server
from alongside.foundation.launcher.account import Account, server_account
from alongside.foundation.launcher.programs import find_programs, programs_for

from .conftest import copy_data

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
NOBODY = 65534


def becoming(uid: int, act: Callable[[], object]) -> str:
    """Do it in a child with that number; the child's traceback, empty when all went well."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        said = ""
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            act()
        except BaseException:
            said = traceback.format_exc()
        os.write(writing, said.encode()[-4000:])
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()


@as_root
def test_root_drops_to_an_account_without_rights(server: Server) -> None:
    assert server.cluster.stat().st_uid != 0
    assert Path(f"/proc/{server.pid}").stat().st_uid == server.cluster.stat().st_uid


@as_root
def test_a_folder_closed_to_that_account_gets_its_database_elsewhere(tmp_path: Path) -> None:
    from .conftest import remove

    tmp_path.chmod(0o700)
    data_dir = tmp_path / "data"
    try:
        server = Server(data_dir).start()

        assert server.cluster.parent != data_dir
        assert server.places.pointer.read_text().strip() == str(server.cluster)
        assert tmp_path.stat().st_mode & 0o777 == 0o700, "no folder above ours is opened"
        server.stop()
        assert Server(data_dir).start().cluster == server.cluster
        server.stop()
        copied = tmp_path / "copy"
        copy_data(data_dir, copied)
        with pytest.raises(LauncherError, match="is a copy of"):
            Server(copied).start()
    finally:
        remove(data_dir)


@as_root
def test_an_ordinary_user_runs_it_as_itself_and_root_may_join(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Account(NOBODY, NOBODY, "nobody", dropped=True)
    programs = programs_for(nobody, find_programs())
    monkeypatch.setenv("ALONGSIDE_PG_BIN", str(programs.folder))
    home = open_folder / "home"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)

    said = becoming(NOBODY, lambda: use(home / "data"))

    assert said == ""
    joined = Server(home / "data").start()
    assert Path(f"/proc/{joined.pid}").stat().st_uid == NOBODY
    with psycopg.connect(**joined.dsn()) as connection:
        assert connection.execute("select current_user").fetchone() == (APP,)
    joined.stop()


def use(data_dir: Path) -> None:
    server = Server(data_dir).start()
    with psycopg.connect(**server.dsn()) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


@as_root
def test_another_local_account_cannot_connect(server: Server) -> None:
    refused = becoming(NOBODY, lambda: psycopg.connect(**server.dsn()).close())
    assert "Permission denied" in refused

    server.socket_dir.chmod(0o711)
    (server.socket_dir / ".s.PGSQL.5432").chmod(0o777)
    for role in ("alongside_admin", "alongside_owner", "alongside_app"):
        refused = becoming(NOBODY, lambda role=role: psycopg.connect(**server.dsn(user=role)).close())  # type: ignore[misc]
        assert "Peer authentication failed" in refused
    server.socket_dir.chmod(0o700)


@as_root
def test_a_folder_of_another_account_is_refused_with_a_sentence(server: Server) -> None:
    data_dir = server.places.data_dir
    said = becoming(NOBODY, lambda: Server(data_dir).start())
    assert "LauncherError" in said
    assert "Run this as the account that made it" in said


@as_root
def test_the_wheels_programs_are_copied_where_the_account_can_reach_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from alongside.foundation.launcher import programs as module

    found = find_programs()
    if found.folder.parent.name != "pginstall":
        pytest.skip("only the wheel's programs are moved")
    package = found.folder.parent.parent
    closed, open_place = tmp_path / "closed", Path("/tmp") / f"launcher-place-{os.getpid()}"
    closed.mkdir(mode=0o700)
    open_place.mkdir()
    try:
        shutil.copytree(package, closed / package.name)
        shutil.copytree(f"{package}.libs", closed / f"{package.name}.libs")
        monkeypatch.setattr(module, "SYSTEM_PLACE", open_place)
        account = server_account(None)
        here = module.Programs(closed / package.name / "pginstall" / "bin", found.major)

        moved = programs_for(account, here)

        assert moved.folder.is_relative_to(open_place)
        assert programs_for(account, here) == moved, "copied once"
        assert account.can_read(moved.folder.parent / "share" / "postgres.bki")
    finally:
        shutil.rmtree(open_place)


def test_an_account_without_a_name_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(LauncherError, match="has the number 54321 and no name"):
        server_account(None)


def test_a_system_without_any_account_to_drop_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", absent)
    with pytest.raises(LauncherError, match="neither an account 'postgres' nor 'nobody'"):
        server_account(None)
