"""The service refuses any role that could see past record access, and the migration makes the right one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from alongside.foundation.launcher import APP, OWNER, LauncherError, Server, UnsafeRole
from alongside.foundation.launcher.cluster import ADMIN
from alongside.foundation.launcher.roles import ensure_app_role, refuse_unsafe_role


@pytest.fixture
def admin(shared_server: Server) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**shared_server.dsn(user=ADMIN), autocommit=True) as connection:
        yield connection


def connected(server: Server, user: str) -> psycopg.Connection[Any]:
    return psycopg.connect(**server.dsn(user=user), autocommit=True)


def test_the_services_role_may_serve(shared_server: Server) -> None:
    with connected(shared_server, APP) as connection:
        refuse_unsafe_role(connection)


@pytest.mark.parametrize(("user", "reason"), [(ADMIN, "is a superuser"), (OWNER, "may grant itself other roles")])
def test_owner_and_superuser_may_not(shared_server: Server, user: str, reason: str) -> None:
    with connected(shared_server, user) as connection, pytest.raises(UnsafeRole, match=reason):
        refuse_unsafe_role(connection)


@pytest.mark.parametrize(
    ("change", "undo", "reason"),
    [
        (
            "alter role alongside_app bypassrls",
            "alter role alongside_app nobypassrls",
            "bypasses row-level security",
        ),
        (
            "alter role alongside_app createrole",
            "alter role alongside_app nocreaterole",
            "may grant itself other roles",
        ),
        (
            "grant alongside_owner to alongside_app",
            "revoke alongside_owner from alongside_app",
            "belongs to its owner",
        ),
        ("create table t (); alter table t owner to alongside_app", "drop table t", "owns tables"),
    ],
)
def test_a_role_that_was_given_more_may_not(
    shared_server: Server, admin: psycopg.Connection[Any], change: str, undo: str, reason: str
) -> None:
    admin.execute(change)
    try:
        with connected(shared_server, APP) as connection, pytest.raises(UnsafeRole, match=reason):
            refuse_unsafe_role(connection)
    finally:
        admin.execute(undo)


def test_a_superuser_who_took_a_smaller_role_may_not(admin: psycopg.Connection[Any]) -> None:
    admin.execute("set role alongside_app")
    with pytest.raises(UnsafeRole, match="is a superuser"):
        refuse_unsafe_role(admin)


def test_a_table_of_its_own_for_a_moment_does_no_harm(shared_server: Server) -> None:
    with connected(shared_server, APP) as connection:
        connection.execute("create temporary table mine (a int)")
        refuse_unsafe_role(connection)


def test_the_owner_makes_the_role_once(shared_server: Server) -> None:
    with connected(shared_server, OWNER) as connection:
        ensure_app_role(connection, "serving", "it's 100% secret")
        ensure_app_role(connection, "serving", "it's 100% secret")
        found = connection.execute(
            "select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'serving'"
        ).fetchone()
    assert found == (True, False, False)


def test_an_owner_who_may_not_make_roles_is_told_what_to_ask_for(
    shared_server: Server, admin: psycopg.Connection[Any]
) -> None:
    admin.execute("alter role alongside_owner nocreaterole")
    try:
        told = pytest.raises(LauncherError, match='CREATE ROLE "missing"')
        with connected(shared_server, OWNER) as connection, told:
            ensure_app_role(connection, "missing")
    finally:
        admin.execute("alter role alongside_owner createrole")
