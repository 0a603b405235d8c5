"""Tests run on a database server of their own, as the role that row-level security binds.

One migrated template is made by the owner; each worker gets a copy of it.
"""

import fcntl
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.middleware import csrf

from alongside.foundation import launcher

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("ALONGSIDE_SECRET_KEY", "a secret for tests only, never used anywhere else")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
_kept: list = []

# What is drawn by chance in a page, a form's token or a link's, can never spell the name that a test looks for.
_DRAWN = csrf.CSRF_ALLOWED_CHARS = "bcdfghjklmnpqrstvwxz"


def _drawn(nbytes: int | None = None) -> str:
    return "".join(secrets.choice(_DRAWN) for _ in range(-(-(nbytes or 32) * 4 // 3)))


secrets.token_urlsafe = _drawn


def _start() -> None:
    """The first process starts the server; the workers it starts find it in the environment."""
    if "ALONGSIDE_DB" in os.environ or launcher.is_external():
        return
    os.environ["ALONGSIDE_DATA"] = str(launcher.default_data_dir() / "tests")
    running = launcher.running()
    server = running.__enter__()
    _kept.append(running)
    os.environ["ALONGSIDE_DB"] = launcher.as_variable(server)


_start()


def pytest_unconfigure() -> None:
    while _kept:
        _kept.pop().__exit__(None, None, None)


def _fingerprint() -> str:
    """Changes when anything that shapes the database changes."""
    shapes = [*ROOT.glob("alongside/**/migrations/*.py"), *ROOT.glob("alongside/**/*.sql")]
    shapes += [*ROOT.glob("alongside/foundation/access/*.py"), *ROOT.glob("alongside/**/models*.py")]
    shapes += [*ROOT.glob("alongside/**/models/*.py"), *ROOT.glob("alongside/foundation/organisations/*.py")]
    shapes += [*ROOT.glob("alongside/**/protect*.py"), *ROOT.glob("alongside/**/settling.py")]
    digest = hashlib.sha256()
    for path in sorted(set(shapes)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def as_owner(name: str = "") -> psycopg.Connection:
    """A connection of the tables' owner, outside the test's transaction."""
    address = launcher.database_address()
    return psycopg.connect(
        host=address["host"],
        port=address["port"],
        dbname=name or address["name"],
        user=address["owner"],
        password=address.get("owner_password") or None,
        autocommit=True,
    )


def drop_database(name: str) -> None:
    """Drops a test's database, with whoever is still connected to it.

    The server's own housekeeping may be at work in it: an owner can't end that by force, but a plain drop does.
    """
    with as_owner() as owner:
        for left in range(20, -1, -1):
            try:
                owner.execute(f'drop database if exists "{name}"' + (" with (force)" if left % 2 else ""))
                return
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                if not left:
                    raise
                time.sleep(0.2)


def template() -> str:
    """The name of a database with all tables and nothing in it, made when the shape of the tables changed.

    Where the last one knows only migrations of today, a copy of it is brought forward; everything that is no migration
    is settled anew each time.
    """
    name = f"template_{_fingerprint()}"
    lock = open(launcher.default_data_dir() / "template.lock", "w")  # noqa: SIM115
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_owner() as owner:
            made = owner.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
            if made:
                return name
            kept = owner.execute(
                "select datname, coalesce(shobj_description(oid, 'pg_database'), '') from pg_database "
                "where datname like 'template\\_%%' or datname like 'making\\_%%'"
            ).fetchall()
            known = _migrations()
            base = [old for old, made_of in kept if made_of and set(made_of.split()) <= known]
            owner.execute(f'drop database if exists "making_{name}"')
            owner.execute(f'create database "making_{name}"' + (f' template "{base[0]}"' if base else ""))
            _migrate(f"making_{name}")
            for old, _ in kept:
                if old != f"making_{name}":
                    owner.execute(f'drop database if exists "{old}"')
            owner.execute(f'alter database "making_{name}" rename to "{name}"')
            owner.execute(f"""comment on database "{name}" is '{" ".join(sorted(known))}'""")
    return name


def _migrations() -> set[str]:
    """Each migration by its place and what stands in it, wherever the checkout stands."""
    files = ROOT.glob("alongside/**/migrations/0*.py")
    return {hashlib.sha256(str(file.relative_to(ROOT)).encode() + file.read_bytes()).hexdigest()[:16] for file in files}


def _migrate(database: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    app = dict(connection.settings_dict)
    address = launcher.database_address()
    connection.close()
    connection.settings_dict |= {
        "NAME": database,
        "USER": address["owner"],
        "PASSWORD": address.get("owner_password", ""),
    }
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict |= app


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """This worker's copy of the migrated database, connected to as the service's own role."""
    from django.db import connection

    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    name = f"test_{worker}_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = template()
        with as_owner() as owner:
            owner.execute(f'create database "{name}" template "{made}"')
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
        connection.close()
        drop_database(name)
