"""Every table declares its protection, and the database has exactly what is declared."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, models

from alongside.foundation.access.protection import Open, Protection
from alongside.foundation.access.settle import LOCK_EVERY_TABLE, _table_sql, protected_models
from alongside.foundation.launcher import app_role
from tests.plugin import as_owner

STATE = """
    select 'policy', tablename, policyname, cmd, coalesce(qual, ''), coalesce(with_check, ''), roles::text
    from pg_policies where schemaname = 'public'
    union all
    select 'rights', table_name, privilege_type, grantee, '', '', '' from information_schema.role_table_grants
    where table_schema = 'public' and grantee = %(role)s
    union all
    select 'security', relname, relrowsecurity::text, '', '', '', '' from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all
    select 'trigger', tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid), '', ''
    from pg_trigger where not tgisinternal
    order by 1, 2, 3, 4
"""


def undeclared(found: list[type[models.Model]]) -> list[str]:
    return [model.__name__ for model in found if not isinstance(getattr(model, "protection", None), Protection)]


def not_as_declared(owner: psycopg.Connection) -> list[tuple]:
    """What differs between the database and the declarations, written again in a transaction that is undone."""
    role = app_role()
    before = owner.execute(STATE, {"role": role}).fetchall()
    for model in protected_models():
        owner.execute(f"revoke all on {model._meta.db_table} from {role}")  # type: ignore[arg-type]
        owner.execute("".join(_table_sql(model, role)))  # type: ignore[arg-type]
    after = owner.execute(STATE, {"role": role}).fetchall()
    return sorted(set(before) ^ set(after))


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    with as_owner(connection.settings_dict["NAME"]) as found:
        found.autocommit = False
        # As `settle` does: the server's own housekeeping may be at any of these tables.
        found.execute(LOCK_EVERY_TABLE)
        yield found
        found.rollback()


@pytest.fixture
def housekeeping(django_db_setup: None) -> Iterator[None]:
    """Somebody else analyses a table again and again, as the server does by itself."""
    stop = threading.Event()

    def analyse() -> None:
        with as_owner(connection.settings_dict["NAME"]) as other:
            while not stop.is_set():
                other.execute("analyze people_person")

    at_work = threading.Thread(target=analyse)
    at_work.start()
    yield
    stop.set()
    at_work.join()


def test_every_table_declares_its_protection() -> None:
    assert undeclared(list(protected_models())) == []


def test_a_table_without_a_declaration_turns_this_red() -> None:
    class Forgotten:
        pass

    class Declared:
        protection = Open()

    assert undeclared([Declared, Forgotten]) == ["Forgotten"]  # type: ignore[list-item]


def test_the_database_has_what_is_declared(owner: psycopg.Connection) -> None:
    assert not_as_declared(owner) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "drop policy select_1 on people_person",
        "create policy more on people_person for select using (true)",
        "alter table people_person disable row level security",
        "grant delete on people_person to {role}",
        "drop trigger keep_history on people_person",
        "alter table people_person disable trigger keep_history",
    ],
)
def test_any_other_protection_turns_this_red(owner: psycopg.Connection, tampering: str) -> None:
    owner.execute(tampering.format(role=app_role()))  # type: ignore[arg-type]
    assert not_as_declared(owner) != []


def test_protection_is_written_while_the_server_keeps_house(housekeeping: None, owner: psycopg.Connection) -> None:
    """Without the locks first, each waits for the other: for the table's row in the catalogue, and for its lock."""
    for _ in range(20):
        owner.execute(f"revoke all on people_person from {app_role()}")  # type: ignore[arg-type]
        owner.execute("drop policy select_1 on people_person")
        owner.rollback()
        owner.execute(LOCK_EVERY_TABLE)


def test_every_table_with_a_person_in_it_shows_rows_by_who_asks(owner: psycopg.Connection) -> None:
    """A table that says `person_id` and is open to everybody would be a hole in all the others."""
    found = owner.execute(
        "select distinct c.table_name from information_schema.columns c join pg_class t on t.relname = c.table_name "
        "where c.table_schema = 'public' and c.column_name in ('person_id', 'person_ids', 'nhs_number') "
        "and t.relkind = 'r' and not t.relrowsecurity"
    ).fetchall()
    readable = [
        table
        for (table,) in found
        if owner.execute("select has_table_privilege(%s, %s, 'select')", [app_role(), table]).fetchone() == (True,)
    ]
    assert readable == []
