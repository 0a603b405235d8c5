"""The embedded PostgreSQL: found, started, shared and stopped without any help from the system.

>>> with running() as server:
...     connection = psycopg.connect(**server.dsn())
"""

from .addresses import (
    APP_ROLE,
    OWNER_ROLE,
    app_role,
    as_variable,
    connect_as_owner,
    database_address,
    django_databases,
    is_external,
    psql_variables,
)
from .cluster import APP, BENCH_DATABASE, DATABASE, OWNER
from .errors import LauncherError, UnsafeRole
from .places import default_data_dir
from .programs import find_programs
from .server import Server
from .sharing import is_used, keep, running

__all__ = [
    "APP",
    "APP_ROLE",
    "BENCH_DATABASE",
    "DATABASE",
    "OWNER",
    "OWNER_ROLE",
    "LauncherError",
    "Server",
    "UnsafeRole",
    "app_role",
    "as_variable",
    "connect_as_owner",
    "database_address",
    "default_data_dir",
    "django_databases",
    "find_programs",
    "is_external",
    "is_used",
    "keep",
    "psql_variables",
    "running",
]
