"""What holds for every table and every function of the database, also for those that are made later."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from alongside.foundation.launcher import app_role
from tests.plugin import as_owner

#: No rows of people in them, and no policies: roles' reach, the service's own mark, and the libraries' own.
WITHOUT_POLICIES = {
    "access_reach",
    "organisations_installation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    # Under digests of their keys (see `accounts.sessions`).
    "django_session",
}
OPEN_TABLES = """
    select k.relname from pg_class k
    where k.relnamespace = 'public'::regnamespace and k.relkind in ('r', 'p', 'v', 'm') and not k.relrowsecurity
      and has_any_column_privilege(%(role)s, k.oid, 'select, insert, update')
"""
# A policy that shows every row is for what says nothing of anybody; work telephones are there to be rung.
OPEN_POLICIES = """
    select distinct p.tablename from pg_policies p join information_schema.columns c on c.table_name = p.tablename
    where p.schemaname = 'public' and c.table_schema = 'public' and 'true' in (p.qual, p.with_check)
      and (c.column_name in ('person_id', 'person_ids', 'nhs_number', 'email', 'birth_date', 'family_name')
           or (c.column_name = 'phone' and p.tablename not in ('inbox_areacontact', 'emergency_crisisline')))
"""
# Run with the owner's rights, they look at real tables only, and are ours.
LOOSE_FUNCTIONS = """
    select p.oid::regprocedure::text from pg_proc p
    where p.prosecdef and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      and p.pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
      and (not coalesce(p.proconfig @> array['search_path=public, pg_temp'], false)
           or p.pronamespace::regnamespace::text not in ('access', 'audit', 'public'))
"""
EMPTYING = """
    select relname from pg_class where relkind = 'r' and has_table_privilege(%(role)s, oid, 'truncate, trigger')
"""
MAKING = """
    select nspname from pg_namespace where has_schema_privilege(%(role)s, oid, 'create') and nspname !~ '^pg_temp'
"""


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    with as_owner(connection.settings_dict["NAME"]) as found:
        found.autocommit = False
        yield found
        found.rollback()


def names(owner: psycopg.Connection, sql: str) -> set[str]:
    return {row[0] for row in owner.execute(sql, {"role": app_role()}).fetchall()}  # type: ignore[arg-type]


def test_every_table_that_can_be_read_has_policies_or_stands_in_the_list(owner: psycopg.Connection) -> None:
    assert names(owner, OPEN_TABLES) - WITHOUT_POLICIES == set()


def test_what_is_shown_to_everybody_says_nothing_of_anybody(owner: psycopg.Connection) -> None:
    assert names(owner, OPEN_POLICIES) == set()


def test_every_function_with_more_rights_looks_at_real_tables_only(owner: psycopg.Connection) -> None:
    assert names(owner, LOOSE_FUNCTIONS) == set()


def test_the_service_empties_no_table_and_makes_none(owner: psycopg.Connection) -> None:
    assert names(owner, EMPTYING) == set() and names(owner, MAKING) == set()


@pytest.mark.parametrize(
    ("hole", "asked"),
    [
        ("create table more (person_id bigint); grant select on more to {role}", OPEN_TABLES),
        ("create view more as select * from people_person; grant select on more to {role}", OPEN_TABLES),
        ("create policy more on people_person for select using (true)", OPEN_POLICIES),
        ("create function access.more() returns int language sql security definer as 'select 1'", LOOSE_FUNCTIONS),
        ("alter function access.actor() set search_path = public", LOOSE_FUNCTIONS),
        ("grant truncate on people_person to {role}", EMPTYING),
        ("grant create on schema public to {role}", MAKING),
    ],
)
def test_a_hole_turns_this_red(owner: psycopg.Connection, hole: str, asked: str) -> None:
    before = names(owner, asked)
    owner.execute(hole.format(role=app_role()))  # type: ignore[arg-type]
    assert names(owner, asked) - before - WITHOUT_POLICIES
