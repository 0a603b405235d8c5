"""Starting, adopting, stopping and losing real servers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from alongside.foundation.launcher import (
    APP,
    DATABASE,
    OWNER,
    LauncherError,
    Server,
    is_used,
    keep,
    processes,
    running,
)
from alongside.foundation.launcher.cluster import ADMIN, EXTENSIONS
from alongside.foundation.launcher.places import LONGEST_SOCKET_PATH, SOCKET_NAME, short_name

from .conftest import copy_data


def ask(server: Server, question: str, user: str = APP) -> object:
    with psycopg.connect(**server.dsn(user=user)) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def kill_everything(server: Server) -> None:
    for pid in processes.list_processes(short_name(server.cluster)):
        processes.kill(pid, signal.SIGKILL)


def test_the_first_start_makes_the_database_its_roles_and_extensions(data_dir: Path) -> None:
    server = Server(data_dir).start()

    assert ask(server, "select current_user") == APP
    assert ask(server, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user") is False
    owner = f"select pg_get_userbyid(datdba) from pg_database where datname = '{DATABASE}'"
    assert ask(server, owner) == OWNER
    assert ask(server, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user", OWNER) is False
    found = ask(server, "select array_agg(extname::text) from pg_extension")
    assert set(EXTENSIONS) <= set(found)  # type: ignore[call-overload]


def test_text_sorts_by_code_point_and_knows_letters_beyond_english(shared_server: Server) -> None:
    assert (
        ask(shared_server, "select pg_encoding_to_char(encoding) from pg_database where datname = 'alongside'")
        == "UTF8"
    )
    assert ask(shared_server, "select 'Zoë' < 'anna'") is True
    assert ask(shared_server, "select lower('ŁÉ')") == "łé"
    assert ask(shared_server, "select similarity('Łukasz', 'ukasz') < 1") is True


def test_commits_are_durable_and_pages_have_checksums(shared_server: Server) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert ask(shared_server, f"show {setting}") == "on"


def test_nobody_can_reach_it_over_a_network(shared_server: Server) -> None:
    assert ask(shared_server, "show listen_addresses") == ""
    assert shared_server.socket_dir.stat().st_mode & 0o777 == 0o700


def test_a_second_start_adopts_the_running_server(shared_server: Server) -> None:
    other = Server(shared_server.places.data_dir).start()

    assert other.pid == shared_server.pid
    assert other.dsn() == shared_server.dsn()


def test_it_stops_and_starts_again(server: Server) -> None:
    before = server.pid
    server.stop()
    assert server.pid is None
    assert processes.list_processes(short_name(server.cluster)) == []

    server.start()

    assert server.pid not in (None, before)
    assert ask(server, "select 1") == 1


def test_stopping_what_is_down_does_nothing(server: Server) -> None:
    server.stop()
    server.stop()


def test_a_folder_deeper_than_a_socket_path_may_be(made_once: Path, open_folder: Path) -> None:
    deep = open_folder / ("deep" * 30) / "data"
    deep.parent.mkdir()
    deep.parent.chmod(0o711)
    copy_data(made_once, deep)
    server = Server(deep).start()

    assert len(str(deep)) > LONGEST_SOCKET_PATH
    assert len(str(server.socket_dir / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    assert ask(server, "select 1") == 1


def test_a_kill_of_everything_under_writes_loses_no_acknowledged_row(server: Server) -> None:
    with psycopg.connect(**server.dsn(user=OWNER)) as connection:
        connection.execute("create table written (writer int, number int)")
    acknowledged: list[tuple[int, int]] = []
    writers = [threading.Thread(target=write, args=(server, each, acknowledged)) for each in range(4)]
    for writer in writers:
        writer.start()
    deadline = time.monotonic() + 20
    while len(acknowledged) < 400 and time.monotonic() < deadline:
        time.sleep(0.01)
    kill_everything(server)
    for writer in writers:
        writer.join()

    again = Server(server.places.data_dir).start()

    with psycopg.connect(**again.dsn(user=OWNER)) as connection:
        kept = set(connection.execute("select writer, number from written").fetchall())
    assert len(acknowledged) >= 400
    assert set(acknowledged) <= kept


def write(server: Server, writer: int, acknowledged: list[tuple[int, int]]) -> None:
    try:
        with psycopg.connect(**server.dsn(user=OWNER), autocommit=True) as connection:
            for number in range(100_000):
                connection.execute("insert into written values (%s, %s)", [writer, number])
                acknowledged.append((writer, number))
    except psycopg.OperationalError:
        return


def test_a_dead_server_that_its_parent_has_not_reaped_is_started_again(made_once: Path, data_dir: Path) -> None:
    copy_data(made_once, data_dir)
    careless = subprocess.Popen(
        [sys.executable, "-c", CARELESS_PARENT, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert careless.stdout is not None
        dead = int(careless.stdout.readline())
        processes.kill(dead, signal.SIGKILL)
        assert Path(f"/proc/{dead}").exists(), "its number is still taken"

        server = Server(data_dir).start()

        assert server.pid != dead
        assert ask(server, "select 1") == 1
    finally:
        careless.kill()
        careless.communicate()


CARELESS_PARENT = """
import sys, time
from alongside.foundation.launcher import Server
print(Server(sys.argv[1]).start().pid, flush=True)
time.sleep(60)
"""


def test_a_pid_file_that_names_another_program_is_dropped(server: Server) -> None:
    kill_everything(server)
    noted = server.cluster / "postmaster.pid"
    lines = noted.read_text().splitlines()
    noted.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert ask(server.start(), "select 1") == 1


def test_a_copy_of_a_running_servers_folder_gets_a_server_of_its_own(server: Server, open_folder: Path) -> None:
    with psycopg.connect(**server.dsn(user=ADMIN), autocommit=True) as connection:
        connection.execute("checkpoint")
    copied = open_folder / "copy" / "data"
    copied.parent.mkdir(mode=0o711)
    copied.parent.chmod(0o711)
    copy_data(server.places.data_dir, copied)

    other = Server(copied).start()

    assert other.pid != server.pid
    assert other.socket_dir != server.socket_dir


def test_programs_of_another_version_are_refused_with_a_sentence(server: Server) -> None:
    server.stop()
    (server.cluster / "PG_VERSION").write_text("14\n")

    with pytest.raises(LauncherError, match="was made by PostgreSQL 14, and the programs in .* are version"):
        server.start()


def test_a_server_that_cannot_start_says_what_its_log_says(server: Server) -> None:
    server.stop()
    with open(server.cluster / "postgresql.conf", "a") as settings:
        settings.write("wal_level = nonsense\n")

    with pytest.raises(LauncherError, match='invalid value for parameter "wal_level"'):
        server.start()


def test_the_last_user_out_stops_it(server: Server) -> None:
    server.stop()
    data_dir = server.places.data_dir
    with running(data_dir) as first:
        with running(data_dir) as second:
            assert first.pid == second.pid
        assert first.pid is not None, "another still uses it"
        assert is_used(first)

    assert first.pid is None
    assert not is_used(first)


def test_a_server_that_was_asked_to_stay_up_stays_up(server: Server) -> None:
    data_dir = server.places.data_dir
    keep(data_dir)
    with running(data_dir):
        pass
    assert server.pid is not None

    server.stop()
    with running(data_dir):
        pass
    assert server.pid is None, "the wish ends with the stop"


def test_users_who_come_at_once_share_one_server(server: Server) -> None:
    server.stop()
    command = [sys.executable, "-c", ONE_OF_MANY, str(server.places.data_dir)]
    users = [subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) for _ in range(3)]
    pids = {user.stdout.readline() for user in users if user.stdout}
    for user in users:
        user.communicate("leave\n")

    assert len(pids) == 1
    assert pids != {""}
    assert [user.returncode for user in users] == [0, 0, 0]
    assert server.pid is None


ONE_OF_MANY = """
import sys
from alongside.foundation.launcher import running
with running(sys.argv[1]) as server:
    print(server.pid, flush=True)
    sys.stdin.readline()
"""


def test_a_socket_folder_that_someone_else_made_first_is_not_used(made_once: Path, data_dir: Path) -> None:
    copy_data(made_once, data_dir)
    taken = Path("/tmp") / short_name(data_dir / "pg")
    taken.mkdir(mode=0o755)
    taken.chmod(0o755)

    server = Server(data_dir).start()

    assert server.socket_dir != taken
    assert ask(Server(data_dir).start(), "select 1") == 1
    server.stop()
