"""Writes the protection of every table into the database. Run as the owner after each migration; safe to repeat."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction

from alongside.foundation.access import context
from alongside.foundation.access.models import Reach
from alongside.foundation.access.protection import FactRows, PersonRows
from alongside.foundation.access.roles import REACH

SQL = Path(__file__).parent / "sql"
AUDIT = ("recording_event", "recording_history", "recording_look")
APPEND_ONLY = ("recording_disposal", "recording_seal")
# Tables of libraries: no rows of people in them.
LIBRARY_WRITES = ("django_session", "account_", "mfa_", "socialaccount_", "procrastinate_")


def protected_models() -> Iterator[type[models.Model]]:
    """Every model of the product, each with a `protection`."""
    for model in apps.get_models():
        if model.__module__.startswith("alongside.") and not model._meta.abstract:
            yield model


def settle(app_role: str) -> None:
    """Functions, grants, policies and triggers as declared, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in (
            "functions.sql",
            "families.sql",
            "audit.sql",
            "seal.sql",
            "ledger.sql",
            "breaking.sql",
            "disposing.sql",
            "watching.sql",
        ):
            cursor.execute((SQL / name).read_text())
        cursor.execute(
            f"grant usage on schema public, access, audit to {app_role};"
            f"grant execute on all functions in schema access, audit to {app_role};"
            f"revoke all on all tables in schema public from {app_role};"
            f"grant usage, select on all sequences in schema public to {app_role};"
        )
        for model in protected_models():
            cursor.execute("".join(_table_sql(model, app_role)))
        _audit_triggers(cursor)
        _library_grants(cursor, app_role)
        _reach(cursor)
        cursor.execute(NOBODY_ELSES_TABLES)
        cursor.execute(FIRST_TIME)


# A temporary table shadows a real one unless `pg_temp` comes last by name: without this, whoever can run a statement
# makes a table `access_accesskey` of their own and is whom they like. Also for functions that migrations made.
NOBODY_ELSES_TABLES = """
do $$ declare f record; begin
    for f in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('access', 'audit', 'public') and (p.prosecdef or 'search_path=public' = any(p.proconfig))
          and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
        execute format('alter function %s set search_path = public, pg_temp', f.name);
    end loop;
end $$
"""

# Where there was no ledger's reach yet, everybody's is worked out once; from then on each change does it.
FIRST_TIME = """
    select access.settle_ledger(array(select id from people_person)) where not exists (select from access_opentopics)
"""


def _table_sql(model: type[models.Model], app_role: str) -> Iterator[str]:
    table, protection = model._meta.db_table, model.protection  # type: ignore[attr-defined]
    policies = list(protection.policies())
    if grants := protection.grants():
        yield f"grant {grants} on {table} to {app_role};"
    yield from _drop_policies(table)
    yield f"alter table {table} {'enable' if policies else 'disable'} row level security;"
    for number, (command, clause) in enumerate(policies, 1):
        yield f"create policy {command}_{number} on {table} for {command} to {app_role} {clause.replace('$t', table)};"
    yield f"drop trigger if exists keep_history on {table};"
    if isinstance(protection, PersonRows):
        yield f"drop trigger if exists a_held on {table};"
        yield f"create trigger a_held before update on {table} for each row execute function audit.held_by_engine();"
    if parents := list(_same_person(model)):
        yield f"drop trigger if exists a_belongs on {table};"
        yield (
            f"create trigger a_belongs before insert or update on {table} for each row "
            f"execute function audit.belongs({', '.join(parents)});"
        )
    if protection.history:
        yield (
            f"create trigger keep_history after insert or update or delete on {table} "
            "for each row execute function audit.keep_history();"
        )


def _same_person(model: type[models.Model]) -> Iterator[str]:
    """'column', 'table' pairs of rows that must be about the same person as the row that names them."""
    if not isinstance(model.protection, FactRows) or not hasattr(model, "recorded_by"):  # type: ignore[attr-defined]
        return
    yield "''"
    for field in model._meta.concrete_fields:
        related = field.related_model
        if isinstance(related, type) and hasattr(related, "recorded_by"):
            yield f"'{field.column}'"
            yield f"'{related._meta.db_table}'"


def _drop_policies(table: str) -> Iterator[str]:
    yield (
        f"do $$ declare p record; begin for p in select policyname from pg_policies where tablename = '{table}' "
        f"and schemaname = 'public' loop execute format('drop policy %I on {table}', p.policyname); "
        "end loop; end $$;"
    )


def _audit_triggers(cursor: object) -> None:
    statements = []
    for table in AUDIT:
        statements += [
            f"create or replace trigger a_digest before insert on {table} "
            "for each row execute function audit.take_digest();",
            f"create or replace trigger b_only_added before update or delete on {table} "
            "for each row execute function audit.deny_but_disposal();",
        ]
    for table in APPEND_ONLY:
        statements.append(
            f"create or replace trigger b_only_added before update or delete on {table} "
            "for each row execute function audit.deny();"
        )
    for table in AUDIT + APPEND_ONLY:
        statements.append(
            f"create or replace trigger c_never_emptied before truncate on {table} "
            "for each statement execute function audit.deny();"
        )
    statements += [
        "create or replace trigger follow after insert or update on people_responsibility "
        "for each row execute function audit.follow_responsibility();",
        "create or replace trigger never_unset before update on register_registerentry "
        "for each row execute function audit.never_unset();",
        "create or replace trigger installed_once before insert or update or delete on "
        "organisations_installation for each row execute function audit.installed_once();",
    ]
    cursor.execute("".join(statements))  # type: ignore[attr-defined]


def _library_grants(cursor: object, app_role: str) -> None:
    ours = {model._meta.db_table for model in protected_models()}
    cursor.execute("select tablename from pg_tables where schemaname = 'public'")  # type: ignore[attr-defined]
    for (table,) in cursor.fetchall():  # type: ignore[attr-defined]
        if table in ours:
            continue
        writes = ", insert, update, delete" if table.startswith(LIBRARY_WRITES) else ""
        cursor.execute(f'grant select{writes} on "{table}" to {app_role}')  # type: ignore[attr-defined]


def _reach(cursor: object) -> None:
    """The roles' reach, and the engine's identity, as this installation's secret says."""
    Reach.objects.exclude(role__in=REACH).delete()
    for role, reach in REACH.items():
        values = {"reach": reach.reach, "guarded": reach.guarded, "writes": reach.writes}
        Reach.objects.update_or_create(role=role, defaults=values | {"topics": list(reach.topics)})
    cursor.execute(  # type: ignore[attr-defined]
        "insert into accounts_actor (kind, name, post, about) select 'engine', 'The rules engine', "
        "'Works out what is due', '' where not exists (select 1 from accounts_actor where kind = 'engine')"
    )
    for kind, key in (("engine", context.engine_key()), ("sign_in", context.sign_in_proof())):
        cursor.execute(KEY_OF_INSTALLATION, {"kind": kind, "key": key})  # type: ignore[attr-defined]


KEY_OF_INSTALLATION = """
    update access_accesskey set ended_at = now() where kind = %(kind)s and ended_at is null
        and digest <> sha256(convert_to(%(key)s, 'UTF8'));
    insert into access_accesskey (digest, actor_id, kind, opened_at, seen_at, second_factor)
    select sha256(convert_to(%(key)s, 'UTF8')), (select id from accounts_actor where kind = 'engine'),
        %(kind)s, now(), now(), '' where not exists (
            select 1 from access_accesskey where digest = sha256(convert_to(%(key)s, 'UTF8')) and ended_at is null)
"""
