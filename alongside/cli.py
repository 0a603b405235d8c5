"""The product's command. Its own words start and stop things; every other word is a management command.

Results go to standard output and everything else to standard error, so that a script may read the last line.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from alongside import serving
from alongside.foundation import launcher
from alongside.foundation.launcher.locks import open_owned
from alongside.foundation.launcher.places import Places
from alongside.foundation.launcher.supervisor import say

USAGE = """\
alongside run [--demo]          start the database, the web server and the job worker (PORT, 8000 unless set)
alongside setup [--demo]        make and migrate the database; an embedded one that is new gets the
                                demonstration area, one named by DATABASE_URL only with --demo
alongside migrate               bring the database's tables up to date, as their owner
alongside db start|stop|status  keep the embedded database up, stop it (--force: under its users), ask
alongside db shell [--owner]    psql
alongside help                  every other command
"""
SETTINGS = "alongside.config.settings"
# These look at or change the tables' shape, so they connect as the tables' owner.
OWNERS_COMMANDS = frozenset({"migrate", "makemigrations", "showmigrations", "sqlmigrate"})
WITHOUT_DATABASE = frozenset({"help", "collectstatic", "version", "--version"})
UNKNOWN_COMMAND = 127
# What PostgreSQL answers when a table, column or function is not there.
NOT_MIGRATED = ("42P01", "42703", "42883")
DEMO_PEOPLE = "300"


def main() -> None:
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    try:
        sys.exit(_main(sys.argv[1:]))
    except launcher.LauncherError as problem:
        say(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _leave(number: int, _frame: object) -> None:
    """End in order, so that a database which only this command used is stopped."""
    sys.exit(128 + number)


def _main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    match words:
        case [] | ["-h"] | ["--help"]:
            print(USAGE, end="")
            return 0
        case ["run", *rest]:
            return _run(rest)
        case ["setup", *rest]:
            with _database() as (_, environment):
                return _prepare(environment, _wants_demo(rest))
        case ["db", *rest]:
            return _db(rest)
    command = words[0].replace("-", "_") if not words[0].startswith("-") else words[0]
    if command in WITHOUT_DATABASE:
        return _manage(command, words[1:])
    with _database() as (_, environment):
        os.environ.update(environment)
        return _manage(command, words[1:])


@contextmanager
def _database() -> Iterator[tuple[launcher.Server | None, dict[str, str]]]:
    """The embedded server, unless a parent process or DATABASE_URL has named one; and its environment."""
    if launcher.is_external() or "ALONGSIDE_DB" in os.environ:
        yield None, {}
        return
    with launcher.running() as server:
        yield server, {"ALONGSIDE_DB": launcher.as_variable(server)}


def _manage(command: str, words: list[str]) -> int:
    """Run a management command in this process."""
    if command in OWNERS_COMMANDS:
        os.environ["ALONGSIDE_DB_ROLE"] = launcher.OWNER_ROLE
    import django.db
    from django.core import management

    if command not in ("help", "version", "--version"):
        django.setup()
        if command not in management.get_commands():
            say(f"there is no command '{command.replace('_', '-')}'. `alongside help` lists them.")
            return UNKNOWN_COMMAND
    try:
        management.ManagementUtility(["alongside", command, *words]).execute()
    except django.db.ProgrammingError as problem:
        if getattr(problem.__cause__, "sqlstate", "") not in NOT_MIGRATED:
            raise
        raise launcher.LauncherError(
            "The database has not been made ready for this version. Run `alongside setup`, then this again."
        ) from problem
    return 0


def _call(environment: dict[str, str], *words: str) -> int:
    """Run a command of ours in a process of its own, with its results on standard error."""
    command = [sys.executable, "-m", "alongside.cli", *words]
    done = subprocess.run(command, env=os.environ | environment, stdout=sys.stderr.fileno(), check=False)
    return done.returncode


def _prepare(environment: dict[str, str], demo: bool) -> int:
    """Migrate; and fill a new database, also when an earlier attempt was interrupted."""
    wanted = launcher.default_data_dir() / "demonstration-wanted"
    if demo and _is_new(environment):
        Places(wanted.parent).make_data_dir()
        os.close(open_owned(wanted))
    if status := _call(environment, "migrate", "-v", "0"):
        say("the database could not be migrated; the reason is above.")
        return status
    if not wanted.exists():
        return 0
    say(f"making the demonstration area: {DEMO_PEOPLE} invented people.")
    status = _call(environment, "make-demo", "--people", DEMO_PEOPLE)
    if status == UNKNOWN_COMMAND:
        say("this build makes no demonstration area; going on without.")
        return 0
    if status == 0:
        wanted.unlink()
    return status


def _is_new(environment: dict[str, str]) -> bool:
    with launcher.connect_as_owner(environment.get("ALONGSIDE_DB")) as connection:
        found = connection.execute("select to_regclass('django_migrations')").fetchone()
    return found is None or found[0] is None


def _wants_demo(words: list[str]) -> bool:
    """A database named by DATABASE_URL may be meant for real people: it gets none unless asked."""
    unknown = [word for word in words if word not in ("--demo", "--no-demo")]
    if unknown:
        raise launcher.LauncherError(f"'{unknown[0]}' is not understood. `alongside --help` shows what is.")
    return "--demo" in words or (not launcher.is_external() and "--no-demo" not in words)


def _run(words: list[str]) -> int:
    demo = _wants_demo(words)
    port, data_dir = serving.wanted_port(), launcher.default_data_dir()
    with serving.claimed(data_dir, port), _database() as (server, environment):
        if status := _prepare(environment, demo):
            return status
        return serving.serve(server, environment, data_dir, port)


def _db(words: list[str]) -> int:
    match words:
        case ["shell", *rest]:
            with _database() as (_, environment):
                os.environ.update(environment)
                return _shell(rest)
        case _ if launcher.is_external():
            raise launcher.LauncherError("DATABASE_URL names the database; it isn't ours to start or stop.")
        case ["start"]:
            say(_described(launcher.keep()))
        case ["stop"] | ["stop", "--force"]:
            return _stop_database("--force" in words)
        case ["status"]:
            server = launcher.Server()
            say(_described(server))
            return 0 if server.is_running() else 3
        case _:
            print(USAGE, end="", file=sys.stderr)
            return 2
    return 0


def _stop_database(force: bool) -> int:
    server = launcher.Server()
    if server.pid is None:
        say("the database isn't running.")
        return 0
    if launcher.is_used(server) and not force:
        say("the database is in use by `alongside run` or another command. End that first, or use --force.")
        return 1
    server.stop()
    say("the database has stopped.")
    return 0


def _described(server: launcher.Server) -> str:
    if not server.is_running():
        return f"the database in {server.places.data_dir} isn't running."
    return f"the database in {server.cluster} runs as process {server.pid}, socket in {server.socket_dir}."


def _shell(words: list[str]) -> int:
    role = launcher.OWNER_ROLE if "--owner" in words else launcher.APP_ROLE
    rest = [word for word in words if word != "--owner"]
    psql = launcher.find_programs().path("psql")
    return subprocess.call([psql, *rest], env=os.environ | launcher.psql_variables(role))


if __name__ == "__main__":
    main()
