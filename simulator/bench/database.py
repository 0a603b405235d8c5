"""The bench's own database, kept between runs while it holds what is asked for."""

import json
import os
import sys
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connection
from psycopg import Connection, errors, sql

from alongside.foundation import launcher
from alongside.overview.engine import rulesets
from simulator.demonstration import mark_as_demonstration
from simulator.simulating import Simulated, simulate
from simulator.world import make_world
from simulator.writing.door import connect

YEARS, SEED = 1.0, 1
KEPT = "create table if not exists bench_kept (people integer, icbs integer, shape text, made_at timestamptz)"


def use_bench_database() -> None:
    """From here on this process asks the bench's database, made and migrated where needed."""
    address = launcher.database_address()
    with launcher.connect_as_owner(json.dumps(address)) as owner:
        owner.autocommit = True
        found = owner.execute("select 1 from pg_database where datname = %s", [launcher.BENCH_DATABASE]).fetchone()
        if not found:
            _create(owner)
    os.environ["ALONGSIDE_DB"] = json.dumps(address | {"name": launcher.BENCH_DATABASE})
    connection.close()
    connection.settings_dict["NAME"] = launcher.BENCH_DATABASE


def _create(owner: Connection) -> None:
    try:
        owner.execute(sql.SQL("create database {}").format(sql.Identifier(launcher.BENCH_DATABASE)))
    except errors.InsufficientPrivilege as refused:
        raise launcher.LauncherError(
            f"The owner may not make databases here. Make '{launcher.BENCH_DATABASE}' for it, then run this again."
        ) from refused


def migrate() -> None:
    """As the owner, like `alongside migrate`."""
    address, app = launcher.database_address(), dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"USER": address["owner"], "PASSWORD": address.get("owner_password", "")}
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict |= app


def fill(people: int, icbs: int, *, now: datetime) -> Simulated | None:
    """Simulates unless so many people in so many ICBs stand there already; None when they do."""
    migrate()
    if _kept(people, icbs):
        return None
    _empty()
    migrate()
    rulesets.forget()
    mark_as_demonstration(now)
    areas = make_world(icbs, people, since=now.date() - timedelta(days=int(365 * YEARS) + 400), at=now)
    done = simulate(areas, people, seed=SEED, years=YEARS, now=now)
    with connect() as owner:
        owner.execute(KEPT)
        owner.execute("insert into bench_kept values (%s, %s, %s, %s)", [people, icbs, _shape(), now])
    return done


def tidy() -> None:
    """What the server does by itself within minutes of so many new rows; pages are measured as on any other day."""
    with connect() as owner:
        owner.commit()
        owner.autocommit = True
        owner.execute("vacuum (analyze)")


def _kept(people: int, icbs: int) -> bool:
    with connect() as owner:
        if owner.execute("select to_regclass('bench_kept')").fetchone() == (None,):
            return False
        return (
            owner.execute(
                "select 1 from bench_kept where people = %s and icbs = %s and shape = %s", [people, icbs, _shape()]
            ).fetchone()
            is not None
        )


def _shape() -> str:
    """Which simulator made it: a changed number makes the data again."""
    return "4"


def _empty() -> None:
    """The database made anew."""
    print("making the bench's database anew", file=sys.stderr, flush=True)
    connection.close()
    address = launcher.database_address()
    name = sql.Identifier(launcher.BENCH_DATABASE)
    with launcher.connect_as_owner(json.dumps(address | {"name": launcher.DATABASE})) as owner:
        owner.autocommit = True
        owner.execute(sql.SQL("drop database if exists {} with (force)").format(name))
        _create(owner)
