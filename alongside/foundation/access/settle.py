"""Writes the protection of every table into the database. Run as the owner after each migration; safe to repeat."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import OperationalError, connection, models, transaction

from alongside.foundation.access import context
from alongside.foundation.access.models import Reach
from alongside.foundation.access.protection import OWN_USER, SIGNING_IN, WORKING, FactRows, PersonRows
from alongside.foundation.access.roles import REACH

SQL = Path(__file__).parent / "sql"
AUDIT = ("recording_event", "recording_history", "recording_look")
APPEND_ONLY = ("recording_disposal", "recording_seal")
# Tables of libraries: no rows of people in them.
LIBRARY_WRITES = ("django_session", "account_", "mfa_", "socialaccount_", "procrastinate_")
# Of these, whoever signs in is found while signing in; afterwards everybody reads what is their own.
ACCOUNTS = ("account_email", "account_attempts", "mfa_", "socialaccount_")
# Jobs are fetched and ended by the worker under its own proof; queued by `access.queue_job`.
JOBS = "procrastinate_"

# A running service may hold a table in another order than ours: then nothing was done yet, and we try again.
TRIES = 20
SECONDS_BETWEEN_TRIES = 0.5
# Granting and revoking write a table's own row in the catalogue, and take no lock. Housekeeping that analyses the table
# waits for that row while it holds a lock that our next statement needs. So the locks come first, before any right.
LOCK_EVERY_TABLE = """
do $$ declare names text; begin
    select string_agg(format('public.%I', relname), ', ' order by oid) into names from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and pg_has_role(relowner, 'usage');
    if names is not null then execute 'lock table ' || names || ' in access exclusive mode'; end if;
end $$
"""


def protected_models() -> Iterator[type[models.Model]]:
    """Every model of the product, each with a `protection`."""
    for model in apps.get_models():
        if model.__module__.startswith("alongside.") and not model._meta.abstract:
            yield model


def settle(app_role: str) -> None:
    """Functions, grants, policies and triggers as declared, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        _lock_every_table(cursor)
        for name in (
            "functions.sql",
            "families.sql",
            "audit.sql",
            "seal.sql",
            "ledger.sql",
            "breaking.sql",
            "disposing.sql",
            "watching.sql",
            "writing.sql",
            "jobs.sql",
            "looking.sql",
            "counting.sql",
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


def _lock_every_table(cursor: object) -> None:
    for left in range(TRIES - 1, -1, -1):
        try:
            with transaction.atomic():
                cursor.execute("set local lock_timeout = '5s'")  # type: ignore[attr-defined]
                cursor.execute(LOCK_EVERY_TABLE)  # type: ignore[attr-defined]
                cursor.execute("set local lock_timeout to default")  # type: ignore[attr-defined]
            return
        except OperationalError:
            if not left:
                raise
            time.sleep(SECONDS_BETWEEN_TRIES)


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
    yield f"drop trigger if exists b_own_name on {table};"
    names = ", ".join(f"'{column}'" for column in _who_did_it(model))
    if names and protection.history:
        yield (
            f"create trigger b_own_name before insert or update on {table} for each row "
            f"execute function access.in_own_name({names});"
        )
    if protection.history:
        yield (
            f"create trigger keep_history after insert or update or delete on {table} "
            "for each row execute function audit.keep_history();"
        )


def _who_did_it(model: type[models.Model]) -> Iterator[str]:
    """Columns that say who did something: they name whoever asks. Who recorded a fact is `audit.belongs`'s to check."""
    for field in model._meta.concrete_fields:
        related = field.related_model
        if not isinstance(related, type) or related._meta.label != "accounts.Actor" or field.name == "recorded_by":
            continue
        if field.name == "by" or field.name.endswith("_by"):
            yield str(field.column)


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
    cursor.execute(  # type: ignore[attr-defined]
        "select t.tablename, exists (select 1 from information_schema.columns c where c.table_schema = 'public' "
        "and c.table_name = t.tablename and c.column_name = 'user_id') from pg_tables t where t.schemaname = 'public'"
    )
    for table, of_user in cursor.fetchall():  # type: ignore[attr-defined]
        if table in ours:
            continue
        writes = ", insert, update, delete" if table.startswith(LIBRARY_WRITES) else ""
        cursor.execute(f'grant select{writes} on "{table}" to {app_role}')  # type: ignore[attr-defined]
        if table.startswith(ACCOUNTS):
            cursor.execute("".join(_account_sql(table, app_role, of_user)))  # type: ignore[attr-defined]
        if table.startswith(JOBS):
            cursor.execute("".join(_job_sql(table, app_role)))  # type: ignore[attr-defined]


def _account_sql(table: str, app_role: str, of_user: bool) -> Iterator[str]:
    yield from _drop_policies(table)
    own = f" or user_id = {OWN_USER}" if of_user else ""
    yield f"alter table {table} enable row level security;"
    yield f"create policy signing_in on {table} for all to {app_role} using ({SIGNING_IN}) with check ({SIGNING_IN});"
    yield f"create policy own on {table} for select to {app_role} using ({SIGNING_IN}{own});"


def _job_sql(table: str, app_role: str) -> Iterator[str]:
    yield from _drop_policies(table)
    yield f"alter table {table} enable row level security;"
    yield f"create policy working on {table} for all to {app_role} using ({WORKING}) with check ({WORKING});"


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
    keys = {"engine": context.engine_key(), "sign_in": context.sign_in_proof(), "worker": context.worker_proof()}
    for kind, key in keys.items():
        cursor.execute(KEY_OF_INSTALLATION, {"kind": kind, "key": key})  # type: ignore[attr-defined]


KEY_OF_INSTALLATION = """
    update access_accesskey set ended_at = now() where kind = %(kind)s and ended_at is null
        and digest <> sha256(convert_to(%(key)s, 'UTF8'));
    insert into access_accesskey (digest, actor_id, kind, opened_at, seen_at, second_factor)
    select sha256(convert_to(%(key)s, 'UTF8')), (select id from accounts_actor where kind = 'engine'),
        %(kind)s, now(), now(), '' where not exists (
            select 1 from access_accesskey where digest = sha256(convert_to(%(key)s, 'UTF8')) and ended_at is null)
    -- An installation that goes back to a secret it had before, as after a restored backup.
    on conflict (digest) do update set ended_at = null
"""
