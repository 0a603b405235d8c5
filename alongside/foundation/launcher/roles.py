"""The role that the service connects as: making it, and refusing any that could step around record access."""

from __future__ import annotations

from typing import Any

from .errors import LauncherError, UnsafeRole

RIGHTS = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"

# Both names count: a session that took another role with SET ROLE can take its own back.
UNSAFE = """
select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
       pg_has_role(r.oid, d.datdba, 'MEMBER'),
       exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
                 and n.nspname not like 'pg\\_toast' and pg_has_role(r.oid, c.relowner, 'MEMBER')
                 and c.relpersistence <> 't')
from pg_roles r, pg_database d
where r.rolname in (current_user, session_user) and d.datname = current_database()
"""
# In the order of the columns after the name.
REASONS = (
    "is a superuser",
    "bypasses row-level security",
    "may grant itself other roles",
    "owns the database or belongs to its owner",
    "owns tables of the service",
)


def refuse_unsafe_role(connection: Any) -> None:
    """Raise UnsafeRole when this connection could see past row-level security; call it before serving.

    `connection` is Django's or psycopg's.
    """
    with connection.cursor() as cursor:
        cursor.execute(UNSAFE)
        rows = cursor.fetchall()
    for name, *findings in rows:
        for reason, found in zip(REASONS, findings, strict=True):
            if found:
                raise UnsafeRole(
                    f"The service must not run as the database role '{name}', because it {reason}. "
                    "Connect as the role that the migration made (ALONGSIDE_DB_ROLE=app)."
                )


def ensure_app_role(connection: Any, name: str, password: str = "") -> None:
    """Make the service's role if absent. Called by the migration, as the owner.

    Raises LauncherError with the SQL to run when the owner may not make roles.
    """
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [name])
        if cursor.fetchone():
            return
        cursor.execute("select rolsuper or rolcreaterole from pg_roles where rolname = current_user")
        if not cursor.fetchone()[0]:
            raise LauncherError(
                f"The role '{name}' is missing and this account may not make it. Ask the database's "
                f"administrator to run:  CREATE ROLE {_quoted(name)} {RIGHTS} PASSWORD '…';  "
                "then set ALONGSIDE_APP_PASSWORD and migrate again."
            )
        cursor.execute(f"create role {_quoted(name)} {RIGHTS}{_password_clause(password)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _password_clause(password: str) -> str:
    """A utility statement takes no parameters, so the text is quoted here."""
    if not password:
        return ""
    if "\0" in password or "\\" in password:
        raise LauncherError("ALONGSIDE_APP_PASSWORD must not hold a backslash.")
    return " password '" + password.replace("'", "''").replace("%", "%%") + "'"
